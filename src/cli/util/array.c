/* SPDX-License-Identifier: Apache-2.0 */
/* The one place that decides how much more is taken. */
#include "util/array.h"

#include <stdint.h>
#include <stdlib.h>

enum { FIRST = 16 };

void *array_grow(void *block, size_t *room, size_t needed, size_t element)
{
    if (block != NULL && needed <= *room)
        return block;
    /* No sum overflows: what there is already fits into the memory. */
    size_t larger = *room + *room / 2;
    larger = larger < needed ? needed : larger;
    larger = larger < FIRST ? FIRST : larger;
    void *grown = larger <= SIZE_MAX / element ? realloc(block, larger * element) : NULL;
    if (grown != NULL)
        *room = larger;
    return grown;
}
