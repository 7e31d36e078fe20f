/* SPDX-License-Identifier: Apache-2.0 */
/* The Hamming distance for AVX2, of any size. */
#include "avx2.h"
#include "pairs.h"

unsigned iscc_avx2_hamming(const uint8_t *a, const uint8_t *b, size_t size)
{
    return iscc_measure_pair(a, b, size, iscc_avx2_count);
}
