/* SPDX-License-Identifier: Apache-2.0 */
/* The kernels for AVX2, each in a file of its own. */
#ifndef ISCC_AVX2_H
#define ISCC_AVX2_H

#include "kernels.h"

size_t iscc_avx2_find_cuts(const uint8_t *bytes, size_t size, uint32_t *cuts, struct iscc_trust *trust);
void iscc_avx2_hash_chunks(const uint8_t *bytes, uint32_t start, const uint32_t *cuts, size_t count,
                           uint32_t *features);
void iscc_avx2_lower_minima(uint32_t minima[ISCC_MINIMA], const uint32_t *features, size_t count);
unsigned iscc_avx2_hamming(const uint8_t *a, const uint8_t *b, size_t size);

#endif
