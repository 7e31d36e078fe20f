/* SPDX-License-Identifier: Apache-2.0 */
/* Reads checksum lists line by line: docs/check-rules.md. */
#ifndef LIST_READER_H
#define LIST_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lists/list_entry.h"

enum list_event {
    LIST_ENTRY,
    LIST_DAMAGED_LINE, /* only `line` and the name are set, since a code cannot be read (R3) */
    LIST_BAD_LINE,     /* only `line` of the record is set */
    LIST_COMMENT,      /* only `line` is set, and the text in place of the name */
    LIST_END           /* no line is left, or reading failed: see list_reader_failure() */
};

struct list_reader;

/* Reads a list from a descriptor, which the caller still owns. With `zero`, records end with NUL. Returns NULL if
 * memory is short. */
struct list_reader *list_reader_new(int descriptor, bool zero);

/* Ends the list after so many bytes, even if the file has more or changes. */
void list_reader_limit(struct list_reader *list, uint64_t size);

/* Makes NUL or newline end the records, whichever comes first. Call it before the first line is read. */
void list_reader_detect_terminator(struct list_reader *list);

/* Makes list_reader_next() also return comments and blank lines. */
void list_reader_keep_comments(struct list_reader *list);

/* Makes list_reader_next() also return the files in the objects of iscc similar; all files of one object have its line
 * number. */
void list_reader_read_groups(struct list_reader *list);

/* Reads the next line. Its name is valid until the next call. */
enum list_event list_reader_next(struct list_reader *list, struct list_entry *line);

/* What the list looks like if it does not read as one (list_hint.h), or NULL. Call at its end. */
const char *list_reader_hint(const struct list_reader *list);

/* Returns 0, or why the list may not have been read completely (failure.h). */
int list_reader_failure(const struct list_reader *list);

void list_reader_free(struct list_reader *list);

#endif
