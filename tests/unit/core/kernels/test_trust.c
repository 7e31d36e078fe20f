/* SPDX-License-Identifier: Apache-2.0 */
/* How a run of bytes is searched in lanes: in which blocks, and what is remembered of them. It changes the speed alone,
 * so no other test would notice. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "kernels/chain.h"
#include "recorded_lanes.h"

/* Blocks become longer while it goes well: a quarter of the longest first, after a look at 6 KiB. */
static void blocks_grow(void **state)
{
    struct iscc_trust trust = {0};

    (void)state;
    fill_random(0, AREA_SIZE);
    search(AREA_SIZE, &trust);
    assert_true(block_count >= 4);
    assert_block(0, cut_from(6144), 16 * KIB, 16);
    for (size_t i = 1; i < 4; i++) {
        const size_t behind = blocks[i - 1].begin + 16 * blocks[i - 1].stride;
        assert_int_equal(blocks[i].stride, 64 * KIB);
        assert_in_range(blocks[i].begin, behind - ISCC_CHUNK_MAX, behind + OVERRUN);
    }
    assert_trust(&trust, 1024 * KIB, 0, 0);
}

/* No more than a third of what there is, and than a block that pays: then fewer lanes, and in the end none. */
static void what_is_short_risks_less(void **state)
{
    const struct {
        size_t size;
        size_t stride;
        unsigned lanes;
    } cases[] = {
        {3 * 160 * KIB, 10 * KIB, 16}, {3 * LEAST_16, LEAST_16 / 16, 16},  {3 * LEAST_16 - 1, LEAST_16 / 4, 4},
        {3 * LEAST_4, LEAST_4 / 4, 4}, {3 * LEAST_4 - 1, 0 /* none */, 0},
    };

    (void)state;
    fill_random(0, AREA_SIZE);
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct iscc_trust trust = {0};
        search(cases[i].size, &trust);
        if (cases[i].lanes > 0)
            assert_block(0, cut_from(6144), cases[i].stride, cases[i].lanes);
        else
            assert_int_equal(block_count, 0);
        assert_int_equal(trust.failures, 0);
    }
}

/* A look takes no more than a sixth of what there is. */
static void what_is_short_is_looked_at_shortly(void **state)
{
    const struct iscc_lanes_search way = {.lanes = 4, .least = 1 * KIB, .overrun = OVERRUN, .run = run_4};
    struct iscc_trust trust = {.pause = 24 * KIB};

    (void)state;
    fill_random(0, AREA_SIZE);
    search_by(&way, 40 * KIB, &trust);
    const size_t begin = cut_from(24 * KIB);
    assert_block(0, cut_from(begin + (40 * KIB - begin) / 6), (40 * KIB - begin) / 3 / 4, 4);
}

/* Lanes begin at multiples of the longest chunk where that changes a block by a sixteenth or less. */
static void lanes_begin_at_multiples_of_the_longest_chunk(void **state)
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
        struct iscc_trust trust = {.block = 16 * cases[i].wanted, .constant = cases[i].constant};
        search(AREA_SIZE / 2, &trust);
        assert_block(0, 0, cases[i].stride, 16);
    }
}

/* A block that went well makes the next one four times as long, and what went wrong before is forgotten. */
static void trust_grows(void **state)
{
    struct iscc_trust trust = {.block = 100 * KIB, .failures = 5};

    (void)state;
    fill_random(0, AREA_SIZE);
    search(100 * KIB, &trust);
    assert_int_equal(block_count, 1);
    assert_trust(&trust, 400 * KIB, 0, 0);
    search(400 * KIB, &trust);
    assert_block(0, 0, 24 * KIB, 16);
    assert_trust(&trust, 1024 * KIB, 0, 0);
    /* Never more than the longest block. */
    trust.block = 2048 * KIB;
    search(AREA_SIZE, &trust);
    assert_block(0, 0, 64 * KIB, 16);
}

/* After a failure 64 KiB are risked, in a stream without cuts as many as at first. */
static void after_a_failure_less_is_risked(void **state)
{
    struct iscc_trust trust = {.failures = 1};
    struct iscc_trust constant = {.failures = 1, .constant = true};

    (void)state;
    fill_random(0, AREA_SIZE);
    search(AREA_SIZE, &trust);
    assert_block(0, cut_from(6144), 4 * KIB, 16);
    assert_int_equal(blocks[1].stride, 16 * KIB);
    memset(area, 0, AREA_SIZE);
    search(AREA_SIZE, &constant);
    assert_block(0, 8192, 16 * KIB, 16);
}

/* Constant bytes have chunks of the greatest length alone. Lanes meet where they begin. */
static void constant_bytes(void **state)
{
    struct iscc_trust trust = {0};
    const size_t least = 8192 + 16 * (size_t)8192;

    (void)state;
    memset(area, 0, AREA_SIZE);
    search(AREA_SIZE, &trust);
    assert_block(0, 8192, 16 * KIB, 16);
    assert_block(1, 8192 + 256 * KIB, 64 * KIB, 16);
    assert_true(trust.constant);
    assert_int_equal(trust.failures, 0);
    /* A lane without room for a chunk of that length is of no use. */
    trust = (struct iscc_trust){0};
    search(least - 1, &trust);
    assert_int_equal(block_count, 0);
    assert_true(trust.constant);
    assert_int_equal(trust.failures, 1);
    trust = (struct iscc_trust){0};
    search(least, &trust);
    assert_true(block_count > 0);
    /* One look at other bytes, and it is no more. */
    trust = (struct iscc_trust){.constant = true};
    fill_random(0, AREA_SIZE);
    search(AREA_SIZE, &trust);
    assert_false(trust.constant);
}

/* After the n-th failure 2^n times 256 KiB are searched plainly, at most 64 MiB. */
static void pauses_double(void **state)
{
    (void)state;
    fill_period(700);
    for (unsigned failures = 0; failures <= 9; failures++) {
        const unsigned known = failures < 8 ? failures : 8;
        const size_t pause = 256 * KIB << known;
        struct iscc_trust trust = {.failures = known};
        search(200 * KIB, &trust);
        assert_int_equal(block_count, 0);
        assert_trust(&trust, 0, pause - (200 * KIB - cut_from(6144)), known < 8 ? known + 1 : 8);
    }
}

/* What was postponed is searched plainly, in this run and in the next ones. */
static void a_pause_is_kept(void **state)
{
    struct iscc_trust trust = {.block = 64 * KIB, .pause = 500 * KIB};

    (void)state;
    fill_random(0, AREA_SIZE);
    search(200 * KIB, &trust);
    assert_int_equal(block_count, 0);
    assert_trust(&trust, 64 * KIB, 300 * KIB, 0);
    search(AREA_SIZE, &trust);
    assert_block(0, cut_from(300 * KIB), 4 * KIB, 16);
    assert_int_equal(trust.pause, 0);
    trust = (struct iscc_trust){.pause = 300 * KIB};
    search(AREA_SIZE, &trust);
    assert_block(0, cut_from(cut_from(300 * KIB) + 6144), 16 * KIB, 16);
    /* Not a chunk more than was asked for. */
    memset(area, 0, AREA_SIZE);
    trust = (struct iscc_trust){.pause = 32 * KIB};
    search(AREA_SIZE, &trust);
    assert_block(0, 32 * KIB + 8192, 16 * KIB, 16);
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
        if (iscc_kernels_portable.find_cuts(unit, sizeof unit, &cut, NULL) == 0)
            cut = 0;
    }
    for (size_t i = 0; i < AREA_SIZE; i++)
        area[i] = unit[i % shortest];
    for (size_t stride = 8 * KIB; stride <= 64 * KIB; stride += 258) {
        struct iscc_trust trust = {.block = 16 * stride};
        search(AREA_SIZE / 2, &trust);
        assert_true(block_count > 0);
    }
}

/* A stream of which nothing is remembered is searched as a new one. */
static void without_a_memory(void **state)
{
    (void)state;
    fill_random(0, AREA_SIZE);
    search(AREA_SIZE, NULL);
    assert_block(0, cut_from(6144), 16 * KIB, 16);
    search(AREA_SIZE, NULL);
    assert_block(0, cut_from(6144), 16 * KIB, 16);
}

/* Where lanes meet, none of the block is searched again. */
static void lanes_that_meet_are_not_searched_again(void **state)
{
    struct iscc_chain chain = {.bytes = area, .size = AREA_SIZE, .cuts = cuts};

    (void)state;
    fill_random(0, AREA_SIZE);
    block_count = 0;
    iscc_lanes_search_block(&chain, &search_16, 64 * KIB);
    assert_in_range(chain.end, 1024 * KIB - ISCC_CHUNK_MAX, 1024 * KIB + OVERRUN);
    assert_int_equal(chain.searched, 0);
    /* So with the lanes that are not of vectors, but for a few that run on too little to meet. */
    chain = (struct iscc_chain){.bytes = area, .size = AREA_SIZE, .cuts = cuts};
    iscc_lanes_search_block(&chain, &iscc_chains_search, 64 * KIB);
    assert_in_range(chain.end, 256 * KIB - ISCC_CHUNK_MAX, 256 * KIB + OVERRUN);
    assert_in_range(chain.searched, 0, 16 * KIB);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_grow),
        cmocka_unit_test(what_is_short_risks_less),
        cmocka_unit_test(what_is_short_is_looked_at_shortly),
        cmocka_unit_test(lanes_begin_at_multiples_of_the_longest_chunk),
        cmocka_unit_test(trust_grows),
        cmocka_unit_test(after_a_failure_less_is_risked),
        cmocka_unit_test(constant_bytes),
        cmocka_unit_test(pauses_double),
        cmocka_unit_test(a_pause_is_kept),
        cmocka_unit_test(the_shortest_chunks_have_room),
        cmocka_unit_test(without_a_memory),
        cmocka_unit_test(lanes_that_meet_are_not_searched_again),
    };
    return cmocka_run_group_tests(tests, recorded_set_up, recorded_tear_down);
}
