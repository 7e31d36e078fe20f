/* SPDX-License-Identifier: Apache-2.0 */
/* Lists in memory, read whole, and lines written again, for targets that are linked with the wraps of pieces.h and
 * written.h. */
#ifndef LIST_H
#define LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "lists/list_reader.h"
#include "format/format.h"

struct read_line {
    struct list_line said; /* without its name */
    char *name;            /* NULL: a bad line */
};

struct list_lines {
    struct read_line *lines;
    size_t count;
};

/* Reads a list, at most `most` bytes at once, and holds each line to what list_line.h says of it. */
struct list_lines list_read(const void *bytes, size_t size, bool zero, size_t most);
void list_free(struct list_lines *lines);

/* Writes a line, and what it may lack with it: zeros behind the bits that it has. */
void list_write(const struct format *format, const struct list_line *line, char *name);

/* Whether two lines say the same of the same file, their place in the list aside; what the first one lacks may be
 * anything in the second. */
bool list_agrees(const struct read_line *first, const struct read_line *second);

#endif
