/* SPDX-License-Identifier: Apache-2.0 */
/* Comments and blank lines of a list, kept for the list that replaces it. */
#ifndef COMMENTS_H
#define COMMENTS_H

#include <stdbool.h>
#include <stddef.h>

#include "output/output.h"
#include "util/string_pool.h"

struct comment {
    const char *text;
    size_t size;
    size_t line; /* index of the file line that it preceded */
};

/* Initialize to zeros. */
struct comments {
    struct comment *items;
    size_t count;
    size_t capacity;
    size_t written; /* how many have been written */
    struct string_pool texts;
};

/* Adds a copy. `line` must not be less than in the call before. Returns false if memory is short. */
bool comments_add(struct comments *comments, size_t line, const char *text, size_t size);

/* Removes the comment with this index. */
void comments_remove(struct comments *comments, size_t index);

/* Writes the comments that preceded this line or an earlier one and have not been written yet. */
void comments_write(struct comments *comments, struct output *output, size_t line);

void comments_free(struct comments *comments);

#endif
