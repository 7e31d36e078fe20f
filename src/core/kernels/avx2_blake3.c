/* SPDX-License-Identifier: Apache-2.0 */
/* BLAKE3 of 8 chunks side by side with AVX2. */
#include <immintrin.h>

#include "avx2.h"

#define LANES 8u
#include "blake3_rounds.h"

/* A shuffle rotates by whole bytes in one instruction. */
static inline words rotate_right(words value, int bits)
{
    const __m256i by_8 = _mm256_setr_epi8(1, 2, 3, 0, 5, 6, 7, 4, 9, 10, 11, 8, 13, 14, 15, 12, 1, 2, 3, 0, 5, 6, 7, 4,
                                          9, 10, 11, 8, 13, 14, 15, 12);
    const __m256i by_16 = _mm256_setr_epi8(2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13, 2, 3, 0, 1, 6, 7, 4, 5,
                                           10, 11, 8, 9, 14, 15, 12, 13);

    if (bits == 8)
        return (words)_mm256_shuffle_epi8((__m256i)value, by_8);
    if (bits == 16)
        return (words)_mm256_shuffle_epi8((__m256i)value, by_16);
    return value >> bits | value << (32 - bits);
}

/* Eight words of eight lanes. */
static inline __attribute__((always_inline)) void transpose(words out[8], const __m256i rows[8])
{
    __m256i quads[8];

#pragma GCC unroll 2
    for (unsigned i = 0; i < 8; i += 4) {
        const __m256i low01 = _mm256_unpacklo_epi32(rows[i], rows[i + 1]);
        const __m256i high01 = _mm256_unpackhi_epi32(rows[i], rows[i + 1]);
        const __m256i low23 = _mm256_unpacklo_epi32(rows[i + 2], rows[i + 3]);
        const __m256i high23 = _mm256_unpackhi_epi32(rows[i + 2], rows[i + 3]);
        quads[i] = _mm256_unpacklo_epi64(low01, low23);
        quads[i + 1] = _mm256_unpackhi_epi64(low01, low23);
        quads[i + 2] = _mm256_unpacklo_epi64(high01, high23);
        quads[i + 3] = _mm256_unpackhi_epi64(high01, high23);
    }
#pragma GCC unroll 4
    for (unsigned i = 0; i < 4; i++) {
        out[i] = (words)_mm256_permute2x128_si256(quads[i], quads[i + 4], 0x20);
        out[i + 4] = (words)_mm256_permute2x128_si256(quads[i], quads[i + 4], 0x31);
    }
}

static inline void load_blocks(words message[16], const uint8_t *const blocks[LANES])
{
    __m256i rows[LANES];

#pragma GCC unroll 2
    for (unsigned half = 0; half < 2; half++) {
#pragma GCC unroll 8
        for (unsigned i = 0; i < LANES; i++)
            rows[i] = _mm256_loadu_si256((const __m256i *)(const void *)(blocks[i] + 32 * (size_t)half));
        transpose(message + 8 * (size_t)half, rows);
    }
}

static const struct iscc_blake3_lanes lanes = {.lanes = LANES, .compute = compute};

void iscc_avx2_hash_inputs(const uint8_t *bytes, const uint32_t *ends, size_t count,
                           uint8_t (*hashes)[ISCC_BLAKE3_SIZE])
{
    iscc_blake3_hash_inputs(&lanes, bytes, ends, count, hashes);
}
