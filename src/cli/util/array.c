/* SPDX-License-Identifier: Apache-2.0 */
/* The growth policy of every growable array. */
#include "util/array.h"

#include <stdint.h>
#include <stdlib.h>

#include "util/large_block.h"

enum { INITIAL_CAPACITY = 16 };

/* Large blocks are not moved by realloc(), which would make small pages of huge ones. */
static void *grow_bytes(void *block, size_t old_size, size_t *size)
{
    if (*size < LARGE_BLOCK_SIZE)
        return realloc(block, *size);
    *size = large_block_size(*size);
    return *size == 0 ? NULL : large_block_grow(block, old_size, *size);
}

void *array_grow(void *block, size_t *capacity, size_t needed, size_t element)
{
    if (block != NULL && needed <= *capacity)
        return block;
    /* Cannot overflow, because the existing block fits in memory. */
    size_t larger = *capacity + *capacity / 2;
    larger = larger < needed ? needed : larger;
    larger = larger < INITIAL_CAPACITY ? INITIAL_CAPACITY : larger;
    if (larger > SIZE_MAX / element)
        return NULL;
    size_t size = larger * element;
    void *grown = grow_bytes(block, *capacity * element, &size);
    if (grown != NULL)
        *capacity = size / element;
    return grown;
}
