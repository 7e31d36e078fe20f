/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The search for cuts in 32 lanes with AVX-512 VBMI. The gear table is kept in 16 registers: each of the four bytes of
 * its values is a table of 256 bytes, which takes four.
 *
 * The hash is p' = floor(p / 2) + g, where g < 2^31. Its state r = floor(p / 2) is kept in two parts of 16 bits, so
 * that one vector holds a part of all lanes: r = high * 2^15 + low, and likewise g = g_high * 2^15 + g_low, where g_low
 * has 15 bits. To halve the sum r + g, the sum of the high parts is shifted right by one bit. The bit shifted out is
 * worth 2^15; it is added to the sum of the low parts, which is then shifted right as well:
 *
 *     high' = floor((high + g_high) / 2)
 *     low' = floor((low + g_low + 2^15 * ((high + g_high) mod 2)) / 2)
 *
 * Nothing is carried from low to high, so low may exceed 15 bits, but never 16: it is below (2^16 + 2^15 + 2^15) / 2.
 * The average instruction computes (a + b + 1) / 2 in 17 bits. Neither part of any gear value is 0, so the tables hold
 * g_high - 1 and g_low - 1, which cancels the 1.
 */
#include <immintrin.h>

#include "avx512.h"
#include "gear.h"
#include "lanes.h"

#define LANES 32u
#define HALF 16u /* lanes whose 32-bit positions fit one vector */

/* Rounds under the strict mask, and in a chunk of maximum length. */
#define ROUNDS_STRICT ((ISCC_CHUNK_CENTRE - ISCC_CHUNK_SKIP) / ISCC_LANE_STEP)
#define ROUNDS_MAX ((ISCC_CHUNK_MAX - ISCC_CHUNK_SKIP) / ISCC_LANE_STEP)

/* A round takes as long as the sequential search of eight lanes' 32 bytes, which is faster if fewer lanes are short of
 * their goals. */
#define LANES_WORTHWHILE 9

/* Marked cuts that wait to be collected. */
#define FOUND_MAX 256u

/* Byte `part` of the values for the 64 bytes from 64 * `quarter` on. */
struct table {
    __m512i of[4][4]; /* [part][quarter] */
};

struct state {
    __m512i position[2]; /* of the next byte, half of the lanes each */
    __m512i high;
    __m512i low;
    __m512i age; /* rounds since the first byte of the open chunk that is hashed */
    __m512i goal[2];
    uint32_t found[FOUND_MAX];
    size_t found_count;
};

/* The state within a round. `maximum` finds the first hit, see step(). */
struct steps {
    __m512i high;
    __m512i low;
    __m512i shift; /* 16 minus the bits of the mask */
    __m512i maximum;
    const uint16_t (*numbers)[LANES];
};

/* The number of the step, counted down from 31, in the high bits: step() shifts it in below the masked hash. */
#define EIGHT(n) n, n, n, n, n, n, n, n
#define ROW(k)                                                                                                         \
    {                                                                                                                  \
        EIGHT((31 - (k)) << 11), EIGHT((31 - (k)) << 11), EIGHT((31 - (k)) << 11), EIGHT((31 - (k)) << 11)             \
    }
#define FOUR_ROWS(k) ROW(k), ROW((k) + 1), ROW((k) + 2), ROW((k) + 3)
static const _Alignas(64) uint16_t step_numbers[ISCC_LANE_STEP][LANES] = {
    FOUR_ROWS(0), FOUR_ROWS(4), FOUR_ROWS(8), FOUR_ROWS(12), FOUR_ROWS(16), FOUR_ROWS(20), FOUR_ROWS(24), FOUR_ROWS(28),
};

/* Steps over one byte of each lane. `gear_low` is 2 * (g_low - 1) and `gear_high` is g_high - 1. */
static inline void step(struct steps *steps, __m512i gear_low, __m512i gear_high, unsigned number)
{
    /* XNOR, since gear_high is g_high - 1: bit 0 is that of high + g_high. It becomes bit 15 above g_low - 1. */
    const __m512i sum_high = _mm512_ternarylogic_epi64(steps->high, gear_high, gear_high, 0xc3);
    const __m512i add_low = _mm512_shldi_epi16(sum_high, gear_low, 15);
    /* This sum is 1 too small, so where the hash has no bit under the mask, it has them all. Shifted to the top with
     * the step's number below, a hit exceeds everything else, and the first hit is the maximum. */
    const __m512i sum_low = _mm512_add_epi16(steps->low, add_low);
    const __m512i here = _mm512_load_si512(steps->numbers[number]);
    steps->maximum = _mm512_max_epu16(steps->maximum, _mm512_shldv_epi16(sum_low, here, steps->shift));
    steps->high = _mm512_avg_epu16(steps->high, gear_high);
    steps->low = _mm512_avg_epu16(steps->low, add_low);
}

/* One part of the gear values of 64 bytes. A look-up uses the low 6 bits; the masks of bits 6 and 7 pick the quarter.
 */
static inline __m512i look_up(const __m512i quarters[4], __m512i bytes, __mmask64 bit6, __mmask64 bit7)
{
    __m512i part = _mm512_permutexvar_epi8(bytes, quarters[0]);
    part = _mm512_mask_permutexvar_epi8(part, bit6, bytes, quarters[1]);
    part = _mm512_mask_permutexvar_epi8(part, bit7, bytes, quarters[2]);
    return _mm512_mask_permutexvar_epi8(part, _kand_mask64(bit6, bit7), bytes, quarters[3]);
}

/* Steps over two bytes of each lane. Each quarter of `bytes` holds the first byte of eight lanes, then the second. */
static inline __attribute__((always_inline)) void two_steps(struct steps *steps, const struct table *table,
                                                            __m512i bytes, unsigned number)
{
    const __mmask64 bit7 = _mm512_movepi8_mask(bytes);
    const __mmask64 bit6 = _mm512_movepi8_mask(_mm512_add_epi8(bytes, bytes));
    const __m512i part0 = look_up(table->of[0], bytes, bit6, bit7);
    const __m512i part1 = look_up(table->of[1], bytes, bit6, bit7);
    const __m512i part2 = look_up(table->of[2], bytes, bit6, bit7);
    const __m512i part3 = look_up(table->of[3], bytes, bit6, bit7);
    step(steps, _mm512_unpacklo_epi8(part0, part1), _mm512_unpacklo_epi8(part2, part3), number);
    step(steps, _mm512_unpackhi_epi8(part0, part1), _mm512_unpackhi_epi8(part2, part3), number + 1);
}

/* 16 bytes of the lanes i, i + 8, i + 16 and i + 24. */
static inline __m512i four_lanes(const uint8_t *bytes, const uint32_t offsets[LANES], unsigned i)
{
    const __m128i lane0 = _mm_loadu_si128((const __m128i *)(const void *)(bytes + offsets[i]));
    const __m128i lane1 = _mm_loadu_si128((const __m128i *)(const void *)(bytes + offsets[i + 8]));
    const __m128i lane2 = _mm_loadu_si128((const __m128i *)(const void *)(bytes + offsets[i + 16]));
    const __m128i lane3 = _mm_loadu_si128((const __m128i *)(const void *)(bytes + offsets[i + 24]));
    const __m256i lanes01 = _mm256_inserti128_si256(_mm256_castsi128_si256(lane0), lane1, 1);
    const __m512i lanes012 = _mm512_inserti32x4(_mm512_castsi256_si512(lanes01), lane2, 2);
    return _mm512_inserti32x4(lanes012, lane3, 3);
}

/* Steps over 16 bytes of each lane, transposed by three levels of unpacking. */
static inline __attribute__((always_inline)) void sixteen_steps(struct steps *steps, const struct table *table,
                                                                const uint8_t *bytes, const uint32_t offsets[LANES],
                                                                unsigned number)
{
    __m512i lanes[8];
    __m512i bytes_of_2[8];
    __m512i bytes_of_4[8];
#pragma GCC unroll 8
    for (unsigned i = 0; i < 8; i++)
        lanes[i] = four_lanes(bytes, offsets, i);
#pragma GCC unroll 4
    for (unsigned i = 0; i < 8; i += 2) {
        bytes_of_2[i] = _mm512_unpacklo_epi8(lanes[i], lanes[i + 1]);
        bytes_of_2[i + 1] = _mm512_unpackhi_epi8(lanes[i], lanes[i + 1]);
    }
#pragma GCC unroll 2
    for (unsigned i = 0; i < 8; i += 4) {
        bytes_of_4[i] = _mm512_unpacklo_epi16(bytes_of_2[i], bytes_of_2[i + 2]);
        bytes_of_4[i + 1] = _mm512_unpackhi_epi16(bytes_of_2[i], bytes_of_2[i + 2]);
        bytes_of_4[i + 2] = _mm512_unpacklo_epi16(bytes_of_2[i + 1], bytes_of_2[i + 3]);
        bytes_of_4[i + 3] = _mm512_unpackhi_epi16(bytes_of_2[i + 1], bytes_of_2[i + 3]);
    }
#pragma GCC unroll 4
    for (unsigned i = 0; i < 4; i++) {
        two_steps(steps, table, _mm512_unpacklo_epi32(bytes_of_4[i], bytes_of_4[i + 4]), number + 4 * i);
        two_steps(steps, table, _mm512_unpackhi_epi32(bytes_of_4[i], bytes_of_4[i + 4]), number + 4 * i + 2);
    }
}

/* Advances half of the lanes by 32 bytes, or to the first hashed byte of the next chunk if the open one ends, `early`
 * bytes before the end of the round. */
static inline void advance_half(struct state *state, unsigned half, __m512i early, __mmask16 ended)
{
    const __m512i lane = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    const __m512i marks =
        _mm512_slli_epi32(_mm512_add_epi32(lane, _mm512_set1_epi32((int)(HALF * half))), ISCC_LANE_MARK);
    const __m512i advanced = _mm512_add_epi32(state->position[half], _mm512_set1_epi32(ISCC_LANE_STEP));
    const __m512i cut = _mm512_sub_epi32(advanced, early);
    const __m512i skip = _mm512_set1_epi32(ISCC_CHUNK_SKIP);
    state->position[half] = _mm512_mask_add_epi32(advanced, ended, cut, skip);
    const __m512i found = _mm512_maskz_compress_epi32(ended, _mm512_or_si512(cut, marks));
    _mm512_storeu_si512(state->found + state->found_count, found);
    state->found_count += (size_t)__builtin_popcount(ended);
}

/* Advances each lane by 32 bytes. */
static inline void run_round(struct state *state, const struct table *table, const uint8_t *bytes, __m512i last)
{
    const __mmask32 strict = _mm512_cmplt_epu16_mask(state->age, _mm512_set1_epi16(ROUNDS_STRICT));
    struct steps steps = {.high = state->high, .low = state->low, .maximum = _mm512_setzero_si512()};
    _Alignas(64) uint32_t offsets[LANES];

    /* The masks have 9 and 11 bits: 16 - 9 is 7, 16 - 11 is 5. */
    steps.shift = _mm512_mask_mov_epi16(_mm512_set1_epi16(7), strict, _mm512_set1_epi16(5));
    steps.numbers = step_numbers;
    /* A lane past the end of the bytes reads the last ones instead; its cuts are beyond its goal and are dropped. */
    _mm512_store_si512(offsets, _mm512_min_epu32(state->position[0], last));
    _mm512_store_si512(offsets + HALF, _mm512_min_epu32(state->position[1], last));
    /* Hides the constants from the compiler, which would compute them in every step; loading them is faster. */
    __asm__("" : "+r"(steps.numbers));
    /* Forces the offsets through memory: extracting them one by one is slower, though gcc prefers it. */
    __asm__("" : "+m"(offsets));
    sixteen_steps(&steps, table, bytes, offsets, 0);
    sixteen_steps(&steps, table, bytes + 16, offsets, 16);

    const __m512i all_set = _mm512_sllv_epi16(_mm512_set1_epi16(-1), steps.shift);
    const __mmask32 hit = _mm512_cmpge_epu16_mask(steps.maximum, all_set);
    const __mmask32 full = _mm512_cmpeq_epi16_mask(state->age, _mm512_set1_epi16(ROUNDS_MAX - 1));
    const __mmask32 ended = hit | full;
    const __m512i extra = _mm512_sub_epi16(steps.shift, _mm512_set1_epi16(5));
    const __m512i number = _mm512_maskz_srlv_epi16(hit, steps.maximum, extra);
    const __m512i early = _mm512_and_si512(number, _mm512_set1_epi16(ISCC_LANE_STEP - 1));
    advance_half(state, 0, _mm512_cvtepu16_epi32(_mm512_castsi512_si256(early)), (__mmask16)ended);
    advance_half(state, 1, _mm512_cvtepu16_epi32(_mm512_extracti64x4_epi64(early, 1)), (__mmask16)(ended >> HALF));
    state->high = _mm512_maskz_mov_epi16(~ended, steps.high);
    state->low = _mm512_maskz_mov_epi16(~ended, steps.low);
    state->age = _mm512_maskz_add_epi16(~ended, state->age, _mm512_set1_epi16(1));
}

static void make_table(struct table *table)
{
    _Alignas(64) uint8_t bytes[4][256];
    for (size_t i = 0; i < 256; i += 16) {
        const __m512i gear = _mm512_loadu_si512(iscc_gear + i);
        const __m512i one = _mm512_set1_epi32(1);
        const __m512i low = _mm512_and_si512(gear, _mm512_set1_epi32(0x7fff));
        const __m512i high = _mm512_sub_epi32(_mm512_srli_epi32(gear, 15), one);
        const __m512i low_doubled = _mm512_slli_epi32(_mm512_sub_epi32(low, one), 1);
        const __m512i value = _mm512_or_si512(low_doubled, _mm512_slli_epi32(high, 16));
#pragma GCC unroll 4
        for (unsigned part = 0; part < 4; part++)
            _mm_store_si128((__m128i *)(void *)(bytes[part] + i),
                            _mm512_cvtepi32_epi8(_mm512_srli_epi32(value, 8 * part)));
    }
#pragma GCC unroll 4
    for (unsigned part = 0; part < 4; part++)
        for (unsigned quarter = 0; quarter < 4; quarter++)
            table->of[part][quarter] = _mm512_load_si512(bytes[part] + 64 * (size_t)quarter);
}

static void collect(struct iscc_lanes *lanes, struct state *state)
{
    iscc_lanes_collect_marked(lanes, state->found, state->found_count);
    state->found_count = 0;
}

/* The set of lanes that are short of their goals. */
static uint32_t short_of_goal(const struct state *state)
{
    const __mmask16 low = _mm512_cmpgt_epu32_mask(state->goal[0], state->position[0]);
    const __mmask16 high = _mm512_cmpgt_epu32_mask(state->goal[1], state->position[1]);
    return _mm512_kunpackw(high, low);
}

/* Gives the other lanes of a batch their next pieces. Returns the set that is short of its goals then. */
static uint32_t refill(struct iscc_lanes *lanes, struct state *state, uint32_t active)
{
    _Alignas(64) uint32_t positions[LANES];

    collect(lanes, state);
    _mm512_store_si512(positions, state->position[0]);
    _mm512_store_si512(positions + HALF, state->position[1]);
    const uint32_t filled = iscc_lanes_refill(lanes, 0, ~active, positions);
    for (unsigned half = 0; half < 2; half++) {
        state->position[half] = _mm512_load_si512(positions + HALF * (size_t)half);
        state->goal[half] = _mm512_loadu_si512(lanes->goals + HALF * (size_t)half);
    }
    state->high = _mm512_maskz_mov_epi16(~filled, state->high);
    state->low = _mm512_maskz_mov_epi16(~filled, state->low);
    state->age = _mm512_maskz_mov_epi16(~filled, state->age);
    return active | filled;
}

static void run(struct iscc_lanes *lanes)
{
    const __m512i last = _mm512_set1_epi32((int)(lanes->size - ISCC_LANE_STEP));
    const __m512i lane = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    const __m512i stride = _mm512_set1_epi32((int)lanes->stride);
    uint32_t active = UINT32_MAX;
    struct table table;
    struct state state;

    make_table(&table);
    for (unsigned half = 0; half < 2; half++) {
        const __m512i index = _mm512_add_epi32(lane, _mm512_set1_epi32((int)(HALF * half)));
        const __m512i start = _mm512_mullo_epi32(index, stride);
        state.position[half] = _mm512_add_epi32(start, _mm512_set1_epi32(ISCC_CHUNK_SKIP));
        state.goal[half] = _mm512_loadu_si512(lanes->goals + HALF * (size_t)half);
    }
    state.high = _mm512_setzero_si512();
    state.low = _mm512_setzero_si512();
    state.age = _mm512_setzero_si512();
    state.found_count = 0;
    if (lanes->queue != NULL)
        active = refill(lanes, &state, 0);
    while (__builtin_popcount(active) >= LANES_WORTHWHILE) {
        run_round(&state, &table, lanes->bytes, last);
        if (state.found_count > FOUND_MAX - 3 * HALF)
            collect(lanes, &state);
        active = short_of_goal(&state);
        if (active != UINT32_MAX && iscc_lanes_have_more(lanes))
            active = refill(lanes, &state, active);
    }
    if (lanes->queue != NULL)
        refill(lanes, &state, active);
    collect(lanes, &state);
}

static const struct iscc_lanes_search search = {
    .lanes = LANES, .block_min = 65536, .overrun = ISCC_LANE_OVERRUN, .run = run, .fallback = &iscc_chains_search};

size_t iscc_avx512_find_cuts(const uint8_t *bytes, size_t size, uint32_t *cuts, struct iscc_speculation *speculation,
                             struct iscc_gear_scan *open)
{
    return iscc_lanes_find_cuts(&search, bytes, size, cuts, speculation, open);
}

bool iscc_avx512_split_batch(const uint8_t *bytes, const uint32_t *ends, size_t count, uint32_t *cuts, uint32_t *counts)
{
    return iscc_lanes_split_batch(&search, bytes, ends, count, cuts, counts);
}
