/* SPDX-License-Identifier: Apache-2.0 */
/* The distances of single pairs of digests, around any population count. */
#ifndef ISCC_PAIRS_H
#define ISCC_PAIRS_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* The number of bits that are set in a word. */
typedef unsigned iscc_count_function(uint64_t word);

/*
 * All that is here becomes a part of its caller, with the caller's count and, where it is a constant, the caller's
 * size: a count is an instruction of the instruction set that the file of the caller is compiled for.
 */
#define ISCC_PART_OF_CALLER static inline __attribute__((always_inline))

/* How far ahead a digest is fetched: far enough that it has come from memory when its turn is there, near enough that
 * it is still in the cache. */
#define ISCC_FETCH_AHEAD 12u

ISCC_PART_OF_CALLER unsigned iscc_measure_pair(const uint8_t *a, const uint8_t *b, size_t size,
                                               iscc_count_function *count)
{
    unsigned distance = 0;
    size_t i = 0;
    for (; i + 8 <= size; i += 8) {
        uint64_t left;
        uint64_t right;
        memcpy(&left, a + i, sizeof left);
        memcpy(&right, b + i, sizeof right);
        distance += count(left ^ right);
    }
    for (; i < size; i++)
        distance += count((uint64_t)(a[i] ^ b[i]));
    return distance;
}

/* `measure_pairs` of a kernel table. */
ISCC_PART_OF_CALLER void iscc_measure_pairs(const uint8_t *left, const uint32_t *lefts, const uint8_t *right,
                                            const uint32_t *rights, size_t size, size_t pair_count, uint16_t *distances,
                                            iscc_count_function *count)
{
    for (size_t i = 0; i < pair_count; i++) {
        if (i + ISCC_FETCH_AHEAD < pair_count) {
            __builtin_prefetch(left + lefts[i + ISCC_FETCH_AHEAD] * size);
            __builtin_prefetch(right + rights[i + ISCC_FETCH_AHEAD] * size);
        }
        distances[i] = (uint16_t)iscc_measure_pair(left + lefts[i] * size, right + rights[i] * size, size, count);
    }
}

#endif
