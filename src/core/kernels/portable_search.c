/* SPDX-License-Identifier: Apache-2.0 */
/* Distances of digests, and the searches of the index, in portable C. */
#include "pairs.h"
#include "portable.h"

unsigned iscc_portable_hamming(const uint8_t *a, const uint8_t *b, size_t size)
{
    unsigned distance = 0;
    for (size_t i = 0; i < size; i++)
        for (unsigned bits = (unsigned)(a[i] ^ b[i]); bits != 0; bits &= bits - 1)
            distance++;
    return distance;
}

/* Adds the bits up in fields of two, four and eight bits; the product sums the bytes in its highest one. */
static unsigned portable_popcount(uint64_t word)
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
        if (iscc_measure_pair(digests + i * size, digest, size, portable_popcount) <= limit)
            numbers[near++] = (uint32_t)i;
    return near;
}

size_t iscc_portable_match_sketches(const uint32_t *words, const struct iscc_range *ranges, size_t count,
                                    const uint32_t *queries, size_t query_count, unsigned limit,
                                    uint32_t *query_numbers, uint32_t *positions)
{
    size_t matches = 0;
    for (const struct iscc_range *range = ranges; range != ranges + count; range++)
        for (size_t query = 0; query < query_count; query++)
            for (uint32_t position = range->begin; position < range->end; position++) {
                query_numbers[matches] = (uint32_t)query;
                positions[matches] = position;
                matches += portable_popcount(words[position] ^ queries[query]) <= limit;
            }
    return matches;
}

void iscc_portable_measure_pairs(const uint8_t *left, const uint32_t *lefts, const uint8_t *right,
                                 const uint32_t *rights, size_t size, size_t count, uint16_t *distances)
{
    iscc_measure_pairs(left, lefts, right, rights, size, count, distances, portable_popcount);
}
