/* SPDX-License-Identifier: Apache-2.0 */
/* XXH32 of eight chunks side by side with AVX2: two chunks per vector, each with its four accumulators in one half. */
#define XXH_INLINE_ALL
#include <xxhash.h>

#include <immintrin.h>

#include "avx2.h"

/* A round has a latency of 14 cycles, and its multiplications occupy their units for 3: four vectors fill the gap. */
#define VECTORS 4u
#define SLOTS ((size_t)2 * VECTORS)
#define STRIPE 16u

/* The primes of XXH32. */
#define PRIME1 0x9e3779b1u
#define PRIME2 0x85ebca77u
#define PRIME3 0xc2b2ae3du
#define PRIME4 0x27d4eb2fu
#define PRIME5 0x165667b1u

/* The chunks to hash, and which of them comes next. */
struct source {
    const uint8_t *bytes;
    const uint32_t *cuts;
    size_t count;
    size_t next;
    uint32_t start; /* offset of the next chunk */
    uint32_t *features;
};

struct slots {
    __m256i sums[VECTORS];
    __m256i left;               /* whole stripes left in each slot's chunk */
    const uint8_t *next[SLOTS]; /* the next stripe */
    size_t chunk[SLOTS];        /* number of the chunk */
    uint32_t length[SLOTS];     /* of the chunk */
    unsigned busy;              /* one bit per slot: it has a chunk */
};

/* Chunks whose stripes have all been hashed; finish() hashes their tails together. */
struct pending {
    uint32_t sums[SLOTS][4];
    uint32_t tails[SLOTS][4]; /* the bytes after the last stripe, padded with zeros */
    uint32_t length[SLOTS];
    size_t chunk[SLOTS];
    size_t count;
};

static inline __m256i rotate_left(__m256i value, int bits)
{
    return _mm256_or_si256(_mm256_slli_epi32(value, bits), _mm256_srli_epi32(value, 32 - bits));
}

/* All bits set in the lanes of one slot, if it belongs to this vector. */
static inline __m256i slot_mask(unsigned slot, size_t vector)
{
    const __m256i half = _mm256_setr_epi32(0, 0, 0, 0, 1, 1, 1, 1);
    return _mm256_cmpeq_epi32(_mm256_set1_epi32((int)slot),
                              _mm256_add_epi32(half, _mm256_set1_epi32((int)(2 * vector))));
}

/* Hashes one stripe of each of the two chunks in a vector. */
static inline __m256i hash_stripe(__m256i sum, const uint8_t *even, const uint8_t *odd)
{
    const __m256i prime1 = _mm256_set1_epi32((int)PRIME1);
    const __m256i prime2 = _mm256_set1_epi32((int)PRIME2);
    const __m128i low = _mm_loadu_si128((const __m128i *)(const void *)even);
    const __m128i high = _mm_loadu_si128((const __m128i *)(const void *)odd);
    const __m256i input = _mm256_inserti128_si256(_mm256_castsi128_si256(low), high, 1);
    const __m256i added = _mm256_add_epi32(sum, _mm256_mullo_epi32(input, prime2));
    return _mm256_mullo_epi32(rotate_left(added, 13), prime1);
}

/* Hashes `count` stripes of every slot. Each of the VECTORS has its own variable: gcc would keep an array in memory. */
static inline void hash_stripes(struct slots *slots, size_t count)
{
    const uint8_t *const *next = slots->next;
    __m256i sum0 = slots->sums[0];
    __m256i sum1 = slots->sums[1];
    __m256i sum2 = slots->sums[2];
    __m256i sum3 = slots->sums[3];

    for (size_t offset = 0; offset < count * STRIPE; offset += STRIPE) {
        sum0 = hash_stripe(sum0, next[0] + offset, next[1] + offset);
        sum1 = hash_stripe(sum1, next[2] + offset, next[3] + offset);
        sum2 = hash_stripe(sum2, next[4] + offset, next[5] + offset);
        sum3 = hash_stripe(sum3, next[6] + offset, next[7] + offset);
    }
    slots->sums[0] = sum0;
    slots->sums[1] = sum1;
    slots->sums[2] = sum2;
    slots->sums[3] = sum3;
    for (size_t i = 0; i < SLOTS; i++)
        slots->next[i] += (size_t)count * STRIPE;
    slots->left = _mm256_sub_epi32(slots->left, _mm256_set1_epi32((int)count));
}

/* One word of each pending chunk. */
static inline __m256i word_of_each(uint32_t (*words)[4], __m256i index)
{
    const __m256i first = _mm256_setr_epi32(0, 4, 8, 12, 16, 20, 24, 28);
    return _mm256_i32gather_epi32((const int *)(const void *)words, _mm256_add_epi32(first, index), 4);
}

/* Mixes a product into those hashes whose `left` is more than `count`. */
static inline __m256i add_tail(__m256i hash, __m256i product, int rotation, uint32_t prime, __m256i left, int count)
{
    const __m256i more = _mm256_cmpgt_epi32(left, _mm256_set1_epi32(count));
    const __m256i sum = rotate_left(_mm256_add_epi32(hash, product), rotation);
    return _mm256_blendv_epi8(hash, _mm256_mullo_epi32(sum, _mm256_set1_epi32((int)prime)), more);
}

static inline __m256i avalanche(__m256i hash)
{
    hash = _mm256_xor_si256(hash, _mm256_srli_epi32(hash, 15));
    hash = _mm256_mullo_epi32(hash, _mm256_set1_epi32((int)PRIME2));
    hash = _mm256_xor_si256(hash, _mm256_srli_epi32(hash, 13));
    hash = _mm256_mullo_epi32(hash, _mm256_set1_epi32((int)PRIME3));
    return _mm256_xor_si256(hash, _mm256_srli_epi32(hash, 16));
}

/* Each chunk has up to three words and three bytes left. All are computed and then selected, because branches on their
 * number could not be predicted. */
static void finish(struct pending *pending, uint32_t *features)
{
    const __m256i lengths = _mm256_loadu_si256((const __m256i *)(const void *)pending->length);
    const __m256i left = _mm256_and_si256(lengths, _mm256_set1_epi32(STRIPE - 1));
    const __m256i words = _mm256_srli_epi32(left, 2);
    const __m256i bytes = _mm256_and_si256(left, _mm256_set1_epi32(3));
    uint32_t hashes[SLOTS];

    __m256i hash = _mm256_add_epi32(lengths, rotate_left(word_of_each(pending->sums, _mm256_setzero_si256()), 1));
    hash = _mm256_add_epi32(hash, rotate_left(word_of_each(pending->sums, _mm256_set1_epi32(1)), 7));
    hash = _mm256_add_epi32(hash, rotate_left(word_of_each(pending->sums, _mm256_set1_epi32(2)), 12));
    hash = _mm256_add_epi32(hash, rotate_left(word_of_each(pending->sums, _mm256_set1_epi32(3)), 18));
#pragma GCC unroll 3
    for (int i = 0; i < 3; i++) {
        const __m256i word = word_of_each(pending->tails, _mm256_set1_epi32(i));
        const __m256i product = _mm256_mullo_epi32(word, _mm256_set1_epi32((int)PRIME3));
        hash = add_tail(hash, product, 17, PRIME4, words, i);
    }
    const __m256i last = word_of_each(pending->tails, words);
#pragma GCC unroll 3
    for (int i = 0; i < 3; i++) {
        const __m256i byte = _mm256_and_si256(_mm256_srli_epi32(last, 8 * i), _mm256_set1_epi32(255));
        const __m256i product = _mm256_mullo_epi32(byte, _mm256_set1_epi32((int)PRIME5));
        hash = add_tail(hash, product, 11, PRIME1, bytes, i);
    }
    _mm256_storeu_si256((__m256i *)(void *)hashes, avalanche(hash));
    for (size_t i = 0; i < pending->count; i++)
        features[pending->chunk[i]] = hashes[i];
    pending->count = 0;
}

/* The last `count` of the 16 bytes before `end`, padded with zeros. */
static inline __m128i tail_before(const uint8_t *end, size_t count)
{
    static const uint8_t order[2 * STRIPE] = {0,   1,   2,   3,   4,   5,   6,   7,   8,   9,   10,
                                              11,  12,  13,  14,  15,  128, 128, 128, 128, 128, 128,
                                              128, 128, 128, 128, 128, 128, 128, 128, 128, 128};
    const __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(end - STRIPE));
    return _mm_shuffle_epi8(bytes, _mm_loadu_si128((const __m128i *)(const void *)(order + STRIPE - count)));
}

/* Moves the chunk of a slot to the pending ones. */
static inline void end_chunk(struct pending *pending, const struct slots *slots, unsigned slot)
{
    const uint32_t left = slots->length[slot] % STRIPE;
    const __m128i *sums = (const __m128i *)(const void *)slots->sums + slot;
    _mm_storeu_si128((__m128i *)(void *)pending->sums[pending->count], _mm_load_si128(sums));
    _mm_storeu_si128((__m128i *)(void *)pending->tails[pending->count], tail_before(slots->next[slot] + left, left));
    pending->length[pending->count] = slots->length[slot];
    pending->chunk[pending->count] = slots->chunk[slot];
    pending->count++;
}

/* Puts the next chunk of at least one stripe in a slot, and hashes shorter ones on the way. If there is none, the slot
 * becomes free, with so many stripes left that it never ends first. */
static inline void fill_slot(struct slots *slots, unsigned slot, struct source *source)
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
            slots->next[slot] = chunk;
            slots->chunk[slot] = source->next;
            slots->length[slot] = length;
            slots->busy |= 1u << slot;
            stripes = length / STRIPE;
        }
        source->start = source->cuts[source->next++];
    }
    const __m256i lane = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
    const __m256i selected = _mm256_cmpeq_epi32(lane, _mm256_set1_epi32((int)slot));
    slots->left = _mm256_blendv_epi8(slots->left, _mm256_set1_epi32((int)stripes), selected);
#pragma GCC unroll 4 /* VECTORS */
    for (size_t i = 0; i < VECTORS; i++)
        slots->sums[i] = _mm256_blendv_epi8(slots->sums[i], first, slot_mask(slot, i));
}

static inline uint32_t minimum(__m256i values)
{
    __m128i four = _mm_min_epu32(_mm256_castsi256_si128(values), _mm256_extracti128_si256(values, 1));
    four = _mm_min_epu32(four, _mm_shuffle_epi32(four, _MM_SHUFFLE(1, 0, 3, 2)));
    four = _mm_min_epu32(four, _mm_shuffle_epi32(four, _MM_SHUFFLE(2, 3, 0, 1)));
    return (uint32_t)_mm_cvtsi128_si32(four);
}

/* Free slots are hashed as well, so they must point to readable stripes. Those of any busy slot do, because no slot has
 * fewer stripes left than are hashed at once. */
static void point_free_slots(struct slots *slots)
{
    const unsigned busy = (unsigned)__builtin_ctz(slots->busy);
    for (unsigned slot = 0; slot < SLOTS; slot++)
        if ((slots->busy >> slot & 1) == 0)
            slots->next[slot] = slots->next[busy];
}

void iscc_avx2_hash_chunks(const uint8_t *bytes, uint32_t start, const uint32_t *cuts, size_t count, uint32_t *features)
{
    struct source source = {bytes, cuts, count, 0, start, features};
    struct slots slots = {.busy = 0};
    struct pending pending = {.count = 0};

    for (unsigned freed = (1u << SLOTS) - 1;;) {
        for (; freed != 0; freed &= freed - 1) {
            const unsigned slot = (unsigned)__builtin_ctz(freed);
            if ((slots.busy >> slot & 1) != 0)
                end_chunk(&pending, &slots, slot);
            if (pending.count == SLOTS)
                finish(&pending, features);
            fill_slot(&slots, slot, &source);
        }
        if (slots.busy == 0)
            break;
        if (slots.busy != (1u << SLOTS) - 1)
            point_free_slots(&slots);
        hash_stripes(&slots, minimum(slots.left));
        const __m256i done = _mm256_cmpeq_epi32(slots.left, _mm256_setzero_si256());
        freed = (unsigned)_mm256_movemask_ps(_mm256_castsi256_ps(done)) & slots.busy;
    }
    finish(&pending, features);
}
