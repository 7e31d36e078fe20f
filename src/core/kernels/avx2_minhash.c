/* SPDX-License-Identifier: Apache-2.0 */
/* MinHash with AVX2: few features exactly, with four permutations per vector; many through a filter of 32 bits, with
 * eight features per vector. */
#include <immintrin.h>

#include "avx2.h"
#include "mersenne.h"

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

static void lower_exactly(uint32_t minima[ISCC_MINIMA], const uint32_t *features, size_t count)
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

/* The features that the filter looks at together: few enough for their vectors to stay in registers. */
#define FILTER_VECTORS ((size_t)8)
#define FILTER_WIDTH ((size_t)8)
#define FILTER_BLOCK (FILTER_VECTORS * FILTER_WIDTH)

/* Lowers the minimum of a permutation by those features whose filter value is within its limit. */
static uint32_t lower_one(size_t index, uint32_t minimum, const uint32_t *features, __m256i limits)
{
    const __m256i a = _mm256_set1_epi32((int)(uint32_t)iscc_minhash_a[index]);
    const __m256i b = _mm256_set1_epi32((int)((uint32_t)iscc_minhash_b[index] + 8));

    for (size_t i = 0; i < FILTER_BLOCK; i += FILTER_WIDTH) {
        const __m256i value = _mm256_add_epi32(_mm256_mullo_epi32(load(features + i), a), b);
        const __m256i within = _mm256_cmpeq_epi32(_mm256_min_epu32(value, limits), value);
        unsigned mask = (unsigned)_mm256_movemask_ps(_mm256_castsi256_ps(within));
        for (; mask != 0; mask &= mask - 1) {
            const uint32_t permuted = iscc_permute(index, features[i + (size_t)__builtin_ctz(mask)]);
            minimum = permuted < minimum ? permuted : minimum;
        }
    }
    return minimum;
}

/*
 * A permutation is the low 32 bits of x = a * feature + b plus the high 3 bits of x (see iscc_permute), so it is at
 * most 7 more, mod 2^32. With y = low 32 bits of x + 8, which takes one multiplication of 32 bits, the permutation is y
 * less 1 to 8. If it is below the minimum m, y is below m + 8, also where y itself is below 8. So only the features
 * with y <= m + 7 have to be computed exactly, and once m is small these are few.
 */
static void lower_block(uint32_t minima[ISCC_MINIMA], const uint32_t *features)
{
    __m256i loaded[FILTER_VECTORS];

#pragma GCC unroll 8 /* FILTER_VECTORS */
    for (size_t i = 0; i < FILTER_VECTORS; i++)
        loaded[i] = load(features + i * FILTER_WIDTH);
    for (size_t index = 0; index < ISCC_MINIMA; index++) {
        const uint32_t minimum = minima[index];
        const __m256i limits = _mm256_set1_epi32((int)(minimum < UINT32_MAX - 7 ? minimum + 7 : UINT32_MAX));
        const __m256i a = _mm256_set1_epi32((int)(uint32_t)iscc_minhash_a[index]);
        const __m256i b = _mm256_set1_epi32((int)((uint32_t)iscc_minhash_b[index] + 8));
        __m256i lowest = _mm256_set1_epi32(-1);
#pragma GCC unroll 8 /* FILTER_VECTORS */
        for (size_t i = 0; i < FILTER_VECTORS; i++)
            lowest = _mm256_min_epu32(lowest, _mm256_add_epi32(_mm256_mullo_epi32(loaded[i], a), b));
        const __m256i within = _mm256_cmpeq_epi32(_mm256_min_epu32(lowest, limits), lowest);
        if (!_mm256_testz_si256(within, within))
            minima[index] = lower_one(index, minimum, features, limits);
    }
}

/* The first features bring the minima down, so that few of the others pass the filter. */
void iscc_avx2_lower_minima(uint32_t minima[ISCC_MINIMA], const uint32_t *features, size_t count)
{
    size_t done = count < FILTER_BLOCK ? count : FILTER_BLOCK;

    lower_exactly(minima, features, done);
    for (; done + FILTER_BLOCK <= count; done += FILTER_BLOCK)
        lower_block(minima, features + done);
    lower_exactly(minima, features + done, count - done);
}
