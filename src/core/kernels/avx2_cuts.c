/* SPDX-License-Identifier: Apache-2.0 */
/* The search for cuts in 16 lanes with AVX2: two groups of eight, with gear values gathered from the table. */
#include <immintrin.h>

#include "avx2.h"
#include "lanes.h"

/* The gathers of the second group overlap with the latency of the first one's hash. The two are not handled in a loop,
 * because gcc generates slower code for one. */
#define GROUPS 2u
#define WIDTH 8u
#define ROWS 32u
#define EVERY_LANE ((1u << WIDTH) - 1)

/* Rounds under the strict mask, and in a chunk of maximum length. */
#define ROUNDS_STRICT ((ISCC_CHUNK_CENTRE - ISCC_CHUNK_SKIP) / ISCC_LANE_STEP)
#define ROUNDS_MAX ((ISCC_CHUNK_MAX - ISCC_CHUNK_SKIP) / ISCC_LANE_STEP)

/* With fewer lanes short of their goals, the sequential search is faster. */
#define LANES_WORTHWHILE 4

/* Eight lanes. */
struct group {
    __m256i position; /* of the next byte */
    __m256i hash;
    __m256i age; /* rounds since the first byte of the open chunk that is hashed */
    __m256i goal;
    __m256i rows[ROWS]; /* cuts not yet collected, one row per round with a cut */
    size_t row_count;
};

/*
 * Gear values of eight bytes. Not the intrinsic, for which compilers generate worse code: gcc 12 does not clear the
 * target register, so that each gather depends on an earlier one, and clang 14 hoists all gathers before their use.
 */
static inline __m256i gear_of(__m256i bytes)
{
    __m256i values;
    __m256i mask;
    __asm__("vpxor %x0, %x0, %x0\n\t"
            "vpcmpeqd %1, %1, %1\n\t"
            "vpgatherdd %1, (%3,%2,4), %0"
            : "=&x"(values), "=&x"(mask)
            : "x"(bytes), "r"(iscc_gear), "m"(iscc_gear));
    return values;
}

/* Row n holds n in every lane: the number of a step within its round. */
#define EIGHT(n)                                                                                                       \
    {                                                                                                                  \
        n, n, n, n, n, n, n, n                                                                                         \
    }
#define EIGHT_OF_FOUR(n) EIGHT(n), EIGHT((n) + 1), EIGHT((n) + 2), EIGHT((n) + 3)
static const _Alignas(32) uint32_t numbers[ISCC_LANE_STEP][WIDTH] = {
    EIGHT_OF_FOUR(0),  EIGHT_OF_FOUR(4),  EIGHT_OF_FOUR(8),  EIGHT_OF_FOUR(12),
    EIGHT_OF_FOUR(16), EIGHT_OF_FOUR(20), EIGHT_OF_FOUR(24), EIGHT_OF_FOUR(28),
};

/* The hashes of eight lanes, and the first hit of each. The hash is shifted left until only the bits under the mask
 * remain, so that a hit is 0; with the number of the step in the low bits, the minimum over all steps is the first
 * hit. */
struct state {
    __m256i hash;
    __m256i shift; /* 32 minus the bits of the mask */
    __m256i minimum;
    const uint32_t (*numbers)[WIDTH];
};

static inline void step(struct state *state, __m256i bytes, unsigned number)
{
    const __m256i here = _mm256_load_si256((const __m256i *)(const void *)state->numbers[number]);

    state->hash = _mm256_add_epi32(_mm256_srli_epi32(state->hash, 1), gear_of(bytes));
    __m256i masked = _mm256_sllv_epi32(state->hash, state->shift);
    state->minimum = _mm256_min_epu32(state->minimum, _mm256_or_si256(masked, here));
}

/* Steps over four bytes of each lane, the least significant first. */
static inline void four_steps(struct state *state, __m256i word, unsigned number)
{
    const __m256i second = _mm256_setr_epi8(1, -1, -1, -1, 5, -1, -1, -1, 9, -1, -1, -1, 13, -1, -1, -1, 1, -1, -1, -1,
                                            5, -1, -1, -1, 9, -1, -1, -1, 13, -1, -1, -1);
    const __m256i third = _mm256_add_epi8(second, _mm256_set1_epi32(1));
    step(state, _mm256_and_si256(word, _mm256_set1_epi32(255)), number);
    step(state, _mm256_shuffle_epi8(word, second), number + 1);
    step(state, _mm256_shuffle_epi8(word, third), number + 2);
    step(state, _mm256_srli_epi32(word, 24), number + 3);
}

static inline __m256i two_lanes(const uint8_t *low, const uint8_t *high)
{
    const __m128i below = _mm_loadu_si128((const __m128i *)(const void *)low);
    return _mm256_inserti128_si256(_mm256_castsi128_si256(below), _mm_loadu_si128((const __m128i *)(const void *)high),
                                   1);
}

/* Steps over 16 bytes of each lane, transposed so that a vector holds one word of each lane. */
static inline __attribute__((always_inline)) void sixteen_steps(struct state *state, const uint8_t *bytes,
                                                                const uint32_t offsets[WIDTH], unsigned number)
{
    const __m256i lanes04 = two_lanes(bytes + offsets[0], bytes + offsets[4]);
    const __m256i lanes15 = two_lanes(bytes + offsets[1], bytes + offsets[5]);
    const __m256i lanes26 = two_lanes(bytes + offsets[2], bytes + offsets[6]);
    const __m256i lanes37 = two_lanes(bytes + offsets[3], bytes + offsets[7]);
    const __m256i low01 = _mm256_unpacklo_epi32(lanes04, lanes15);
    const __m256i low23 = _mm256_unpacklo_epi32(lanes26, lanes37);
    const __m256i high01 = _mm256_unpackhi_epi32(lanes04, lanes15);
    const __m256i high23 = _mm256_unpackhi_epi32(lanes26, lanes37);
    four_steps(state, _mm256_unpacklo_epi64(low01, low23), number);
    four_steps(state, _mm256_unpackhi_epi64(low01, low23), number + 4);
    four_steps(state, _mm256_unpacklo_epi64(high01, high23), number + 8);
    four_steps(state, _mm256_unpackhi_epi64(high01, high23), number + 12);
}

/* Advances each lane by 32 bytes, or to the first hashed byte of the next chunk if the open one ends. */
static inline __attribute__((always_inline)) void run_round(struct group *group, const uint8_t *bytes, __m256i last)
{
    const __m256i ones = _mm256_set1_epi32(-1);
    const __m256i strict = _mm256_cmpgt_epi32(_mm256_set1_epi32(ROUNDS_STRICT), group->age);
    struct state state = {.hash = group->hash, .minimum = ones, .numbers = numbers};
    _Alignas(32) uint32_t offsets[WIDTH];

    /* The masks have 9 and 11 bits: 32 - 9 is 23, less 2 in the lanes that are strict. */
    state.shift = _mm256_add_epi32(_mm256_set1_epi32(23), _mm256_add_epi32(strict, strict));
    /* A lane past the end of the bytes reads the last ones instead; its cuts are beyond its goal and are dropped. */
    _mm256_store_si256((__m256i *)(void *)offsets, _mm256_min_epu32(group->position, last));
    /* Hides the constants from the compiler, which would compute them in every step; loading them is faster. */
    __asm__("" : "+r"(state.numbers));
    /* Forces the offsets through memory: extracting them one by one is slower, though gcc prefers it. */
    __asm__("" : "+m"(offsets));
    sixteen_steps(&state, bytes, offsets, 0);
    sixteen_steps(&state, bytes + 16, offsets, 16);

    const __m256i number = _mm256_min_epu32(state.minimum, _mm256_set1_epi32(ISCC_LANE_STEP - 1));
    const __m256i full = _mm256_cmpeq_epi32(group->age, _mm256_set1_epi32(ROUNDS_MAX - 1));
    const __m256i ended = _mm256_or_si256(_mm256_cmpeq_epi32(state.minimum, number), full);
    const __m256i cut = _mm256_sub_epi32(_mm256_add_epi32(group->position, number), ones);
    const __m256i advanced = _mm256_add_epi32(group->position, _mm256_set1_epi32(ISCC_LANE_STEP));
    const __m256i next = _mm256_add_epi32(cut, _mm256_set1_epi32(ISCC_CHUNK_SKIP));
    group->position = _mm256_blendv_epi8(advanced, next, ended);
    group->hash = _mm256_andnot_si256(ended, state.hash);
    group->age = _mm256_andnot_si256(ended, _mm256_sub_epi32(group->age, ones));
    group->rows[group->row_count] = _mm256_and_si256(cut, ended);
    group->row_count += _mm256_movemask_epi8(ended) != 0;
}

static void collect(struct iscc_lanes *lanes, struct group *group, size_t first)
{
    iscc_lanes_collect(lanes, first, WIDTH, (const uint32_t *)(const void *)group->rows, group->row_count);
    group->row_count = 0;
}

/* The set of lanes that are short of their goals. */
static uint32_t short_of_goal(const struct group *group)
{
    const __m256i behind = _mm256_cmpgt_epi32(group->goal, group->position);
    return (uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(behind));
}

/* Gives the other lanes of a batch their next pieces. Returns the set that is short of its goals then. */
static uint32_t refill(struct iscc_lanes *lanes, struct group *group, size_t first, uint32_t active)
{
    const __m256i bits = _mm256_setr_epi32(1, 2, 4, 8, 16, 32, 64, 128);
    _Alignas(32) uint32_t positions[WIDTH];

    collect(lanes, group, first);
    _mm256_store_si256((__m256i *)(void *)positions, group->position);
    const uint32_t filled = iscc_lanes_refill(lanes, (unsigned)first, ~active & EVERY_LANE, positions);
    group->position = _mm256_load_si256((const __m256i *)(const void *)positions);
    group->goal = _mm256_loadu_si256((const __m256i *)(const void *)(lanes->goals + first));
    const __m256i is_filled = _mm256_cmpeq_epi32(_mm256_and_si256(_mm256_set1_epi32((int)filled), bits), bits);
    group->hash = _mm256_andnot_si256(is_filled, group->hash);
    group->age = _mm256_andnot_si256(is_filled, group->age);
    return active | filled;
}

/* Runs a round of a group and returns the set of its lanes that are short of their goals then. */
static inline uint32_t run_group(struct iscc_lanes *lanes, struct group *group, size_t first, __m256i last)
{
    run_round(group, lanes->bytes, last);
    if (group->row_count == ROWS)
        collect(lanes, group, first);
    const uint32_t active = short_of_goal(group);
    if (active != EVERY_LANE && iscc_lanes_have_more(lanes))
        return refill(lanes, group, first, active);
    return active;
}

static void run(struct iscc_lanes *lanes)
{
    const __m256i last = _mm256_set1_epi32((int)(lanes->size - ISCC_LANE_STEP));
    const __m256i lane = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
    struct group groups[GROUPS];
    uint32_t active[GROUPS] = {EVERY_LANE, EVERY_LANE};

    for (size_t i = 0; i < GROUPS; i++) {
        const __m256i index = _mm256_add_epi32(lane, _mm256_set1_epi32((int)(WIDTH * i)));
        const __m256i start = _mm256_mullo_epi32(index, _mm256_set1_epi32((int)lanes->stride));
        groups[i].position = _mm256_add_epi32(start, _mm256_set1_epi32(ISCC_CHUNK_SKIP));
        groups[i].hash = _mm256_setzero_si256();
        groups[i].age = _mm256_setzero_si256();
        groups[i].goal = _mm256_loadu_si256((const __m256i *)(const void *)(lanes->goals + WIDTH * i));
        groups[i].row_count = 0;
        if (lanes->queue != NULL)
            active[i] = refill(lanes, &groups[i], WIDTH * i, 0);
    }
    while (__builtin_popcount(active[0] | active[1] << WIDTH) >= LANES_WORTHWHILE) {
        active[0] = run_group(lanes, &groups[0], 0, last);
        active[1] = run_group(lanes, &groups[1], WIDTH, last);
    }
    for (size_t i = 0; i < GROUPS; i++) {
        if (lanes->queue != NULL)
            refill(lanes, &groups[i], WIDTH * i, active[i]);
        collect(lanes, &groups[i], WIDTH * i);
    }
}

static const struct iscc_lanes_search search = {.lanes = GROUPS * WIDTH,
                                                .block_min = 65536,
                                                .overrun = ISCC_LANE_OVERRUN,
                                                .run = run,
                                                .fallback = &iscc_chains_search};

size_t iscc_avx2_find_cuts(const uint8_t *bytes, size_t size, uint32_t *cuts, struct iscc_speculation *speculation,
                           struct iscc_gear_scan *open)
{
    return iscc_lanes_find_cuts(&search, bytes, size, cuts, speculation, open);
}

bool iscc_avx2_split_batch(const uint8_t *bytes, const uint32_t *ends, size_t count, uint32_t *cuts, uint32_t *counts)
{
    return iscc_lanes_split_batch(&search, bytes, ends, count, cuts, counts);
}
