/* SPDX-License-Identifier: Apache-2.0 */
/* Sorts by comparing. */
#include "table_model.h"

#include <stdlib.h>

/* Some bits of a digest, at whose end it begins again. */
static uint32_t read_bits(const uint8_t *digest, size_t size, size_t start, size_t count)
{
    uint32_t bits = 0;
    for (size_t i = start; i < start + count; i++)
        bits = bits << 1 | ((uint32_t)digest[i / 8 % size] >> (7 - i % 8) & 1);
    return bits;
}

static int by_key(const void *a, const void *b)
{
    const struct table_entry *x = a;
    const struct table_entry *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return (x->number > y->number) - (x->number < y->number);
}

void table_model_fill(const iscc_index *index, const struct iscc_part *part, struct table_entry entries[])
{
    for (size_t i = 0; i < index->count; i++) {
        const uint8_t *digest = index->digests + i * index->size;
        const uint32_t key = read_bits(digest, index->size, part->start, part->width);
        entries[i] = (struct table_entry){key, (uint32_t)i,
                                          read_bits(digest, index->size, part->start + part->width, part->sketch_bits)};
    }
    qsort(entries, index->count, sizeof entries[0], by_key);
}
