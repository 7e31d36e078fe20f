/* SPDX-License-Identifier: Apache-2.0 */
/* draft-eastlake-fnv, section 2: FNV-1a. */
#include "util/fnv.h"

#define PRIME UINT64_C(0x100000001b3)

uint64_t fnv_add(uint64_t hash, const void *bytes, size_t size)
{
    const unsigned char *at = bytes;

    for (size_t i = 0; i < size; i++)
        hash = (hash ^ at[i]) * PRIME;
    return hash;
}
