/* SPDX-License-Identifier: Apache-2.0 */
/* Strings packed into blocks that never move. */
#include "util/string_pool.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "util/large_block.h"

struct string_block {
    struct string_block *next;
    size_t used;
    size_t capacity;
    char bytes[];
};

enum { BLOCK_SIZE = 64 * 1024 };

/* Adds a block with room for this many bytes. Returns NULL if memory is short. Large blocks grow with the pool, as the
 * address space that their alignment takes would double small ones. */
static struct string_block *add_block(struct string_pool *pool, size_t needed)
{
    const size_t header = sizeof(struct string_block);
    const bool is_large = pool->size >= LARGE_BLOCK_SIZE / 2;
    size_t size = is_large ? large_block_size(pool->size / 2) : BLOCK_SIZE;

    if (needed > size - header)
        size = is_large ? large_block_size(header + needed) : header + needed;
    struct string_block *block = is_large ? large_block_new(size) : malloc(size);
    if (block == NULL)
        return NULL;
    *block = (struct string_block){.next = pool->newest, .capacity = size - header};
    pool->newest = block;
    pool->size += size;
    return block;
}

const char *string_pool_add(struct string_pool *pool, const char *name, size_t size)
{
    struct string_block *block = pool->newest;

    if (block == NULL || block->capacity - block->used <= size)
        block = add_block(pool, size + 1);
    if (block == NULL)
        return NULL;
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
    *pool = (struct string_pool){.newest = NULL};
}
