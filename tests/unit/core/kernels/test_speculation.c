/* SPDX-License-Identifier: Apache-2.0 */
/* When bytes are searched in lanes, in which blocks, and what is remembered of them. It only affects the speed, so no
 * other test would notice. */
#include <string.h>

#include "kernels/chain.h"
#include "recorded_lanes.h"
#include "support/unit.h"

/* Blocks grow as long as they succeed: after a probe of 6 KiB, the first has a quarter of the maximum length. */
static void blocks_grow(void **state)
{
    struct iscc_speculation speculation = {0};

    (void)state;
    fill_random(0, AREA_SIZE);
    search(AREA_SIZE, &speculation);
    assert_true(block_count >= 4);
    assert_block(0, cut_from(6144), 16 * KIB, 16);
    for (size_t i = 1; i < 4; i++) {
        const size_t end = blocks[i - 1].begin + 16 * blocks[i - 1].stride;
        assert_int_equal(blocks[i].stride, 64 * KIB);
        assert_in_range(blocks[i].begin, end - ISCC_CHUNK_MAX, end + OVERRUN);
    }
    assert_speculation(&speculation, 1024 * KIB, 0, 0);
}

/* The first block has at most a third of the bytes. If that is too short for 16 lanes, there are four, or none. */
static void short_input_has_a_shorter_first_block(void **state)
{
    const struct {
        size_t size;
        size_t stride;
        unsigned lanes;
    } cases[] = {
        {3 * 160 * KIB, 10 * KIB, 16},
        {3 * BLOCK_MIN_16, BLOCK_MIN_16 / 16, 16},
        {3 * BLOCK_MIN_16 - 1, BLOCK_MIN_16 / 4, 4},
        {3 * BLOCK_MIN_4, BLOCK_MIN_4 / 4, 4},
        {3 * BLOCK_MIN_4 - 1, 0 /* none */, 0},
    };

    (void)state;
    fill_random(0, AREA_SIZE);
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct iscc_speculation speculation = {0};
        search(cases[i].size, &speculation);
        if (cases[i].lanes > 0)
            assert_block(0, cut_from(6144), cases[i].stride, cases[i].lanes);
        else
            assert_int_equal(block_count, 0);
        assert_int_equal(speculation.failures, 0);
    }
}

/* A probe covers at most a sixth of the bytes. */
static void short_input_has_a_shorter_probe(void **state)
{
    const struct iscc_lanes_search four_lanes = {.lanes = 4, .block_min = 1 * KIB, .overrun = OVERRUN, .run = run_4};
    struct iscc_speculation speculation = {.backoff = 24 * KIB};

    (void)state;
    fill_random(0, AREA_SIZE);
    search_with(&four_lanes, 40 * KIB, &speculation);
    const size_t begin = cut_from(24 * KIB);
    assert_block(0, cut_from(begin + (40 * KIB - begin) / 6), (40 * KIB - begin) / 3 / 4, 4);
}

/* Lanes start at multiples of the maximum chunk length if that changes the block by a sixteenth or less. */
static void lanes_start_at_multiples_of_the_maximum_chunk(void **state)
{
    const struct {
        size_t wanted;
        bool constant;
        size_t stride;
    } cases[] = {
        {16384, false, 16384}, {16484, false, 16384}, {16284, false, 16384}, {12000, false, 12000},
        {12000, true, 8192},   {8000, false, 8192},   {7000, false, 7000},   {7000, true, 7000},
        {15421, false, 16384}, {15420, false, 15420}, {17476, false, 16384}, {17477, false, 17477},
        {17477, true, 16384},  {65535, false, 65536}, {60000, true, 57344},
    };

    (void)state;
    fill_random(0, AREA_SIZE);
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct iscc_speculation speculation = {.block = 16 * cases[i].wanted, .constant = cases[i].constant};
        search(AREA_SIZE / 2, &speculation);
        assert_block(0, 0, cases[i].stride, 16);
    }
}

/* After a block that succeeds, the next one is four times as long, and earlier failures are forgotten. */
static void success_grows_the_block(void **state)
{
    struct iscc_speculation speculation = {.block = 100 * KIB, .failures = 5};

    (void)state;
    fill_random(0, AREA_SIZE);
    search(100 * KIB, &speculation);
    assert_int_equal(block_count, 1);
    assert_speculation(&speculation, 400 * KIB, 0, 0);
    search(400 * KIB, &speculation);
    assert_block(0, 0, 24 * KIB, 16);
    assert_speculation(&speculation, 1024 * KIB, 0, 0);
    /* But never longer than the maximum. */
    speculation.block = 2048 * KIB;
    search(AREA_SIZE, &speculation);
    assert_block(0, 0, 64 * KIB, 16);
}

/* The first block after a failure has 64 KiB; in data without cuts it is as long as in a new stream. */
static void failure_shortens_the_first_block(void **state)
{
    struct iscc_speculation speculation = {.failures = 1};
    struct iscc_speculation constant = {.failures = 1, .constant = true};

    (void)state;
    fill_random(0, AREA_SIZE);
    search(AREA_SIZE, &speculation);
    assert_block(0, cut_from(6144), 4 * KIB, 16);
    assert_int_equal(blocks[1].stride, 16 * KIB);
    memset(area, 0, AREA_SIZE);
    search(AREA_SIZE, &constant);
    assert_block(0, 8192, 16 * KIB, 16);
}

/* Chunks of constant bytes have the maximum length, and lanes that start at multiples of it resynchronize at once. */
static void constant_bytes(void **state)
{
    struct iscc_speculation speculation = {0};
    const size_t least = 8192 + 16 * (size_t)8192;

    (void)state;
    memset(area, 0, AREA_SIZE);
    search(AREA_SIZE, &speculation);
    assert_block(0, 8192, 16 * KIB, 16);
    assert_block(1, 8192 + 256 * KIB, 64 * KIB, 16);
    assert_true(speculation.constant);
    assert_int_equal(speculation.failures, 0);
    /* A lane shorter than such a chunk is useless. */
    speculation = (struct iscc_speculation){0};
    search(least - 1, &speculation);
    assert_int_equal(block_count, 0);
    assert_true(speculation.constant);
    assert_int_equal(speculation.failures, 1);
    speculation = (struct iscc_speculation){0};
    search(least, &speculation);
    assert_true(block_count > 0);
    /* A single probe of other data clears the flag. */
    speculation = (struct iscc_speculation){.constant = true};
    fill_random(0, AREA_SIZE);
    search(AREA_SIZE, &speculation);
    assert_false(speculation.constant);
}

/* Each further failure doubles the 256 KiB that are then searched sequentially, up to 64 MiB. */
static void backoff_doubles(void **state)
{
    (void)state;
    fill_period(700);
    for (unsigned failures = 0; failures <= 9; failures++) {
        const unsigned known = failures < 8 ? failures : 8;
        const size_t backoff = 256 * KIB << known;
        struct iscc_speculation speculation = {.failures = known};
        search(200 * KIB, &speculation);
        assert_int_equal(block_count, 0);
        assert_speculation(&speculation, 0, backoff - (200 * KIB - cut_from(6144)), known < 8 ? known + 1 : 8);
    }
}

/* The backoff is searched sequentially, and continues in later calls. */
static void backoff_continues_in_later_calls(void **state)
{
    struct iscc_speculation speculation = {.block = 64 * KIB, .backoff = 500 * KIB};

    (void)state;
    fill_random(0, AREA_SIZE);
    search(200 * KIB, &speculation);
    assert_int_equal(block_count, 0);
    assert_speculation(&speculation, 64 * KIB, 300 * KIB, 0);
    search(AREA_SIZE, &speculation);
    assert_block(0, cut_from(300 * KIB), 4 * KIB, 16);
    assert_int_equal(speculation.backoff, 0);
    speculation = (struct iscc_speculation){.backoff = 300 * KIB};
    search(AREA_SIZE, &speculation);
    assert_block(0, cut_from(cut_from(300 * KIB) + 6144), 16 * KIB, 16);
    /* Not a single chunk more than that. */
    memset(area, 0, AREA_SIZE);
    speculation = (struct iscc_speculation){.backoff = 32 * KIB};
    search(AREA_SIZE, &speculation);
    assert_block(0, 32 * KIB + 8192, 16 * KIB, 16);
}

/* The buffers hold the cuts of the shortest possible chunks. No single byte ends a chunk, so these have 258 bytes. */
static void buffers_hold_the_shortest_chunks(void **state)
{
    const size_t shortest = ISCC_CHUNK_SKIP + 2;
    uint8_t unit[ISCC_CHUNK_SKIP + 2] = {0};
    uint32_t cut = 0;

    (void)state;
    for (uint32_t pair = 0; cut != shortest; pair++) {
        assert_true(pair <= UINT16_MAX);
        memcpy(unit + ISCC_CHUNK_SKIP, (const uint8_t[]){(uint8_t)(pair >> 8), (uint8_t)pair}, 2);
        if (iscc_kernels_portable.find_cuts(unit, sizeof unit, &cut, NULL) == 0)
            cut = 0;
    }
    for (size_t i = 0; i < AREA_SIZE; i++)
        area[i] = unit[i % shortest];
    for (size_t stride = 8 * KIB; stride <= 64 * KIB; stride += 258) {
        struct iscc_speculation speculation = {.block = 16 * stride};
        search(AREA_SIZE / 2, &speculation);
        assert_true(block_count > 0);
    }
}

/* With NULL every call starts as in a new stream. */
static void without_speculation(void **state)
{
    (void)state;
    fill_random(0, AREA_SIZE);
    search(AREA_SIZE, NULL);
    assert_block(0, cut_from(6144), 16 * KIB, 16);
    search(AREA_SIZE, NULL);
    assert_block(0, cut_from(6144), 16 * KIB, 16);
}

/* If the lanes resynchronize, none of the block is searched again. */
static void resynchronized_lanes_are_not_searched_again(void **state)
{
    struct iscc_chain chain = {.bytes = area, .size = AREA_SIZE, .cuts = cuts};

    (void)state;
    fill_random(0, AREA_SIZE);
    block_count = 0;
    iscc_lanes_search_block(&chain, &search_16, 64 * KIB);
    assert_in_range(chain.end, 1024 * KIB - ISCC_CHUNK_MAX, 1024 * KIB + OVERRUN);
    assert_int_equal(chain.searched, 0);
    /* The same without vectors, except for a few lanes whose shorter overrun is not enough. */
    chain = (struct iscc_chain){.bytes = area, .size = AREA_SIZE, .cuts = cuts};
    iscc_lanes_search_block(&chain, &iscc_chains_search, 64 * KIB);
    assert_in_range(chain.end, 256 * KIB - ISCC_CHUNK_MAX, 256 * KIB + OVERRUN);
    assert_in_range(chain.searched, 0, 16 * KIB);
}

TEST_FILE(speculation)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_grow),
        cmocka_unit_test(short_input_has_a_shorter_first_block),
        cmocka_unit_test(short_input_has_a_shorter_probe),
        cmocka_unit_test(lanes_start_at_multiples_of_the_maximum_chunk),
        cmocka_unit_test(success_grows_the_block),
        cmocka_unit_test(failure_shortens_the_first_block),
        cmocka_unit_test(constant_bytes),
        cmocka_unit_test(backoff_doubles),
        cmocka_unit_test(backoff_continues_in_later_calls),
        cmocka_unit_test(buffers_hold_the_shortest_chunks),
        cmocka_unit_test(without_speculation),
        cmocka_unit_test(resynchronized_lanes_are_not_searched_again),
    };
    return cmocka_run_group_tests(tests, recorded_set_up, recorded_tear_down);
}
