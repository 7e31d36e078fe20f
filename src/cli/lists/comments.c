/* SPDX-License-Identifier: Apache-2.0 */
/* Stores comments in their order. */
#include "lists/comments.h"

#include <stdlib.h>
#include <string.h>

#include "util/array.h"

bool comments_add(struct comments *comments, size_t line, const char *text, size_t size)
{
    struct comment *items = array_grow(comments->items, &comments->capacity, comments->count + 1, sizeof *items);
    if (items == NULL)
        return false;
    comments->items = items;
    const char *copy = string_pool_add(&comments->texts, text, size);
    if (copy == NULL)
        return false;
    comments->items[comments->count++] = (struct comment){.text = copy, .size = size, .line = line};
    return true;
}

void comments_remove(struct comments *comments, size_t index)
{
    struct comment *removed = &comments->items[index];

    comments->count--;
    memmove(removed, removed + 1, (comments->count - index) * sizeof *removed);
}

void comments_write(struct comments *comments, struct output *output, size_t line)
{
    for (; comments->written < comments->count; comments->written++) {
        const struct comment *comment = &comments->items[comments->written];
        if (comment->line > line)
            return;
        output_write(output, comment->text, comment->size);
        output_end_line(output);
    }
}

void comments_free(struct comments *comments)
{
    string_pool_free(&comments->texts);
    free(comments->items);
    *comments = (struct comments){.items = NULL};
}
