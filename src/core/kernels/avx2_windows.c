/* SPDX-License-Identifier: Apache-2.0 */
/* XXH32 of eight windows of text side by side with AVX2, one in each lane. */
#include <immintrin.h>

#include "avx2.h"

#define LANES ((size_t)8)
#define STRIPE 16

/* The primes of XXH32. */
#define PRIME1 0x9e3779b1u
#define PRIME2 0x85ebca77u
#define PRIME3 0xc2b2ae3du
#define PRIME4 0x27d4eb2fu
#define PRIME5 0x165667b1u

static inline __m256i all(uint32_t value)
{
    return _mm256_set1_epi32((int)value);
}

static inline __m256i rotate_left(__m256i value, int bits)
{
    return _mm256_or_si256(_mm256_slli_epi32(value, bits), _mm256_srli_epi32(value, 32 - bits));
}

static inline __m256i add_word(__m256i hash, __m256i word)
{
    const __m256i sum = _mm256_add_epi32(hash, _mm256_mullo_epi32(word, all(PRIME3)));
    return _mm256_mullo_epi32(rotate_left(sum, 17), all(PRIME4));
}

static inline __m256i add_byte(__m256i hash, __m256i byte)
{
    const __m256i sum = _mm256_add_epi32(hash, _mm256_mullo_epi32(byte, all(PRIME5)));
    return _mm256_mullo_epi32(rotate_left(sum, 11), all(PRIME1));
}

static inline __m256i avalanche(__m256i hash)
{
    hash = _mm256_mullo_epi32(_mm256_xor_si256(hash, _mm256_srli_epi32(hash, 15)), all(PRIME2));
    hash = _mm256_mullo_epi32(_mm256_xor_si256(hash, _mm256_srli_epi32(hash, 13)), all(PRIME3));
    return _mm256_xor_si256(hash, _mm256_srli_epi32(hash, 16));
}

static inline void store(uint32_t *features, __m256i hash)
{
    _mm256_storeu_si256((__m256i *)(void *)features, hash);
}

/* The words that begin at each of eight consecutive bytes, of which the first 11 of 16 are used. */
static inline __m256i words_at(const uint8_t *bytes)
{
    const __m256i spread = _mm256_setr_epi8(0, 1, 2, 3, 1, 2, 3, 4, 2, 3, 4, 5, 3, 4, 5, 6, 4, 5, 6, 7, 5, 6, 7, 8, 6,
                                            7, 8, 9, 7, 8, 9, 10);
    const __m128i loaded = _mm_loadu_si128((const __m128i *)(const void *)bytes);
    return _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(loaded), spread);
}

/* Windows of 13 bytes each: three words and a byte. Returns how many could be hashed eight at a time, without a read
 * past the end. */
static size_t hash_ascii(const uint8_t *text, size_t size, uint32_t *features)
{
    size_t i = 0;

    for (; i + 8 + STRIPE <= size; i += LANES) {
        __m256i hash = all(PRIME5 + ISCC_WINDOW);
        hash = add_word(hash, words_at(text + i));
        hash = add_word(hash, words_at(text + i + 4));
        hash = add_word(hash, words_at(text + i + 8));
        const __m128i last = _mm_loadl_epi64((const __m128i *)(const void *)(text + i + 12));
        store(features + i, avalanche(add_byte(hash, _mm256_cvtepu8_epi32(last))));
    }
    return i;
}

/* Loads the word at an offset in each lane where the mask is set. */
static inline __m256i gather(const uint8_t *text, __m256i offsets, __m256i mask)
{
    return _mm256_mask_i32gather_epi32(_mm256_setzero_si256(), (const int *)(const void *)text, offsets, mask, 1);
}

static inline __m256i add_stripe_word(__m256i sum, const uint8_t *text, __m256i offsets, __m256i mask)
{
    const __m256i word = gather(text, offsets, mask);
    const __m256i added = _mm256_add_epi32(sum, _mm256_mullo_epi32(word, all(PRIME2)));
    return _mm256_blendv_epi8(sum, _mm256_mullo_epi32(rotate_left(added, 13), all(PRIME1)), mask);
}

/* The hashes of the whole stripes in each lane, and of nothing where there is none. Moves the offsets past them. */
static inline __m256i hash_stripes(const uint8_t *text, __m256i *offsets, __m256i ends)
{
    const __m256i first = *offsets;
    __m256i sums[4] = {all(PRIME1 + PRIME2), all(PRIME2), all(0), all(0u - PRIME1)};

    for (;;) {
        /* The end of the stripe is not past that of the window. */
        const __m256i past = _mm256_cmpgt_epi32(_mm256_add_epi32(*offsets, all(STRIPE)), ends);
        const __m256i mask = _mm256_xor_si256(past, all(UINT32_MAX));
        if (_mm256_testz_si256(mask, mask))
            break;
#pragma GCC unroll 4
        for (size_t i = 0; i < 4; i++)
            sums[i] = add_stripe_word(sums[i], text, _mm256_add_epi32(*offsets, all(4 * (uint32_t)i)), mask);
        *offsets = _mm256_add_epi32(*offsets, _mm256_and_si256(mask, all(STRIPE)));
    }
    const __m256i left = _mm256_add_epi32(rotate_left(sums[0], 1), rotate_left(sums[1], 7));
    const __m256i right = _mm256_add_epi32(rotate_left(sums[2], 12), rotate_left(sums[3], 18));
    return _mm256_blendv_epi8(_mm256_add_epi32(left, right), all(PRIME5), _mm256_cmpeq_epi32(*offsets, first));
}

/* Up to three words, and up to three bytes: those at the end of the word that ends where the window does. */
static inline __m256i hash_tails(const uint8_t *text, __m256i hash, __m256i offsets, __m256i ends)
{
    const __m256i word = all(4);

    for (;;) {
        const __m256i past = _mm256_cmpgt_epi32(_mm256_add_epi32(offsets, word), ends);
        const __m256i mask = _mm256_xor_si256(past, all(UINT32_MAX));
        if (_mm256_testz_si256(mask, mask))
            break;
        hash = _mm256_blendv_epi8(hash, add_word(hash, gather(text, offsets, mask)), mask);
        offsets = _mm256_add_epi32(offsets, _mm256_and_si256(mask, word));
    }
    const __m256i left = _mm256_sub_epi32(ends, offsets);
    const __m256i shift = _mm256_slli_epi32(_mm256_sub_epi32(word, left), 3);
    __m256i bytes = gather(text, _mm256_sub_epi32(ends, word), _mm256_cmpgt_epi32(left, all(0)));
    bytes = _mm256_srlv_epi32(bytes, shift);
    for (uint32_t i = 0; i < 3; i++) {
        const __m256i mask = _mm256_cmpgt_epi32(left, all(i));
        hash = _mm256_blendv_epi8(hash, add_byte(hash, _mm256_and_si256(bytes, all(0xff))), mask);
        bytes = _mm256_srli_epi32(bytes, 8);
    }
    return hash;
}

/* Hashes the windows from starts[i] to starts[i + ISCC_WINDOW], `count` of them; stores up to LANES - 1 numbers more.
 */
static void hash_any(const uint8_t *text, const uint32_t *starts, size_t count, uint32_t *features)
{
    for (size_t i = 0; i < count; i += LANES) {
        __m256i offsets = _mm256_loadu_si256((const __m256i *)(const void *)(starts + i));
        const __m256i ends = _mm256_loadu_si256((const __m256i *)(const void *)(starts + i + ISCC_WINDOW));
        const __m256i length = _mm256_sub_epi32(ends, offsets);
        __m256i hash = _mm256_add_epi32(hash_stripes(text, &offsets, ends), length);
        store(features + i, avalanche(hash_tails(text, hash, offsets, ends)));
    }
}

/* The offsets of the characters, and of the end of the text. Returns the number of characters. */
static size_t find_starts(const uint8_t *text, size_t size, uint32_t *starts)
{
    size_t count = 0;
    size_t i = 0;

    for (; i + 32 <= size; i += 32) {
        /* As signed numbers, the bytes that continue a character are those below -64. */
        const __m256i bytes = _mm256_loadu_si256((const __m256i *)(const void *)(text + i));
        uint32_t mask = (uint32_t)_mm256_movemask_epi8(_mm256_cmpgt_epi8(bytes, _mm256_set1_epi8(-65)));
        for (; mask != 0; mask &= mask - 1)
            starts[count++] = (uint32_t)i + (uint32_t)__builtin_ctz(mask);
    }
    for (; i < size; i++) {
        starts[count] = (uint32_t)i;
        count += (text[i] & 0xc0) != 0x80;
    }
    starts[count] = (uint32_t)size;
    return count;
}

size_t iscc_avx2_hash_windows(const uint8_t *text, size_t size, uint32_t *features)
{
    uint32_t starts[ISCC_WINDOWS_SIZE + LANES + ISCC_WINDOW];
    uint32_t last[LANES];

    const size_t characters = find_starts(text, size, starts);
    if (characters < ISCC_WINDOW)
        return 0;
    const size_t count = characters - ISCC_WINDOW + 1;
    size_t done = characters == size ? hash_ascii(text, size, features) : 0;
    const size_t whole = (count - done) / LANES * LANES;
    hash_any(text, starts + done, whole, features + done);
    done += whole;
    if (done < count) {
        /* The lanes beyond the last window repeat it. */
        for (size_t i = count; i < done + LANES; i++) {
            starts[i + ISCC_WINDOW] = (uint32_t)size;
            starts[i] = starts[count - 1];
        }
        hash_any(text, starts + done, LANES, last);
        for (size_t i = done; i < count; i++)
            features[i] = last[i - done];
    }
    return count;
}
