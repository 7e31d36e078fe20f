/* SPDX-License-Identifier: Apache-2.0 */
/* The kernels for AVX2. */
#ifndef ISCC_AVX2_H
#define ISCC_AVX2_H

#include "kernels.h"

/* Every processor with AVX2 has the POPCNT instruction. */
static inline unsigned iscc_avx2_popcount(uint64_t word)
{
    return (unsigned)__builtin_popcountll(word);
}

size_t iscc_avx2_find_cuts(const uint8_t *bytes, size_t size, uint32_t *cuts, struct iscc_speculation *speculation,
                           struct iscc_gear_scan *open);
bool iscc_avx2_split_batch(const uint8_t *bytes, const uint32_t *ends, size_t count, uint32_t *cuts, uint32_t *counts);
void iscc_avx2_hash_chunks(const uint8_t *bytes, uint32_t start, const uint32_t *cuts, size_t count,
                           uint32_t *features);
void iscc_avx2_hash_inputs(const uint8_t *bytes, const uint32_t *ends, size_t count,
                           uint8_t (*hashes)[ISCC_BLAKE3_SIZE]);
size_t iscc_avx2_hash_windows(const uint8_t *text, size_t size, uint32_t *features);
size_t iscc_avx2_collapse_ascii(const uint8_t *text, size_t size, uint8_t *out, size_t *written);
void iscc_avx2_lower_minima(uint32_t minima[ISCC_MINIMA], const uint32_t *features, size_t count);
unsigned iscc_avx2_hamming(const uint8_t *a, const uint8_t *b, size_t size);
size_t iscc_avx2_find_near(const uint8_t *digests, size_t size, size_t count, const uint8_t *digest, unsigned limit,
                           uint32_t *numbers);
size_t iscc_avx2_match_sketches(const uint32_t *words, const struct iscc_range *ranges, size_t count,
                                const uint32_t *queries, size_t query_count, unsigned limit, uint32_t *query_numbers,
                                uint32_t *positions);
void iscc_avx2_measure_pairs(const uint8_t *left, const uint32_t *lefts, const uint8_t *right, const uint32_t *rights,
                             size_t size, size_t count, uint16_t *distances);

#endif
