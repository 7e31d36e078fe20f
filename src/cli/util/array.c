/* SPDX-License-Identifier: Apache-2.0 */
/* The growth policy of every growable array. */
#include "util/array.h"

#include <stdint.h>
#include <stdlib.h>

enum { INITIAL_CAPACITY = 16 };

void *array_grow(void *block, size_t *capacity, size_t needed, size_t element)
{
    if (block != NULL && needed <= *capacity)
        return block;
    /* Cannot overflow, because the existing block fits in memory. */
    size_t larger = *capacity + *capacity / 2;
    larger = larger < needed ? needed : larger;
    larger = larger < INITIAL_CAPACITY ? INITIAL_CAPACITY : larger;
    void *grown = larger <= SIZE_MAX / element ? realloc(block, larger * element) : NULL;
    if (grown != NULL)
        *capacity = larger;
    return grown;
}
