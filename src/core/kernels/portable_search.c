/* SPDX-License-Identifier: Apache-2.0 */
/* The searches over digests and sketches in plain C. */
#include <string.h>

#include "portable.h"

/* Far enough that a digest has come from memory when its turn is there, near enough to be still in the cache. */
enum { FETCH_AHEAD = 12 };

/* Sums of bits of two, four and eight neighbours side by side; the product adds up the bytes in the highest one. */
static unsigned count_bits(uint64_t word)
{
    word -= word >> 1 & UINT64_C(0x5555555555555555);
    word = (word & UINT64_C(0x3333333333333333)) + (word >> 2 & UINT64_C(0x3333333333333333));
    word = (word + (word >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
    return (unsigned)(word * UINT64_C(0x0101010101010101) >> 56);
}

static unsigned measure(const uint8_t *a, const uint8_t *b, size_t size)
{
    unsigned distance = 0;
    size_t i = 0;
    for (; i + 8 <= size; i += 8) {
        uint64_t left;
        uint64_t right;
        memcpy(&left, a + i, sizeof left);
        memcpy(&right, b + i, sizeof right);
        distance += count_bits(left ^ right);
    }
    return distance + (i < size ? iscc_portable_hamming(a + i, b + i, size - i) : 0);
}

size_t iscc_portable_find_near(const uint8_t *digests, size_t size, size_t count, const uint8_t *digest, unsigned limit,
                               uint32_t *numbers)
{
    size_t near = 0;
    for (size_t i = 0; i < count; i++)
        if (measure(digests + i * size, digest, size) <= limit)
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
    for (size_t i = 0; i < count; i++) {
        if (i + FETCH_AHEAD < count) {
            __builtin_prefetch(left + lefts[i + FETCH_AHEAD] * size);
            __builtin_prefetch(right + rights[i + FETCH_AHEAD] * size);
        }
        distances[i] = (uint16_t)measure(left + lefts[i] * size, right + rights[i] * size, size);
    }
}
