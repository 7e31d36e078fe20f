/* SPDX-License-Identifier: Apache-2.0 */
/* Keeps names one behind the other in blocks, which are never moved. */
#include "util/string_pool.h"

#include <stdlib.h>
#include <string.h>

struct name_block {
    struct name_block *next;
    size_t used;
    size_t room;
    char bytes[];
};

enum { NAME_BLOCK = 64 * 1024 };

const char *string_pool_add(struct string_pool *store, const char *name, size_t size)
{
    struct name_block *block = store->newest;

    if (block == NULL || block->room - block->used <= size) {
        const size_t room = size < NAME_BLOCK ? NAME_BLOCK : size + 1;
        block = malloc(sizeof *block + room);
        if (block == NULL)
            return NULL;
        *block = (struct name_block){.next = store->newest, .room = room};
        store->newest = block;
    }
    char *kept = block->bytes + block->used;
    memcpy(kept, name, size);
    kept[size] = '\0';
    block->used += size + 1;
    return kept;
}

void string_pool_free(struct string_pool *store)
{
    for (struct name_block *block = store->newest; block != NULL;) {
        struct name_block *next = block->next;
        free(block);
        block = next;
    }
    store->newest = NULL;
}
