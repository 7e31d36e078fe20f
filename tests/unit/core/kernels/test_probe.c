/* SPDX-License-Identifier: Apache-2.0 */
/* Which data a probe sends to the lanes, and which to the sequential search because lanes would be no faster or would
 * not resynchronize. */
#include <string.h>

#include "recorded_lanes.h"
#include "support/random.h"
#include "support/unit.h"

enum { MARKER_SIZE = 4 };

/* Finds, by trial, four bytes that end a chunk anywhere after its first 256 bytes, among zeros that do not. */
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

/* Fills the area with chunks of `length` bytes on average, with `markers` at equal distances in each. No two of nearby
 * chunks have the same length, except the second and the `twin`-th. */
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

/* Asserts that a probe chooses lanes, or does not. */
static void assert_probe(const char *what, bool is_good)
{
    struct iscc_speculation speculation = {0};
    search(200 * KIB, &speculation);
    if ((block_count > 0) != is_good || (speculation.failures == 0) != is_good)
        fail_msg("%s: %zu blocks, %u failures", what, block_count, speculation.failures);
}

/* Chunks of less than 400 bytes on average are as fast without lanes. */
static void short_chunks_are_searched_sequentially(void **state)
{
    (void)state;
    fill_chunks(400, 1);
    assert_probe("400 bytes", true);
    fill_chunks(399, 1);
    assert_probe("399 bytes", false);
    fill_chunks(290, 1);
    assert_probe("290 bytes", false);
}

/* If two of a few chunks have the same length, the data may be periodic, and lanes may never resynchronize. */
static void periods_are_searched_sequentially(void **state)
{
    (void)state;
    for (size_t period = 550; period <= 1450; period += 50) {
        fill_period(period);
        assert_probe("a period", false);
    }
    for (size_t twin = 3; twin <= 14; twin++) {
        fill_chunks_with_twin(450, 1, twin);
        assert_probe("two of the same length", false);
    }
    fill_chunks_with_twin(450, 1, 15); /* beyond the probe */
    assert_probe("too far from each other", true);
}

/* A second chain, from the middle of a chunk, never resynchronizes: each chain cuts where the other one skips. */
static void chains_that_never_resynchronize_are_searched_sequentially(void **state)
{
    (void)state;
    fill_chunks(450, 2);
    assert_probe("markers at half a chunk", false);
    fill_chunks(450, 1);
    assert_probe("without them", true);
    fill_chunks(7000, 1);
    assert_probe("a single chunk", false);
}

/* After a block whose lanes do not resynchronize, or whose chunks are short, the search backs off. */
static void a_failed_block_is_the_last(void **state)
{
    struct iscc_speculation speculation = {.block = 320 * KIB};

    (void)state;
    /* All chunks have the maximum length, but start where no lane does. */
    memset(area, 0, AREA_SIZE);
    fill_random(0, 1000);
    search(320 * KIB, &speculation);
    assert_int_equal(block_count, 1);
    assert_int_equal(speculation.block, 0);
    assert_int_equal(speculation.failures, 1);
    fill_chunks(390, 1);
    speculation = (struct iscc_speculation){.block = 320 * KIB};
    search(AREA_SIZE, &speculation);
    assert_int_equal(block_count, 1);
    /* If less than half of the block fails, lanes are still faster. */
    memset(area, 0, AREA_SIZE);
    fill_random(0, 190 * KIB);
    speculation = (struct iscc_speculation){.block = 320 * KIB};
    search(320 * KIB, &speculation);
    assert_speculation(&speculation, 1024 * KIB, 0, 0);
    memset(area + 130 * KIB, 0, AREA_SIZE - 130 * KIB);
    speculation = (struct iscc_speculation){.block = 320 * KIB};
    search(320 * KIB, &speculation);
    assert_int_equal(speculation.failures, 1);
}

TEST_FILE(probe)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(short_chunks_are_searched_sequentially),
        cmocka_unit_test(periods_are_searched_sequentially),
        cmocka_unit_test(chains_that_never_resynchronize_are_searched_sequentially),
        cmocka_unit_test(a_failed_block_is_the_last),
    };
    return cmocka_run_group_tests_name("probe", tests, recorded_set_up, recorded_tear_down);
}
