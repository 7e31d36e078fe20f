/* SPDX-License-Identifier: Apache-2.0 */
/* Strings packed into blocks that never move. */
#include "util/string_pool.h"

#include <stdlib.h>
#include <string.h>

struct string_block {
    struct string_block *next;
    size_t used;
    size_t capacity;
    char bytes[];
};

enum { BLOCK_SIZE = 64 * 1024 };

const char *string_pool_add(struct string_pool *pool, const char *name, size_t size)
{
    struct string_block *block = pool->newest;

    if (block == NULL || block->capacity - block->used <= size) {
        const size_t capacity = size < BLOCK_SIZE ? BLOCK_SIZE : size + 1;
        block = malloc(sizeof *block + capacity);
        if (block == NULL)
            return NULL;
        *block = (struct string_block){.next = pool->newest, .capacity = capacity};
        pool->newest = block;
    }
    char *kept = block->bytes + block->used;
    memcpy(kept, name, size);
    kept[size] = '\0';
    block->used += size + 1;
    return kept;
}

void string_pool_free(struct string_pool *pool)
{
    for (struct string_block *block = pool->newest; block != NULL;) {
        struct string_block *next = block->next;
        free(block);
        block = next;
    }
    pool->newest = NULL;
}
