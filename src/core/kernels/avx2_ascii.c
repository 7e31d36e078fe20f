/* SPDX-License-Identifier: Apache-2.0 */
/* Collapses ASCII text with AVX2, 32 bytes at a time. */
#include <immintrin.h>
#include <string.h>

#include "avx2.h"
#include "portable.h"

#define VECTOR ((size_t)32)

/* Which of the bytes are kept, all of them ASCII. Of each low nibble the table has one bit for each high nibble with
 * which it makes a letter, a digit or one of $+<=>^`|~. */
static inline __m256i find_kept(__m256i bytes)
{
    const __m256i rows = _mm256_broadcastsi128_si256(
        _mm_setr_epi8((char)0xe8, (char)0xf8, (char)0xf8, (char)0xf8, (char)0xfc, (char)0xf8, (char)0xf8, (char)0xf8,
                      (char)0xf8, (char)0xf8, (char)0xf0, (char)0x54, (char)0xd8, (char)0x58, (char)0xf8, (char)0x50));
    const __m256i bits =
        _mm256_broadcastsi128_si256(_mm_setr_epi8(1, 2, 4, 8, 16, 32, 64, (char)128, 0, 0, 0, 0, 0, 0, 0, 0));
    const __m256i nibble = _mm256_set1_epi8(15);
    const __m256i row = _mm256_shuffle_epi8(rows, _mm256_and_si256(bytes, nibble));
    const __m256i bit = _mm256_shuffle_epi8(bits, _mm256_and_si256(_mm256_srli_epi16(bytes, 4), nibble));
    return _mm256_cmpeq_epi8(_mm256_and_si256(row, bit), bit);
}

static inline __m256i lower(__m256i bytes)
{
    const __m256i above = _mm256_cmpgt_epi8(bytes, _mm256_set1_epi8('A' - 1));
    const __m256i upper = _mm256_andnot_si256(_mm256_cmpgt_epi8(bytes, _mm256_set1_epi8('Z')), above);
    return _mm256_or_si256(bytes, _mm256_and_si256(upper, _mm256_set1_epi8(0x20)));
}

size_t iscc_avx2_collapse_ascii(const uint8_t *text, size_t size, uint8_t *out, size_t *written)
{
    uint8_t *next = out;
    size_t i = 0;

    for (; i + VECTOR <= size; i += VECTOR) {
        const __m256i bytes = _mm256_loadu_si256((const __m256i *)(const void *)(text + i));
        uint64_t words[4];
        uint64_t masks[4];
        if (_mm256_movemask_epi8(bytes) != 0)
            break;
        _mm256_storeu_si256((__m256i *)(void *)words, lower(bytes));
        _mm256_storeu_si256((__m256i *)(void *)masks, find_kept(bytes));
#pragma GCC unroll 4
        for (size_t k = 0; k < 4; k++) {
            const uint64_t kept = _pext_u64(words[k], masks[k]);
            memcpy(next, &kept, sizeof kept);
            next += (unsigned)__builtin_popcountll(masks[k]) / 8;
        }
    }
    const size_t rest = iscc_portable_collapse_ascii(text + i, size - i, next, written);
    *written += (size_t)(next - out);
    return i + rest;
}
