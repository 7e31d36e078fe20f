/* SPDX-License-Identifier: Apache-2.0 */
/* Which bytes are searched in lanes, and which plainly, as lanes would be no faster or would not meet. */
#include <string.h>

#include "recorded_lanes.h"
#include "support/random.h"
#include "support/unit.h"

enum { MARKER_SIZE = 4 };

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

TEST_FILE(look)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(short_chunks_are_searched_plainly),
        cmocka_unit_test(periods_are_searched_plainly),
        cmocka_unit_test(chains_that_do_not_meet_are_searched_plainly),
        cmocka_unit_test(a_block_that_fails),
    };
    return cmocka_run_group_tests_name("look", tests, recorded_set_up, recorded_tear_down);
}
