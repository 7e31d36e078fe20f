/* SPDX-License-Identifier: Apache-2.0 */
/* The searches over digests and sketches for AVX-512 with VPOPCNTDQ, which counts bits in vectors. */
#include <immintrin.h>

#include "avx2.h"
#include "avx512.h"

/* Digests compared at once. Few are near, so if any of a group is, each is compared again by itself. */
enum { GROUP = 8 };

/* The distances of eight words of 64 bits. */
static __m512i word_distances(const uint8_t *bytes, __m512i digest)
{
    return _mm512_popcnt_epi64(_mm512_xor_si512(_mm512_loadu_si512(bytes), digest));
}

/* The sums of each pair of adjacent words. */
static __m512i add_pairs(__m512i a, __m512i b)
{
    return _mm512_add_epi64(_mm512_unpacklo_epi64(a, b), _mm512_unpackhi_epi64(a, b));
}

/* The distances of the next eight digests of 8, 16 or 32 bytes, in no particular order. */
static inline __m512i group_distances(const uint8_t *digests, size_t size, __m512i digest)
{
    if (size == 8)
        return word_distances(digests, digest);
    if (size == 16)
        return add_pairs(word_distances(digests, digest), word_distances(digests + 64, digest));
    const __m512i first = add_pairs(word_distances(digests, digest), word_distances(digests + 64, digest));
    const __m512i second = add_pairs(word_distances(digests + 128, digest), word_distances(digests + 192, digest));
    return _mm512_add_epi64(_mm512_shuffle_i64x2(first, second, 0x88), _mm512_shuffle_i64x2(first, second, 0xdd));
}

static inline size_t find_near(const uint8_t *digests, size_t size, size_t count, const uint8_t *digest, __m512i vector,
                               unsigned limit, uint32_t *numbers)
{
    const __m512i limits = _mm512_set1_epi64((long long)limit);
    size_t near = 0;

    for (size_t i = 0; i + GROUP <= count; i += GROUP) {
        if (_mm512_cmple_epu64_mask(group_distances(digests + i * size, size, vector), limits) == 0)
            continue;
        for (size_t j = i; j < i + GROUP; j++)
            if (iscc_avx2_hamming(digests + j * size, digest, size) <= limit)
                numbers[near++] = (uint32_t)j;
    }
    for (size_t i = count / GROUP * GROUP; i < count; i++)
        if (iscc_avx2_hamming(digests + i * size, digest, size) <= limit)
            numbers[near++] = (uint32_t)i;
    return near;
}

size_t iscc_avx512_find_near(const uint8_t *digests, size_t size, size_t count, const uint8_t *digest, unsigned limit,
                             uint32_t *numbers)
{
    /* With constant sizes the compiler generates a loop for each. */
    switch (size) {
    case 8:
        return find_near(digests, 8, count, digest, _mm512_broadcastq_epi64(_mm_loadl_epi64((const __m128i *)digest)),
                         limit, numbers);
    case 16:
        return find_near(digests, 16, count, digest, _mm512_broadcast_i32x4(_mm_loadu_si128((const __m128i *)digest)),
                         limit, numbers);
    case 32:
        return find_near(digests, 32, count, digest,
                         _mm512_broadcast_i64x4(_mm256_loadu_si256((const __m256i *)digest)), limit, numbers);
    default:
        return iscc_avx2_find_near(digests, size, count, digest, limit, numbers);
    }
}

size_t iscc_avx512_match_sketches(const uint32_t *words, const struct iscc_range *ranges, size_t count,
                                  const uint32_t *queries, size_t query_count, unsigned limit, uint32_t *query_numbers,
                                  uint32_t *positions)
{
    const __m512i limits = _mm512_set1_epi32((int)limit);
    const __m512i steps = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    size_t matches = 0;

    for (const struct iscc_range *range = ranges; range != ranges + count; range++)
        for (uint32_t position = range->begin; position < range->end; position += 16) {
            const uint32_t rest = range->end - position;
            const __mmask16 valid = (__mmask16)(rest < 16 ? (1u << rest) - 1 : 0xffffu);
            const __m512i next = _mm512_loadu_si512(words + position);
            const __m512i numbers = _mm512_add_epi32(_mm512_set1_epi32((int)position), steps);
            for (size_t query = 0; query < query_count; query++) {
                const __m512i differing = _mm512_xor_si512(next, _mm512_set1_epi32((int)queries[query]));
                const __mmask16 near = _mm512_mask_cmple_epu32_mask(valid, _mm512_popcnt_epi32(differing), limits);
                /* Stores even if nothing is near: in a short range a branch on that could not be predicted. */
                _mm512_storeu_si512(query_numbers + matches, _mm512_set1_epi32((int)query));
                _mm512_storeu_si512(positions + matches, _mm512_maskz_compress_epi32(near, numbers));
                matches += (size_t)__builtin_popcount(near);
            }
        }
    return matches;
}
