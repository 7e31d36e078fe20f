/* SPDX-License-Identifier: Apache-2.0 */
/* What a search tells, in any order. */
#include "told.h"

void told_add(struct told *told, uint32_t first, uint32_t second, unsigned distance)
{
    uint64_t mixed = ((uint64_t)first << 32 | second) * UINT64_C(0x9e3779b97f4a7c15) + distance;
    mixed = (mixed ^ mixed >> 29) * UINT64_C(0xbf58476d1ce4e5b9);
    told->count++;
    told->sum += mixed ^ mixed >> 32;
}

int told_pair(void *context, uint32_t first, uint32_t second, unsigned distance)
{
    told_add(context, first, second, distance);
    return 0;
}
