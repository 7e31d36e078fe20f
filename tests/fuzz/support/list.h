/* SPDX-License-Identifier: Apache-2.0 */
/* Lists in memory, read whole, and entries written again, for targets that are linked with the wraps of pieces.h and
 * written.h. */
#ifndef LIST_H
#define LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "lists/list_reader.h"
#include "format/format.h"

struct list_line {
    struct list_entry entry;
    char *name; /* NULL: a bad line */
};

struct list_lines {
    struct list_line *lines;
    size_t count;
};

/* Reads a list, at most `most` bytes at once, and holds each entry to what checklist.h says of it. */
struct list_lines list_read(const void *bytes, size_t size, bool zero, size_t most);
void list_free(struct list_lines *lines);

/* Writes an entry, and what a list may lack with it from codes of its own. */
void list_write(const struct format *format, const struct list_entry *entry, char *name);

/* Whether two entries say the same of the same file, their place in the list aside; what the first one lacks may be
 * anything in the second. */
bool list_agrees(const struct list_line *first, const struct list_line *second);

#endif
