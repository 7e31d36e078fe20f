/* SPDX-License-Identifier: Apache-2.0 */
/* The searches over digests and sketches in plain C. */
#include "pairs.h"
#include "portable.h"

/* Sums of bits of two, four and eight neighbours side by side; the product adds up the bytes in the highest one. */
static unsigned count_bits(uint64_t word)
{
    word -= word >> 1 & UINT64_C(0x5555555555555555);
    word = (word & UINT64_C(0x3333333333333333)) + (word >> 2 & UINT64_C(0x3333333333333333));
    word = (word + (word >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
    return (unsigned)(word * UINT64_C(0x0101010101010101) >> 56);
}

size_t iscc_portable_find_near(const uint8_t *digests, size_t size, size_t count, const uint8_t *digest, unsigned limit,
                               uint32_t *numbers)
{
    size_t near = 0;
    for (size_t i = 0; i < count; i++)
        if (iscc_measure_pair(digests + i * size, digest, size, count_bits) <= limit)
            numbers[near++] = (uint32_t)i;
    return near;
}

size_t iscc_portable_match_sketches(const uint32_t *words, const struct iscc_range *ranges, size_t count,
                                    const uint32_t *queries, size_t query_count, unsigned limit, uint32_t *found,
                                    uint32_t *places)
{
    size_t matches = 0;
    for (const struct iscc_range *range = ranges; range != ranges + count; range++)
        for (size_t query = 0; query < query_count; query++)
            for (uint32_t place = range->begin; place < range->end; place++) {
                found[matches] = (uint32_t)query;
                places[matches] = place;
                matches += count_bits(words[place] ^ queries[query]) <= limit;
            }
    return matches;
}

void iscc_portable_measure_pairs(const uint8_t *left, const uint32_t *lefts, const uint8_t *right,
                                 const uint32_t *rights, size_t size, size_t count, uint16_t *distances)
{
    iscc_measure_pairs(left, lefts, right, rights, size, count, distances, count_bits);
}
