/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of characters in memory, from their packed form: a fifth of the size. Takes the place of unicode/tables.c.
 */
#include <iscc/iscc.h>
#include <stdlib.h>
#include <string.h>

#include "lzma.h"
#include "packed_tables.inc" /* made by pack_tables.js */

/* The other files see them as constant, as they are after the constructor below. */
uint16_t iscc_unicode_top[TOP_COUNT];
uint16_t iscc_unicode_middle[MIDDLE_COUNT];
uint16_t iscc_unicode_leaves[LEAVES_COUNT];
uint16_t iscc_unicode_classes[256];
uint16_t iscc_unicode_mappings[MAPPINGS_COUNT];
uint32_t iscc_unicode_pairs[PAIRS_COUNT];
const size_t iscc_unicode_pair_count = PAIRS_COUNT / 3;

static uint8_t unpacked[2 * (TOP_COUNT + MIDDLE_COUNT + LEAVES_COUNT + 256 + MAPPINGS_COUNT + 2 * PAIRS_COUNT)];

static const uint8_t *copy(void *table, size_t size, const uint8_t *from)
{
    memcpy(table, from, size);
    return from + size;
}

/* Each number is packed as the difference to the one before. */
static void add_up(uint16_t *table, size_t count)
{
    for (size_t i = 1; i < count; i++)
        table[i] = (uint16_t)(table[i] + table[i - 1]);
}

__attribute__((constructor)) static void unpack(void)
{
    const uint8_t *next = unpacked;

    lzma_decode(packed, unpacked, sizeof unpacked);
    next = copy(iscc_unicode_top, sizeof iscc_unicode_top, next);
    next = copy(iscc_unicode_middle, sizeof iscc_unicode_middle, next);
    next = copy(iscc_unicode_leaves, sizeof iscc_unicode_leaves, next);
    next = copy(iscc_unicode_classes, sizeof iscc_unicode_classes, next);
    next = copy(iscc_unicode_mappings, sizeof iscc_unicode_mappings, next);
    copy(iscc_unicode_pairs, sizeof iscc_unicode_pairs, next);
    add_up(iscc_unicode_middle, MIDDLE_COUNT);
    add_up(iscc_unicode_leaves, LEAVES_COUNT);
}

const char *iscc_unicode_version(void)
{
    return UNICODE_VERSION;
}
