/* SPDX-License-Identifier: Apache-2.0 */
/* MinHash with AVX2: four permutations per vector. */
#include <immintrin.h>

#include "avx2.h"

/* So few vectors at a time that their constants and minima stay in registers. */
#define VECTORS ((size_t)2)
#define WIDTH 4u

/*
 * `iscc_permute` in lanes of 64 bits, with the result in the low 32. With a = high * 2^32 + low, a * feature + b mod
 * 2^64 is low * feature + b + (high * feature mod 2^32) * 2^32. Reducing it mod 2^61 - 1 adds its high 3 bits to its
 * low 61 bits; only the low 32 bits of that sum matter here. The conditional subtraction for a sum of 2^61 - 1 or more
 * is left out, because no feature needs it: each a is invertible mod 2^64, and solving for the feature of every product
 * that would need it gives none below 2^32 (tests/unit/core/kernels/test_kernels.c solves them all).
 */
static inline __m256i permute(__m256i a, __m256i b, __m256i feature)
{
    const __m256i low = _mm256_mul_epu32(a, feature);
    const __m256i high = _mm256_slli_epi64(_mm256_mul_epu32(_mm256_srli_epi64(a, 32), feature), 32);
    const __m256i product = _mm256_add_epi64(_mm256_add_epi64(low, b), high);
    return _mm256_add_epi32(product, _mm256_srli_epi64(product, 61));
}

static inline __m256i load(const void *values)
{
    return _mm256_loadu_si256((const __m256i *)values);
}

void iscc_avx2_lower_minima(uint32_t minima[ISCC_MINIMA], const uint32_t *features, size_t count)
{
    const __m256i even = _mm256_setr_epi32(0, 2, 4, 6, 0, 2, 4, 6);

    for (size_t i = 0; i < ISCC_MINIMA; i += VECTORS * WIDTH) {
        __m256i lowest[VECTORS];
#pragma GCC unroll 2 /* VECTORS */
        for (size_t k = 0; k < VECTORS; k++)
            lowest[k] = _mm256_cvtepu32_epi64(_mm_loadu_si128((const __m128i *)(const void *)(minima + i + k * WIDTH)));
        for (size_t j = 0; j < count; j++) {
            const __m256i feature = _mm256_set1_epi32((int)features[j]);
#pragma GCC unroll 2 /* VECTORS */
            for (size_t k = 0; k < VECTORS; k++) {
                const size_t first = i + k * WIDTH;
                const __m256i value = permute(load(iscc_minhash_a + first), load(iscc_minhash_b + first), feature);
                lowest[k] = _mm256_min_epu32(lowest[k], value);
            }
        }
#pragma GCC unroll 2 /* VECTORS */
        for (size_t k = 0; k < VECTORS; k++) {
            const __m256i packed = _mm256_permutevar8x32_epi32(lowest[k], even);
            _mm_storeu_si128((__m128i *)(void *)(minima + i + k * WIDTH), _mm256_castsi256_si128(packed));
        }
    }
}
