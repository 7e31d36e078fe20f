/* SPDX-License-Identifier: Apache-2.0 */
/* XXH32 of sixteen windows of text side by side with AVX-512 and VBMI, one in each lane. */
#include <immintrin.h>

#include "avx512.h"

#define LANES ((size_t)16)
#define STRIPE 16

/* The primes of XXH32. */
#define PRIME1 0x9e3779b1u
#define PRIME2 0x85ebca77u
#define PRIME3 0xc2b2ae3du
#define PRIME4 0x27d4eb2fu
#define PRIME5 0x165667b1u

static inline __m512i all(uint32_t value)
{
    return _mm512_set1_epi32((int)value);
}

static inline __m512i add_word(__m512i hash, __m512i word)
{
    const __m512i sum = _mm512_add_epi32(hash, _mm512_mullo_epi32(word, all(PRIME3)));
    return _mm512_mullo_epi32(_mm512_rol_epi32(sum, 17), all(PRIME4));
}

static inline __m512i add_byte(__m512i hash, __m512i byte)
{
    const __m512i sum = _mm512_add_epi32(hash, _mm512_mullo_epi32(byte, all(PRIME5)));
    return _mm512_mullo_epi32(_mm512_rol_epi32(sum, 11), all(PRIME1));
}

static inline __m512i avalanche(__m512i hash)
{
    hash = _mm512_mullo_epi32(_mm512_xor_si512(hash, _mm512_srli_epi32(hash, 15)), all(PRIME2));
    hash = _mm512_mullo_epi32(_mm512_xor_si512(hash, _mm512_srli_epi32(hash, 13)), all(PRIME3));
    return _mm512_xor_si512(hash, _mm512_srli_epi32(hash, 16));
}

/* The first `count` lanes. */
static inline __mmask16 first_lanes(size_t count)
{
    return (__mmask16)(count < LANES ? (1u << count) - 1 : UINT16_MAX);
}

/* Up to 64 bytes, of which no more than `size` are read. */
static inline __m512i load_bytes(const uint8_t *bytes, size_t size)
{
    return _mm512_maskz_loadu_epi8(size < 64 ? _bzhi_u64(UINT64_MAX, (unsigned)size) : UINT64_MAX, bytes);
}

/* The offsets of the bytes of a word, in the lowest byte first. */
static inline __m512i word_bytes(__m512i offsets)
{
    const __m512i spread = _mm512_mullo_epi32(offsets, all(0x01010101));
    return _mm512_add_epi32(spread, all(0x03020100));
}

/* Windows of 13 bytes each: three words and a byte. */
static void hash_ascii(const uint8_t *text, size_t size, uint32_t *features)
{
    const size_t count = size - ISCC_WINDOW + 1;
    const __m512i first = word_bytes(_mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));
    const __m512i step = all(0x04040404);

    for (size_t i = 0; i < count; i += LANES) {
        const __m512i bytes = load_bytes(text + i, size - i);
        const __m512i second = _mm512_add_epi32(first, step);
        const __m512i third = _mm512_add_epi32(second, step);
        const __m512i last = _mm512_add_epi32(third, step);
        __m512i hash = all(PRIME5 + ISCC_WINDOW);
        hash = add_word(hash, _mm512_permutexvar_epi8(first, bytes));
        hash = add_word(hash, _mm512_permutexvar_epi8(second, bytes));
        hash = add_word(hash, _mm512_permutexvar_epi8(third, bytes));
        hash = add_byte(hash, _mm512_and_si512(_mm512_permutexvar_epi8(last, bytes), all(0xff)));
        _mm512_mask_storeu_epi32(features + i, first_lanes(count - i), avalanche(hash));
    }
}

/* The bytes that the windows of a group consist of: 28 characters, so at most 112. */
struct group {
    __m512i low;
    __m512i high;
};

static inline __m512i words_at(const struct group *group, __m512i offsets)
{
    return _mm512_permutex2var_epi8(group->low, word_bytes(offsets), group->high);
}

/* The hashes of the whole stripes in each lane, and of nothing where there is none. Moves the offsets past them. */
static inline __m512i hash_stripes(const struct group *group, __m512i *offsets, __m512i ends)
{
    const __m512i first = *offsets;
    __m512i sums[4] = {all(PRIME1 + PRIME2), all(PRIME2), all(0), all(0u - PRIME1)};
    __mmask16 mask;

    /* The end of the stripe is not past that of the window. */
    while ((mask = _mm512_cmple_epi32_mask(_mm512_add_epi32(*offsets, all(STRIPE)), ends)) != 0) {
#pragma GCC unroll 4
        for (size_t i = 0; i < 4; i++) {
            const __m512i word = words_at(group, _mm512_add_epi32(*offsets, all(4 * (uint32_t)i)));
            const __m512i added = _mm512_add_epi32(sums[i], _mm512_mullo_epi32(word, all(PRIME2)));
            sums[i] = _mm512_mask_mullo_epi32(sums[i], mask, _mm512_rol_epi32(added, 13), all(PRIME1));
        }
        *offsets = _mm512_mask_add_epi32(*offsets, mask, *offsets, all(STRIPE));
    }
    const __m512i left = _mm512_add_epi32(_mm512_rol_epi32(sums[0], 1), _mm512_rol_epi32(sums[1], 7));
    const __m512i right = _mm512_add_epi32(_mm512_rol_epi32(sums[2], 12), _mm512_rol_epi32(sums[3], 18));
    const __mmask16 none = _mm512_cmpeq_epi32_mask(*offsets, first);
    return _mm512_mask_blend_epi32(none, _mm512_add_epi32(left, right), all(PRIME5));
}

/* Up to three words, and up to three bytes. */
static inline __m512i hash_tails(const struct group *group, __m512i hash, __m512i offsets, __m512i ends)
{
    __mmask16 mask;

    while ((mask = _mm512_cmple_epi32_mask(_mm512_add_epi32(offsets, all(4)), ends)) != 0) {
        hash = _mm512_mask_mov_epi32(hash, mask, add_word(hash, words_at(group, offsets)));
        offsets = _mm512_mask_add_epi32(offsets, mask, offsets, all(4));
    }
    const __m512i left = _mm512_sub_epi32(ends, offsets);
    __m512i bytes = words_at(group, offsets);
    for (uint32_t i = 0; i < 3; i++) {
        mask = _mm512_cmpgt_epi32_mask(left, all(i));
        hash = _mm512_mask_mov_epi32(hash, mask, add_byte(hash, _mm512_and_si512(bytes, all(0xff))));
        bytes = _mm512_srli_epi32(bytes, 8);
    }
    return hash;
}

/* Hashes the windows from starts[i] to starts[i + ISCC_WINDOW], `count` of them. */
static void hash_any(const uint8_t *text, size_t size, const uint32_t *starts, size_t count, uint32_t *features)
{
    for (size_t i = 0; i < count; i += LANES) {
        const __mmask16 lanes = first_lanes(count - i);
        const size_t begin = starts[i];
        const struct group group = {load_bytes(text + begin, size - begin),
                                    size - begin > 64 ? load_bytes(text + begin + 64, size - begin - 64)
                                                      : _mm512_setzero_si512()};
        const __m512i base = _mm512_maskz_set1_epi32(lanes, (int)begin);
        __m512i offsets = _mm512_sub_epi32(_mm512_maskz_loadu_epi32(lanes, starts + i), base);
        const __m512i ends = _mm512_sub_epi32(_mm512_maskz_loadu_epi32(lanes, starts + i + ISCC_WINDOW), base);
        const __m512i length = _mm512_sub_epi32(ends, offsets);
        __m512i hash = _mm512_add_epi32(hash_stripes(&group, &offsets, ends), length);
        _mm512_mask_storeu_epi32(features + i, lanes, avalanche(hash_tails(&group, hash, offsets, ends)));
    }
}

/* The offsets of the characters, and of the end of the text. Returns the number of characters. */
static size_t find_starts(const uint8_t *text, size_t size, uint32_t *starts)
{
    const __m512i numbers = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    size_t count = 0;

    for (size_t i = 0; i < size; i += LANES) {
        const size_t part = size - i < LANES ? size - i : LANES;
        const __mmask16 valid = first_lanes(part);
        /* As signed numbers, the bytes that continue a character are those below -64. */
        const __m128i bytes = _mm_maskz_loadu_epi8(valid, text + i);
        const __mmask16 mask = _mm_mask_cmpgt_epi8_mask(valid, bytes, _mm_set1_epi8(-65));
        const __m512i offsets = _mm512_add_epi32(numbers, all((uint32_t)i));
        _mm512_storeu_si512(starts + count, _mm512_maskz_compress_epi32(mask, offsets));
        count += (unsigned)__builtin_popcount(mask);
    }
    starts[count] = (uint32_t)size;
    return count;
}

size_t iscc_avx512_hash_windows(const uint8_t *text, size_t size, uint32_t *features)
{
    uint32_t starts[ISCC_WINDOWS_SIZE + LANES];

    const size_t characters = find_starts(text, size, starts);
    if (characters < ISCC_WINDOW)
        return 0;
    const size_t count = characters - ISCC_WINDOW + 1;
    if (characters == size)
        hash_ascii(text, size, features);
    else
        hash_any(text, size, starts, count, features);
    return count;
}
