/* SPDX-License-Identifier: Apache-2.0 */
/* The kernels that AVX-512 with VBMI, VBMI2 and VPOPCNTDQ makes faster than those for AVX2. */
#ifndef ISCC_AVX512_H
#define ISCC_AVX512_H

#include "kernels.h"

size_t iscc_avx512_find_cuts(const uint8_t *bytes, size_t size, uint32_t *cuts, struct iscc_speculation *speculation,
                             struct iscc_gear_scan *open);
bool iscc_avx512_split_batch(const uint8_t *bytes, const uint32_t *ends, size_t count, uint32_t *cuts,
                             uint32_t *counts);
void iscc_avx512_hash_inputs(const uint8_t *bytes, const uint32_t *ends, size_t count,
                             uint8_t (*hashes)[ISCC_BLAKE3_SIZE]);
size_t iscc_avx512_hash_windows(const uint8_t *text, size_t size, uint32_t *features);
size_t iscc_avx512_collapse_ascii(const uint8_t *text, size_t size, uint8_t *out, size_t *written);
void iscc_avx512_lower_minima(uint32_t minima[ISCC_MINIMA], const uint32_t *features, size_t count);
size_t iscc_avx512_find_near(const uint8_t *digests, size_t size, size_t count, const uint8_t *digest, unsigned limit,
                             uint32_t *numbers);
size_t iscc_avx512_match_sketches(const uint32_t *words, const struct iscc_range *ranges, size_t count,
                                  const uint32_t *queries, size_t query_count, unsigned limit, uint32_t *query_numbers,
                                  uint32_t *positions);

#endif
