/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How much of a run of bytes is searched in lanes, which changes the speed alone: nearly all where chains meet, and
 * little where they do not. Lanes here note what they were given. Whether chains meet is chance, so the random bytes
 * are always the same.
 */
#include <stdlib.h>
#include <string.h>

#include "kernels/chain.h"
#include "kernels/lanes.h"
#include "support/random.h"
#include "support/unit.h"

#define KIB ((size_t)1 << 10)
#define AREA_SIZE (4096 * KIB)

enum { OVERRUN = 3000 };

static uint8_t *area;
static uint32_t *cuts;
static uint32_t *expected;
static size_t in_lanes; /* bytes of the last search */

/* Searches each lane plainly. It runs some bytes into the next one, and not more, as far as there are bytes. */
static void record(struct iscc_lanes *lanes, unsigned count)
{
    in_lanes += count * (size_t)lanes->stride;
    for (unsigned i = 0; i < count; i++) {
        const struct iscc_chain chain = {.bytes = lanes->bytes, .size = lanes->size};
        const size_t goal = (i + 1) * (size_t)lanes->stride + OVERRUN;
        const size_t last = lanes->size - ISCC_LANE_STEP;
        assert_int_equal(lanes->goals[i], goal < last ? goal : last);
        size_t begin = (size_t)i * lanes->stride;
        size_t length;
        while (begin < lanes->goals[i] && (length = iscc_chain_length(&chain, begin, lanes->goals[i])) > 0)
            *lanes->ends[i]++ = (uint32_t)(begin += length);
    }
}

static void run_16(struct iscc_lanes *lanes)
{
    record(lanes, 16);
}

static void run_4(struct iscc_lanes *lanes)
{
    record(lanes, 4);
}

static const struct iscc_lanes_search search_4 = {.lanes = 4, .block_min = 16 * KIB, .overrun = OVERRUN, .run = run_4};
static const struct iscc_lanes_search search_16 = {
    .lanes = 16, .block_min = 32 * KIB, .overrun = OVERRUN, .run = run_16, .fallback = &search_4};

/* Searches the first bytes of the area, and sees that the cuts are right. Returns how many were searched in lanes. */
static size_t search(size_t size, struct iscc_speculation *speculation)
{
    in_lanes = 0;
    const size_t count = iscc_lanes_find_cuts(&search_16, area, size, cuts, speculation, NULL);
    assert_int_equal(count, iscc_kernels_portable.find_cuts(area, size, expected, NULL, NULL));
    assert_memory_equal(cuts, expected, count * sizeof *cuts);
    return in_lanes;
}

static void fill_random(size_t begin, size_t size)
{
    uint64_t numbers = 7;
    random_fill(&numbers, area + begin, size);
}

static void fill_period(size_t period)
{
    fill_random(0, period);
    for (size_t i = period; i < AREA_SIZE; i++)
        area[i] = area[i - period];
}

static void where_chains_meet_lanes_do_the_work(void **state)
{
    struct iscc_speculation speculation = {0};

    (void)state;
    fill_random(0, AREA_SIZE);
    assert_true(search(AREA_SIZE, &speculation) > AREA_SIZE * 9 / 10);
    assert_true(search(AREA_SIZE, &speculation) > AREA_SIZE * 9 / 10);
    assert_true(search(AREA_SIZE, NULL) > AREA_SIZE * 9 / 10);
    speculation = (struct iscc_speculation){0};
    assert_true(search(256 * KIB, &speculation) > 128 * KIB);
    assert_int_equal(search(8 * KIB, &speculation), 0);
    /* Lanes meet in constant bytes where they begin at multiples of the longest chunk. */
    memset(area, 0, AREA_SIZE);
    speculation = (struct iscc_speculation){0};
    assert_true(search(AREA_SIZE, &speculation) > AREA_SIZE * 9 / 10);
}

/* Of 64 MiB of a period. What is searched in lanes in vain is searched again. */
static void where_chains_do_not_meet_little_is_risked(void **state)
{
    (void)state;
    for (size_t period = 550; period <= 1450; period += 150) {
        struct iscc_speculation speculation = {0};
        size_t sum = 0;
        fill_period(period);
        for (size_t i = 0; i < 16; i++)
            sum += search(AREA_SIZE, &speculation);
        if (sum > AREA_SIZE / 4)
            fail_msg("period %zu: %zu of %zu bytes in lanes", period, sum, 16 * AREA_SIZE);
    }
}

/* However long lanes were of no use, they are tried again within 64 MiB, and then do all the work. */
static void lanes_come_back(void **state)
{
    struct iscc_speculation speculation = {0};
    size_t searched = 0;

    (void)state;
    fill_period(700);
    for (size_t i = 0; i < 64; i++)
        search(AREA_SIZE, &speculation);
    fill_random(0, AREA_SIZE);
    while (search(AREA_SIZE, &speculation) < AREA_SIZE * 9 / 10)
        searched += AREA_SIZE;
    assert_in_range(searched, AREA_SIZE, 68 << 20);
}

/* Each lane has room for as many cuts as there can be. No byte alone ends a chunk, so that the shortest have 258. */
static void the_shortest_chunks_have_room(void **state)
{
    const size_t shortest = ISCC_CHUNK_SKIP + 2;
    uint8_t unit[ISCC_CHUNK_SKIP + 2] = {0};
    uint32_t cut = 0;

    (void)state;
    for (uint32_t pair = 0; cut != shortest; pair++) {
        assert_true(pair <= UINT16_MAX);
        memcpy(unit + ISCC_CHUNK_SKIP, (const uint8_t[]){(uint8_t)(pair >> 8), (uint8_t)pair}, 2);
        if (iscc_kernels_portable.find_cuts(unit, sizeof unit, &cut, NULL, NULL) == 0)
            cut = 0;
    }
    for (size_t i = 0; i < AREA_SIZE; i++)
        area[i] = unit[i % shortest];
    for (size_t stride = 8 * KIB; stride <= 64 * KIB; stride += 258) {
        struct iscc_speculation speculation = {.block = 16 * stride};
        assert_true(search(AREA_SIZE / 2, &speculation) > 0);
    }
}

/* Where lanes meet, none of the block is searched again. */
static void lanes_that_meet_are_not_searched_again(void **state)
{
    struct iscc_chain chain = {.bytes = area, .size = AREA_SIZE, .cuts = cuts};

    (void)state;
    fill_random(0, AREA_SIZE);
    iscc_lanes_search_block(&chain, &search_16, 64 * KIB);
    assert_in_range(chain.end, 1024 * KIB - ISCC_CHUNK_MAX, 1024 * KIB + OVERRUN);
    assert_int_equal(chain.searched, 0);
    /* So with the lanes that are not of vectors, but for a few that run on too little to meet. */
    chain = (struct iscc_chain){.bytes = area, .size = AREA_SIZE, .cuts = cuts};
    iscc_lanes_search_block(&chain, &iscc_chains_search, 64 * KIB);
    assert_in_range(chain.end, 256 * KIB - ISCC_CHUNK_MAX, 256 * KIB + OVERRUN);
    assert_in_range(chain.searched, 0, 16 * KIB);
}

static int set_up(void **state)
{
    (void)state;
    area = malloc(AREA_SIZE);
    cuts = malloc(ISCC_CUTS_MAX(AREA_SIZE) * sizeof *cuts);
    expected = malloc(ISCC_CUTS_MAX(AREA_SIZE) * sizeof *expected);
    return area == NULL || cuts == NULL || expected == NULL;
}

static int tear_down(void **state)
{
    (void)state;
    free(area);
    free(cuts);
    free(expected);
    return 0;
}

TEST_FILE(speculation)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(where_chains_meet_lanes_do_the_work),
        cmocka_unit_test(where_chains_do_not_meet_little_is_risked),
        cmocka_unit_test(lanes_come_back),
        cmocka_unit_test(the_shortest_chunks_have_room),
        cmocka_unit_test(lanes_that_meet_are_not_searched_again),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
