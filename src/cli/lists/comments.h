/* SPDX-License-Identifier: Apache-2.0 */
/* Comments and blank lines of a list, for a list that takes its place. */
#ifndef COMMENTS_H
#define COMMENTS_H

#include <stdbool.h>
#include <stddef.h>

#include "output/output.h"
#include "util/string_pool.h"

struct comment {
    const char *text;
    size_t size;
    size_t line; /* the number of the line that it stood in front of, from 0 */
};

/* Begins as zeros. */
struct comments {
    struct comment *items;
    size_t count;
    size_t room;
    size_t written; /* so many of them, the first ones */
    struct string_pool texts;
};

/* Adds a copy; `line` is never less than that of the one before. False if memory is short. */
bool comments_add(struct comments *comments, size_t line, const char *text, size_t size);

/* Writes those that have not been written yet and stood in front of this line, or of one before it. */
void comments_write(struct comments *comments, struct output *output, size_t line);

void comments_free(struct comments *comments);

#endif
