/* SPDX-License-Identifier: Apache-2.0 */
/* MinHash with AVX2: four permutations in a vector. */
#include <immintrin.h>

#include "avx2.h"

/* Permutations that are done at a time, so that their constants and minima stay in registers. */
#define VECTORS ((size_t)2)
#define WIDTH 4u

/*
 * As `iscc_permute`, in lanes of 64 bits; the result stands in the low 32. With a = high * 2^32 + low, the product mod
 * 2^64 is low * feature + b + (high * feature mod 2^32) * 2^32. Of its low 61 bits and its high 3 bits, which are to be
 * added, only the lowest 32 are kept. That the sum reaches 2^61 - 1, and so would have to lose it, happens with no
 * feature: each a has an inverse mod 2^64, and it makes none of the products where that would be from a number below
 * 2^32 (tests/unit/test_kernels.c tries them all).
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
                const size_t at = i + k * WIDTH;
                const __m256i value = permute(load(iscc_minhash_a + at), load(iscc_minhash_b + at), feature);
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
