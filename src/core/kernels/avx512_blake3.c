/* SPDX-License-Identifier: Apache-2.0 */
/* BLAKE3 of 16 chunks side by side with AVX-512. */
#include <immintrin.h>

#include "avx512.h"

#define LANES 16u
#include "blake3_rounds.h"

static inline words rotate_right(words value, int bits)
{
    return value >> bits | value << (32 - bits);
}

/* Transposes four words of four lanes in each quarter. */
static inline __attribute__((always_inline)) void transpose_quarters(__m512i rows[4])
{
    const __m512i low01 = _mm512_unpacklo_epi32(rows[0], rows[1]);
    const __m512i high01 = _mm512_unpackhi_epi32(rows[0], rows[1]);
    const __m512i low23 = _mm512_unpacklo_epi32(rows[2], rows[3]);
    const __m512i high23 = _mm512_unpackhi_epi32(rows[2], rows[3]);

    rows[0] = _mm512_unpacklo_epi64(low01, low23);
    rows[1] = _mm512_unpackhi_epi64(low01, low23);
    rows[2] = _mm512_unpacklo_epi64(high01, high23);
    rows[3] = _mm512_unpackhi_epi64(high01, high23);
}

static inline void load_blocks(words message[16], const uint8_t *const blocks[LANES])
{
    __m512i rows[LANES];

#pragma GCC unroll 16
    for (unsigned i = 0; i < LANES; i++)
        rows[i] = _mm512_loadu_si512(blocks[i]);
#pragma GCC unroll 4
    for (unsigned i = 0; i < LANES; i += 4)
        transpose_quarters(rows + i);
#pragma GCC unroll 4
    for (unsigned i = 0; i < 4; i++) {
        /* Quarter q of rows[4 * g + i] has word 4 * q + i of the four lanes from 4 * g on. */
        const __m512i low01 = _mm512_shuffle_i32x4(rows[i], rows[4 + i], 0x44);
        const __m512i high01 = _mm512_shuffle_i32x4(rows[i], rows[4 + i], 0xee);
        const __m512i low23 = _mm512_shuffle_i32x4(rows[8 + i], rows[12 + i], 0x44);
        const __m512i high23 = _mm512_shuffle_i32x4(rows[8 + i], rows[12 + i], 0xee);
        message[i] = (words)_mm512_shuffle_i32x4(low01, low23, 0x88);
        message[4 + i] = (words)_mm512_shuffle_i32x4(low01, low23, 0xdd);
        message[8 + i] = (words)_mm512_shuffle_i32x4(high01, high23, 0x88);
        message[12 + i] = (words)_mm512_shuffle_i32x4(high01, high23, 0xdd);
    }
}

static const struct iscc_blake3_lanes lanes = {.lanes = LANES, .compute = compute};

void iscc_avx512_hash_inputs(const uint8_t *bytes, const uint32_t *ends, size_t count,
                             uint8_t (*hashes)[ISCC_BLAKE3_SIZE])
{
    iscc_blake3_hash_inputs(&lanes, bytes, ends, count, hashes);
}
