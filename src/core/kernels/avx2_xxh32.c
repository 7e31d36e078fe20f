/* SPDX-License-Identifier: Apache-2.0 */
/* XXH32 of eight chunks side by side with AVX2: two chunks in a vector, the four sums of each in a half. */
#define XXH_INLINE_ALL
#include <xxhash.h>

#include <immintrin.h>
#include <string.h>

#include "avx2.h"

/* A round takes 14 cycles and its multiplications occupy their units for 3: so four vectors are under way at once. */
#define VECTORS 4u
#define SLOTS (2 * VECTORS)
#define STRIPE 16u

/* The primes of XXH32. */
#define PRIME1 0x9e3779b1u
#define PRIME2 0x85ebca77u
#define PRIME3 0xc2b2ae3du
#define PRIME4 0x27d4eb2fu
#define PRIME5 0x165667b1u

/* What is hashed, and the next chunk of it that has no slot yet. */
struct source {
    const uint8_t *bytes;
    const uint32_t *cuts;
    size_t count;
    size_t next;
    uint32_t start; /* of the next chunk */
    uint32_t *features;
};

struct slots {
    __m256i sums[VECTORS];
    __m256i left;             /* whole stripes of each slot's chunk */
    const uint8_t *at[SLOTS]; /* the next stripe */
    size_t chunk[SLOTS];
    uint32_t length[SLOTS]; /* of the chunk */
    unsigned busy;          /* a bit for each slot */
};

static inline __m256i rotate_left(__m256i value, int bits)
{
    return _mm256_or_si256(_mm256_slli_epi32(value, bits), _mm256_srli_epi32(value, 32 - bits));
}

static inline uint32_t rotate(uint32_t value, unsigned bits)
{
    return value << bits | value >> (32 - bits);
}

/* All lanes of one slot. */
static inline __m256i slot_mask(unsigned slot, size_t vector)
{
    const __m256i half = _mm256_setr_epi32(0, 0, 0, 0, 1, 1, 1, 1);
    return _mm256_cmpeq_epi32(_mm256_set1_epi32((int)slot),
                              _mm256_add_epi32(half, _mm256_set1_epi32((int)(2 * vector))));
}

/* Takes each slot `count` stripes further. */
static inline void hash_stripes(struct slots *slots, size_t count)
{
    const __m256i prime1 = _mm256_set1_epi32((int)PRIME1);
    const __m256i prime2 = _mm256_set1_epi32((int)PRIME2);
    __m256i sums[VECTORS];

    memcpy(sums, slots->sums, sizeof sums);
    for (size_t offset = 0; offset < count * STRIPE; offset += STRIPE) {
#pragma GCC unroll 4 /* VECTORS */
        for (size_t i = 0; i < VECTORS; i++) {
            const __m128i even = _mm_loadu_si128((const __m128i *)(const void *)(slots->at[2 * i] + offset));
            const __m128i odd = _mm_loadu_si128((const __m128i *)(const void *)(slots->at[2 * i + 1] + offset));
            const __m256i input = _mm256_inserti128_si256(_mm256_castsi128_si256(even), odd, 1);
            const __m256i sum = _mm256_add_epi32(sums[i], _mm256_mullo_epi32(input, prime2));
            sums[i] = _mm256_mullo_epi32(rotate_left(sum, 13), prime1);
        }
    }
    memcpy(slots->sums, sums, sizeof sums);
    for (size_t i = 0; i < SLOTS; i++)
        slots->at[i] += count * STRIPE;
    slots->left = _mm256_sub_epi32(slots->left, _mm256_set1_epi32((int)count));
}

/* The hash of a chunk from its four sums and the bytes after its last stripe. */
static uint32_t finish(const uint32_t sums[4], const uint8_t *tail, uint32_t length)
{
    uint32_t hash = rotate(sums[0], 1) + rotate(sums[1], 7) + rotate(sums[2], 12) + rotate(sums[3], 18) + length;
    for (size_t left = length % STRIPE; left > 0;) {
        if (left >= 4) {
            uint32_t word;
            memcpy(&word, tail, sizeof word);
            hash = rotate(hash + word * PRIME3, 17) * PRIME4;
            tail += 4;
            left -= 4;
        } else {
            hash = rotate(hash + *tail++ * PRIME5, 11) * PRIME1;
            left--;
        }
    }
    hash = (hash ^ hash >> 15) * PRIME2;
    hash = (hash ^ hash >> 13) * PRIME3;
    return hash ^ hash >> 16;
}

/* Puts the next chunk that has a stripe in a slot; shorter ones are done at once. Without one the slot is free. */
static inline void fill(struct slots *slots, unsigned slot, struct source *source)
{
    const __m256i first = _mm256_setr_epi32((int)(PRIME1 + PRIME2), (int)PRIME2, 0, (int)-PRIME1,
                                            (int)(PRIME1 + PRIME2), (int)PRIME2, 0, (int)-PRIME1);
    uint32_t stripes = UINT32_MAX;

    slots->busy &= ~(1u << slot);
    while (source->next < source->count && (slots->busy >> slot & 1) == 0) {
        const uint8_t *chunk = source->bytes + source->start;
        const uint32_t length = source->cuts[source->next] - source->start;
        if (length < STRIPE) {
            source->features[source->next] = XXH32(chunk, length, 0);
        } else {
            slots->at[slot] = chunk;
            slots->chunk[slot] = source->next;
            slots->length[slot] = length;
            slots->busy |= 1u << slot;
            stripes = length / STRIPE;
        }
        source->start = source->cuts[source->next++];
    }
    const __m256i lane = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
    const __m256i here = _mm256_cmpeq_epi32(lane, _mm256_set1_epi32((int)slot));
    slots->left = _mm256_blendv_epi8(slots->left, _mm256_set1_epi32((int)stripes), here);
#pragma GCC unroll 4 /* VECTORS */
    for (size_t i = 0; i < VECTORS; i++)
        slots->sums[i] = _mm256_blendv_epi8(slots->sums[i], first, slot_mask(slot, i));
}

static inline uint32_t least(__m256i values)
{
    __m128i four = _mm_min_epu32(_mm256_castsi256_si128(values), _mm256_extracti128_si256(values, 1));
    four = _mm_min_epu32(four, _mm_shuffle_epi32(four, _MM_SHUFFLE(1, 0, 3, 2)));
    four = _mm_min_epu32(four, _mm_shuffle_epi32(four, _MM_SHUFFLE(2, 3, 0, 1)));
    return (uint32_t)_mm_cvtsi128_si32(four);
}

/* Free slots read along where a busy one does: at any, since none has fewer stripes left than are taken. */
static void lead_free_slots(struct slots *slots)
{
    const unsigned busy = (unsigned)__builtin_ctz(slots->busy);
    for (unsigned slot = 0; slot < SLOTS; slot++)
        if ((slots->busy >> slot & 1) == 0)
            slots->at[slot] = slots->at[busy];
}

void iscc_avx2_hash_chunks(const uint8_t *bytes, uint32_t start, const uint32_t *cuts, size_t count, uint32_t *features)
{
    struct source source = {bytes, cuts, count, 0, start, features};
    struct slots slots = {.busy = 0};

    for (unsigned slot = 0; slot < SLOTS; slot++)
        fill(&slots, slot, &source);
    while (slots.busy != 0) {
        if (slots.busy != (1u << SLOTS) - 1)
            lead_free_slots(&slots);
        hash_stripes(&slots, least(slots.left));
        const __m256i done = _mm256_cmpeq_epi32(slots.left, _mm256_setzero_si256());
        unsigned ended = (unsigned)_mm256_movemask_ps(_mm256_castsi256_ps(done)) & slots.busy;
        uint32_t sums[SLOTS][4];
        memcpy(sums, slots.sums, sizeof sums);
        for (; ended != 0; ended &= ended - 1) {
            const unsigned slot = (unsigned)__builtin_ctz(ended);
            features[slots.chunk[slot]] = finish(sums[slot], slots.at[slot], slots.length[slot]);
            fill(&slots, slot, &source);
        }
    }
}
