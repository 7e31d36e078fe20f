/* SPDX-License-Identifier: Apache-2.0 */
/* Reads checksum lists line by line, as docs/check-rules.md tells. */
#ifndef LIST_READER_H
#define LIST_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lists/list_line.h"

enum list_event {
    LIST_ENTRY,
    LIST_BAD_LINE, /* the record has nothing but `line` */
    LIST_COMMENT,  /* the record has nothing but `line`, and the text instead of a name */
    LIST_END       /* no line is left, or the next one cannot be read: list_reader_failure() tells */
};

struct list_reader;

/* A list from an open file, which stays the caller's; `zero`: records end with NUL. NULL where memory is short. */
struct list_reader *list_reader_new(int descriptor, bool zero);

/* From now on records that are passed over, comments and blank lines, are given out as well. */
void list_reader_keep_comments(struct list_reader *list);

/* The next line that is not passed over. Its name is valid until the next call. */
enum list_event list_reader_next(struct list_reader *list, struct list_line *line);

/* 0, or the failure (failure.h) for which a list ended before its time, or may have. */
int list_reader_failure(const struct list_reader *list);

void list_reader_free(struct list_reader *list);

#endif
