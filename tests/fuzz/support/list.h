/* SPDX-License-Identifier: Apache-2.0 */
/* Reads whole lists from memory and writes lines again, for targets linked with the wraps of pieces.h and written.h. */
#ifndef LIST_H
#define LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "lists/list_reader.h"
#include "format/format.h"

struct read_line {
    struct list_entry said; /* without its name */
    char *name;             /* NULL: a bad line */
};

struct list_lines {
    struct read_line *lines;
    size_t count;
};

/* How list_read() reads. */
enum { READ_ZERO = 1, READ_GROUPS = 2 };

/* Reads a list, at most `most` bytes at once, and checks each line against the contracts in list_entry.h and
 * list_reader.h. `how` is made of READ_*. */
struct list_lines list_read(const void *bytes, size_t size, unsigned how, size_t most);
void list_free(struct list_lines *lines);

/* Writes a line, filling missing bits with zeros. */
void list_write(const struct format *format, const struct list_entry *line, char *name);

/* Whether two lines say the same about the same file, wherever they are in the list. Values that the first line lacks
 * may be anything in the second. */
bool list_agrees(const struct read_line *first, const struct read_line *second);

#endif
