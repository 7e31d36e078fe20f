/* SPDX-License-Identifier: Apache-2.0 */
/* MinHash of many features with AVX-512: the filter of avx2_minhash.c with sixteen features per vector. */
#include <immintrin.h>

#include "avx2.h"
#include "avx512.h"
#include "mersenne.h"

#define VECTORS ((size_t)8)
#define WIDTH ((size_t)16)
#define BLOCK (VECTORS * WIDTH)

static inline __m512i filter(__m512i features, size_t index)
{
    const __m512i a = _mm512_set1_epi32((int)(uint32_t)iscc_minhash_a[index]);
    const __m512i b = _mm512_set1_epi32((int)((uint32_t)iscc_minhash_b[index] + 8));
    return _mm512_add_epi32(_mm512_mullo_epi32(features, a), b);
}

/* Lowers the minimum of a permutation by those features whose filter value is within its limit. */
static uint32_t lower_one(size_t index, uint32_t minimum, const uint32_t *features, __m512i limits)
{
    for (size_t i = 0; i < BLOCK; i += WIDTH) {
        const __m512i value = filter(_mm512_loadu_si512(features + i), index);
        unsigned mask = _mm512_cmple_epu32_mask(value, limits);
        for (; mask != 0; mask &= mask - 1) {
            const uint32_t permuted = iscc_permute(index, features[i + (size_t)__builtin_ctz(mask)]);
            minimum = permuted < minimum ? permuted : minimum;
        }
    }
    return minimum;
}

static void lower_block(uint32_t minima[ISCC_MINIMA], const uint32_t *features)
{
    __m512i loaded[VECTORS];

#pragma GCC unroll 8 /* VECTORS */
    for (size_t i = 0; i < VECTORS; i++)
        loaded[i] = _mm512_loadu_si512(features + i * WIDTH);
    for (size_t index = 0; index < ISCC_MINIMA; index++) {
        const uint32_t minimum = minima[index];
        const __m512i limits = _mm512_set1_epi32((int)(minimum < UINT32_MAX - 7 ? minimum + 7 : UINT32_MAX));
        __m512i lowest = _mm512_set1_epi32(-1);
#pragma GCC unroll 8 /* VECTORS */
        for (size_t i = 0; i < VECTORS; i++)
            lowest = _mm512_min_epu32(lowest, filter(loaded[i], index));
        if (_mm512_cmple_epu32_mask(lowest, limits) != 0)
            minima[index] = lower_one(index, minimum, features, limits);
    }
}

/* The first features bring the minima down, so that few of the others pass the filter. */
void iscc_avx512_lower_minima(uint32_t minima[ISCC_MINIMA], const uint32_t *features, size_t count)
{
    size_t done = count < BLOCK ? count : BLOCK;

    iscc_avx2_lower_minima(minima, features, done);
    for (; done + BLOCK <= count; done += BLOCK)
        lower_block(minima, features + done);
    iscc_avx2_lower_minima(minima, features + done, count - done);
}
