/* SPDX-License-Identifier: Apache-2.0 */
/* The searches over digests and sketches for AVX2, which counts bits by looking up each half byte. */
#include <immintrin.h>
#include <string.h>

#include "avx2.h"
#include "pairs.h"

/* Digests compared at once. Few are near, so if any of a group is, each is compared again by itself. */
enum { GROUP = 8 };

unsigned iscc_avx2_hamming(const uint8_t *a, const uint8_t *b, size_t size)
{
    return iscc_measure_pair(a, b, size, iscc_avx2_popcount);
}

/* The number of bits set in each byte. */
static __m256i popcount_bytes(__m256i bytes)
{
    const __m256i counts = _mm256_setr_epi8(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4, 0, 1, 1, 2, 1, 2, 2, 3, 1,
                                            2, 2, 3, 2, 3, 3, 4);
    const __m256i low = _mm256_set1_epi8(15);
    return _mm256_add_epi8(_mm256_shuffle_epi8(counts, _mm256_and_si256(bytes, low)),
                           _mm256_shuffle_epi8(counts, _mm256_and_si256(_mm256_srli_epi16(bytes, 4), low)));
}

/* The distances of four words of 64 bits. */
static __m256i word_distances(const uint8_t *bytes, __m256i digest)
{
    const __m256i differing = _mm256_xor_si256(_mm256_loadu_si256((const __m256i *)bytes), digest);
    return _mm256_sad_epu8(popcount_bytes(differing), _mm256_setzero_si256());
}

/* The sums of each pair of adjacent words. */
static __m256i add_pairs(__m256i a, __m256i b)
{
    return _mm256_add_epi64(_mm256_unpacklo_epi64(a, b), _mm256_unpackhi_epi64(a, b));
}

/* The distances of the next four digests of 8, 16 or 32 bytes, in no particular order. */
static inline __m256i four_distances(const uint8_t *digests, size_t size, __m256i digest)
{
    if (size == 8)
        return word_distances(digests, digest);
    if (size == 16)
        return add_pairs(word_distances(digests, digest), word_distances(digests + 32, digest));
    const __m256i first = add_pairs(word_distances(digests, digest), word_distances(digests + 32, digest));
    const __m256i second = add_pairs(word_distances(digests + 64, digest), word_distances(digests + 96, digest));
    return _mm256_add_epi64(_mm256_permute2x128_si256(first, second, 0x20),
                            _mm256_permute2x128_si256(first, second, 0x31));
}

static inline size_t find_near(const uint8_t *digests, size_t size, size_t count, const uint8_t *digest, unsigned limit,
                               uint32_t *numbers)
{
    uint8_t repeated[32];
    const __m256i limits = _mm256_set1_epi64x((long long)limit);
    size_t near = 0;
    size_t i = 0;

    for (size_t offset = 0; offset < sizeof repeated; offset += size)
        memcpy(repeated + offset, digest, size);
    const __m256i vector = _mm256_loadu_si256((const __m256i *)repeated);
    for (; i + GROUP <= count; i += GROUP) {
        const __m256i first = four_distances(digests + i * size, size, vector);
        const __m256i second = four_distances(digests + (i + 4) * size, size, vector);
        const __m256i far = _mm256_and_si256(_mm256_cmpgt_epi64(first, limits), _mm256_cmpgt_epi64(second, limits));
        if (_mm256_movemask_epi8(far) == -1)
            continue;
        for (size_t j = i; j < i + GROUP; j++)
            if (iscc_measure_pair(digests + j * size, digest, size, iscc_avx2_popcount) <= limit)
                numbers[near++] = (uint32_t)j;
    }
    for (; i < count; i++)
        if (iscc_avx2_hamming(digests + i * size, digest, size) <= limit)
            numbers[near++] = (uint32_t)i;
    return near;
}

size_t iscc_avx2_find_near(const uint8_t *digests, size_t size, size_t count, const uint8_t *digest, unsigned limit,
                           uint32_t *numbers)
{
    size_t near = 0;

    /* With constant sizes the compiler generates a loop for each. */
    if (size == 8)
        return find_near(digests, 8, count, digest, limit, numbers);
    if (size == 16)
        return find_near(digests, 16, count, digest, limit, numbers);
    if (size == 32)
        return find_near(digests, 32, count, digest, limit, numbers);
    for (size_t i = 0; i < count; i++)
        if (iscc_avx2_hamming(digests + i * size, digest, size) <= limit)
            numbers[near++] = (uint32_t)i;
    return near;
}

/* A bit for each of eight words, set if it differs from the query in more than `limit` bits. */
static unsigned far_words(__m256i words, __m256i query, __m256i limit)
{
    const __m256i bytes = popcount_bytes(_mm256_xor_si256(words, query));
    const __m256i distances = _mm256_madd_epi16(_mm256_maddubs_epi16(bytes, _mm256_set1_epi8(1)), _mm256_set1_epi16(1));
    return (unsigned)_mm256_movemask_ps(_mm256_castsi256_ps(_mm256_cmpgt_epi32(distances, limit)));
}

size_t iscc_avx2_match_sketches(const uint32_t *words, const struct iscc_range *ranges, size_t count,
                                const uint32_t *queries, size_t query_count, unsigned limit, uint32_t *query_numbers,
                                uint32_t *positions)
{
    const __m256i limits = _mm256_set1_epi32((int)limit);
    size_t matches = 0;

    for (const struct iscc_range *range = ranges; range != ranges + count; range++)
        for (size_t query = 0; query < query_count; query++) {
            const __m256i vector = _mm256_set1_epi32((int)queries[query]);
            for (uint32_t position = range->begin; position < range->end; position += 8) {
                const __m256i next = _mm256_loadu_si256((const __m256i *)(words + position));
                const unsigned rest = range->end - position;
                unsigned near = ~far_words(next, vector, limits) & (rest < 8 ? (1u << rest) - 1 : 0xffu);
                for (; near != 0; near &= near - 1) {
                    query_numbers[matches] = (uint32_t)query;
                    positions[matches++] = position + (uint32_t)__builtin_ctz(near);
                }
            }
        }
    return matches;
}

void iscc_avx2_measure_pairs(const uint8_t *left, const uint32_t *lefts, const uint8_t *right, const uint32_t *rights,
                             size_t size, size_t count, uint16_t *distances)
{
    /* With constant sizes, as above. */
    if (size == 8)
        iscc_measure_pairs(left, lefts, right, rights, 8, count, distances, iscc_avx2_popcount);
    else if (size == 16)
        iscc_measure_pairs(left, lefts, right, rights, 16, count, distances, iscc_avx2_popcount);
    else if (size == 32)
        iscc_measure_pairs(left, lefts, right, rights, 32, count, distances, iscc_avx2_popcount);
    else
        iscc_measure_pairs(left, lefts, right, rights, size, count, distances, iscc_avx2_popcount);
}
