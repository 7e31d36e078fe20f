/* SPDX-License-Identifier: Apache-2.0 */
/* The distances of pairs of digests, with the population count as a parameter. */
#ifndef ISCC_PAIRS_H
#define ISCC_PAIRS_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Returns the number of bits set in a word. */
typedef unsigned iscc_popcount_function(uint64_t word);

/*
 * Inlined into every caller, so that the population count becomes an instruction of the instruction set that the
 * caller's file is compiled for, and a constant size becomes part of the loop.
 */
#define ISCC_ALWAYS_INLINE static inline __attribute__((always_inline))

/* How many pairs ahead to prefetch: far enough that a digest arrives from memory in time, near enough that it is still
 * in the cache when it is needed. */
#define ISCC_PREFETCH_AHEAD 12u

ISCC_ALWAYS_INLINE unsigned iscc_measure_pair(const uint8_t *a, const uint8_t *b, size_t size,
                                              iscc_popcount_function *popcount)
{
    unsigned distance = 0;
    size_t i = 0;
    for (; i + 8 <= size; i += 8) {
        uint64_t left;
        uint64_t right;
        memcpy(&left, a + i, sizeof left);
        memcpy(&right, b + i, sizeof right);
        distance += popcount(left ^ right);
    }
    for (; i < size; i++)
        distance += popcount((uint64_t)(a[i] ^ b[i]));
    return distance;
}

/* Implements `measure_pairs` of a kernel table. */
ISCC_ALWAYS_INLINE void iscc_measure_pairs(const uint8_t *left, const uint32_t *lefts, const uint8_t *right,
                                           const uint32_t *rights, size_t size, size_t count, uint16_t *distances,
                                           iscc_popcount_function *popcount)
{
    for (size_t i = 0; i < count; i++) {
        if (i + ISCC_PREFETCH_AHEAD < count) {
            __builtin_prefetch(left + lefts[i + ISCC_PREFETCH_AHEAD] * size);
            __builtin_prefetch(right + rights[i + ISCC_PREFETCH_AHEAD] * size);
        }
        distances[i] = (uint16_t)iscc_measure_pair(left + lefts[i] * size, right + rights[i] * size, size, popcount);
    }
}

#endif
