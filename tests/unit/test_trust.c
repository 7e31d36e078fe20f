/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How a run of bytes is searched: plainly or in lanes, in which blocks, and what is remembered of it. It changes the
 * speed alone, so no other test would notice. Whether chains meet is chance: so the random bytes are always the same
 * here.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "kernels/chain.h"
#include "kernels/lanes.h"
#include "support/random.h"

#define KIB ((size_t)1 << 10)
#define AREA_SIZE (4096 * KIB)
#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { MARKER_SIZE = 4, OVERRUN = 3000 };

/* A block that was searched in lanes. */
struct block {
    size_t begin;
    size_t stride;
    unsigned lanes;
};

static uint8_t *area;
static uint32_t *cuts;
static uint32_t *expected;
static struct block blocks[256];
static size_t block_count;

/* Searches each lane plainly, and notes that it was asked to. */
static void record(struct iscc_lanes *lanes, unsigned count)
{
    assert_true(block_count < COUNT(blocks));
    blocks[block_count++] = (struct block){(size_t)(lanes->bytes - area), lanes->stride, count};
    for (unsigned i = 0; i < count; i++) {
        const struct iscc_chain chain = {.bytes = lanes->bytes, .size = lanes->size};
        /* A lane runs some bytes into the next one, and not more, as far as there are bytes. */
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

#define LEAST_16 (32 * KIB)
#define LEAST_4 (16 * KIB)

static const struct iscc_lanes_search search_4 = {.lanes = 4, .least = LEAST_4, .overrun = OVERRUN, .run = run_4};
static const struct iscc_lanes_search search_16 = {
    .lanes = 16, .least = LEAST_16, .overrun = OVERRUN, .run = run_16, .smaller = &search_4};

/* Searches the first bytes of the area; the cuts are right whatever way it goes. */
static void search_by(const struct iscc_lanes_search *way, size_t size, struct iscc_trust *trust)
{
    block_count = 0;
    const size_t count = iscc_lanes_find_cuts(way, area, size, cuts, trust);
    const size_t expected_count = iscc_kernels_portable.find_cuts(area, size, expected, NULL);
    assert_int_equal(count, expected_count);
    assert_memory_equal(cuts, expected, count * sizeof *cuts);
}

static void search(size_t size, struct iscc_trust *trust)
{
    search_by(&search_16, size, trust);
}

/* Where the first chunk ends that ends at `offset` or behind. */
static size_t cut_from(size_t offset)
{
    size_t i = 0;
    while (expected[i] < offset)
        i++;
    return expected[i];
}

static void assert_block(size_t number, size_t begin, size_t stride, unsigned lanes)
{
    assert_true(number < block_count);
    assert_int_equal(blocks[number].begin, begin);
    assert_int_equal(blocks[number].stride, stride);
    assert_int_equal(blocks[number].lanes, lanes);
}

static void assert_trust(const struct iscc_trust *trust, size_t block, size_t pause, unsigned failures)
{
    assert_int_equal(trust->block, block);
    assert_int_equal(trust->pause, pause);
    assert_int_equal(trust->failures, failures);
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

/*
 * Bytes that end a chunk wherever they stand in it behind its first 256 bytes, while zeros around them do not: found by
 * trying.
 */
static void find_marker(uint8_t marker[MARKER_SIZE])
{
    uint64_t numbers = 1;
    uint8_t bytes[2 * ISCC_CHUNK_CENTRE] = {0};
    uint32_t cut = 0;

    while (cut != ISCC_CHUNK_CENTRE) {
        random_fill(&numbers, bytes + ISCC_CHUNK_CENTRE - MARKER_SIZE, MARKER_SIZE);
        if (iscc_kernels_portable.find_cuts(bytes, sizeof bytes, &cut, NULL) == 0)
            cut = 0;
    }
    memcpy(marker, bytes + ISCC_CHUNK_CENTRE - MARKER_SIZE, MARKER_SIZE);
}

/* Chunks of `length` bytes on the average, no two of the same among any few but the second and the `twin`-th, with
 * `markers` in each at equal distances. */
static void fill_chunks_with_twin(size_t length, size_t markers, size_t twin)
{
    uint8_t marker[MARKER_SIZE];
    size_t end = 0;

    find_marker(marker);
    memset(area, 0, AREA_SIZE);
    for (size_t i = 0; end + 2 * length < AREA_SIZE; i++) {
        const size_t like = i + 1 == twin ? 1 : i;
        const size_t difference = 1 + like / 2 % 20;
        const size_t next = end + (like % 2 == 0 ? length + difference : length - difference);
        for (size_t j = 1; j <= markers; j++)
            memcpy(area + end + (next - end) * j / markers - MARKER_SIZE, marker, MARKER_SIZE);
        end = next;
    }
}

static void fill_chunks(size_t length, size_t markers)
{
    fill_chunks_with_twin(length, markers, 0);
}

/* What a look at some bytes says: lanes, or none. */
static void assert_look(const char *what, bool is_good)
{
    struct iscc_trust trust = {0};
    search(200 * KIB, &trust);
    if ((block_count > 0) != is_good || (trust.failures == 0) != is_good)
        fail_msg("%s: %zu blocks, %u failures", what, block_count, trust.failures);
}

/* Chunks of less than 400 bytes on the average are as fast without lanes. */
static void short_chunks_are_searched_plainly(void **state)
{
    (void)state;
    fill_chunks(400, 1);
    assert_look("400 bytes", true);
    fill_chunks(399, 1);
    assert_look("399 bytes", false);
    fill_chunks(290, 1);
    assert_look("290 bytes", false);
}

/* Two of the same length among few: the bytes may be periodic, and lanes may never meet. */
static void periods_are_searched_plainly(void **state)
{
    (void)state;
    for (size_t period = 550; period <= 1450; period += 50) {
        fill_period(period);
        assert_look("a period", false);
    }
    for (size_t twin = 3; twin <= 14; twin++) {
        fill_chunks_with_twin(450, 1, twin);
        assert_look("two of the same length", false);
    }
    fill_chunks_with_twin(450, 1, 15); /* is not looked at */
    assert_look("too far from each other", true);
}

/* A second chain, which begins amid a chunk, never meets the first one: each ends chunks where the other one skips. */
static void chains_that_do_not_meet_are_searched_plainly(void **state)
{
    (void)state;
    fill_chunks(450, 2);
    assert_look("markers at half a chunk", false);
    fill_chunks(450, 1);
    assert_look("without them", true);
    fill_chunks(7000, 1);
    assert_look("a single chunk", false);
}

/* A block in which lanes do not meet, or have short chunks, is the last one for now. */
static void a_block_that_fails(void **state)
{
    struct iscc_trust trust = {.block = 320 * KIB};

    (void)state;
    /* All chunks are the longest, but begin where no lane does. */
    memset(area, 0, AREA_SIZE);
    fill_random(0, 1000);
    search(320 * KIB, &trust);
    assert_int_equal(block_count, 1);
    assert_int_equal(trust.block, 0);
    assert_int_equal(trust.failures, 1);
    fill_chunks(390, 1);
    trust = (struct iscc_trust){.block = 320 * KIB};
    search(AREA_SIZE, &trust);
    assert_int_equal(block_count, 1);
    /* Less than half of it: lanes are still the faster way. */
    memset(area, 0, AREA_SIZE);
    fill_random(0, 190 * KIB);
    trust = (struct iscc_trust){.block = 320 * KIB};
    search(320 * KIB, &trust);
    assert_trust(&trust, 1024 * KIB, 0, 0);
    memset(area + 130 * KIB, 0, AREA_SIZE - 130 * KIB);
    trust = (struct iscc_trust){.block = 320 * KIB};
    search(320 * KIB, &trust);
    assert_int_equal(trust.failures, 1);
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
        cmocka_unit_test(short_chunks_are_searched_plainly),
        cmocka_unit_test(periods_are_searched_plainly),
        cmocka_unit_test(chains_that_do_not_meet_are_searched_plainly),
        cmocka_unit_test(a_block_that_fails),
        cmocka_unit_test(the_shortest_chunks_have_room),
        cmocka_unit_test(without_a_memory),
        cmocka_unit_test(lanes_that_meet_are_not_searched_again),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
