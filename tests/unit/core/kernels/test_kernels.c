/* SPDX-License-Identifier: Apache-2.0 */
/* Every kernel table that this machine can run, against the portable one, in memory with guard pages on both sides. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/kernels/guarded_area.h"
#include "core/pattern.h"
#include "kernels/gear.h"
#include "support/random.h"
#include "support/unit.h"

#define AREA_SIZE ((size_t)3 << 20)

static uint8_t *area;
static uint32_t *expected;
static uint32_t *found;

static void compare_cuts(const struct iscc_kernels *table, const char *what, const uint8_t *bytes, size_t size,
                         size_t count, const struct iscc_gear_scan *open, struct iscc_speculation *speculation)
{
    struct iscc_gear_scan scan = {1, 1};

    found[count] = 0xdeadbeef;
    const size_t got = table->find_cuts(bytes, size, found, speculation, &scan);
    for (size_t i = 0; i < (got < count ? got : count); i++)
        if (found[i] != expected[i])
            fail_msg("%s, %s, %zu bytes: cut %zu is %" PRIu32 ", not %" PRIu32, table->name, what, size, i, found[i],
                     expected[i]);
    if (got != count || found[count] != 0xdeadbeef)
        fail_msg("%s, %s, %zu bytes: %zu cuts, not %zu", table->name, what, size, got, count);
    if (scan.offset != open->offset || scan.hash != open->hash)
        fail_msg("%s, %s, %zu bytes: another state in the open chunk", table->name, what, size);
}

/* Cuts with any state of speculation: none, of a new stream, with long blocks, and backing off. */
static void check_cuts(const char *what, const uint8_t *bytes, size_t size)
{
    struct iscc_speculation states[] = {{0},
                                        {.block = (size_t)1 << 30},
                                        {.block = 1, .backoff = 5},
                                        {.block = size / 3, .backoff = 9000, .failures = 8},
                                        {.block = size, .constant = true}};
    const size_t count = iscc_kernels_portable.find_cuts(bytes, size, expected, NULL, NULL);
    const size_t end = count > 0 ? expected[count - 1] : 0;
    struct iscc_gear_scan open = {0, 0};

    assert_int_equal(iscc_gear_scan(&open, bytes + end, size - end), 0);
    FOR_EACH_TABLE(table)
    {
        compare_cuts(table, what, bytes, size, count, &open, NULL);
        for (size_t i = 0; i < sizeof states / sizeof states[0]; i++) {
            struct iscc_speculation speculation = states[i];
            compare_cuts(table, what, bytes, size, count, &open, &speculation);
            compare_cuts(table, what, bytes, size, count, &open, &speculation);
        }
    }
}

/* The same bytes at both ends of the area: nothing before them and nothing behind them is read. */
static void check_cuts_at_both_ends(const char *what, const uint8_t *bytes, size_t size)
{
    uint8_t *const last = area + AREA_SIZE - size;
    memmove(last, bytes, size);
    check_cuts(what, last, size);
    memmove(area, last, size);
    check_cuts(what, area, size);
}

static const char *const patterns[] = {"zero", "ones", "count32", "saw", "lcg", "lcg2", "text", "mixed", "edit"};
#define PATTERNS (sizeof patterns / sizeof patterns[0])

/* Lengths around those where chunks, lanes and blocks begin and end: each pattern takes some of them. */
static void cuts_of_any_length(void **state)
{
    static const size_t lengths[] = {256, 640, 8192, 8448, 16384, 32768, 65536, 131072, 262144};
    uint64_t numbers = random_seed();
    uint8_t *bytes = malloc(AREA_SIZE);

    (void)state;
    assert_non_null(bytes);
    for (size_t i = 0; i < PATTERNS; i++) {
        assert_true(pattern_fill(patterns[i], numbers, bytes, AREA_SIZE));
        for (size_t size = 0; size < 300; size += 7)
            check_cuts_at_both_ends(patterns[i], bytes, size);
        for (size_t j = 0; j < sizeof lengths / sizeof lengths[0]; j++) {
            const size_t step = lengths[j] > 20000 ? 36 : 6;
            for (size_t size = random_below(&numbers, step); size < 36; size += step)
                check_cuts_at_both_ends(patterns[i], bytes, lengths[j] - 2 + size);
        }
    }
    free(bytes);
}

static void cuts_at_any_alignment(void **state)
{
    uint64_t numbers = random_seed();

    (void)state;
    random_fill(&numbers, area, AREA_SIZE);
    for (size_t alignment = 0; alignment < 64; alignment++) {
        check_cuts("random", area + alignment, 70000);
        check_cuts("random, random length", area + alignment, random_below(&numbers, 200000));
    }
    for (size_t i = 0; i < 6; i++)
        check_cuts("random, random length", area + random_below(&numbers, 4096),
                   random_below(&numbers, AREA_SIZE - 4096));
}

/* A chain of chunks in periodic data never meets another one that has another phase, unless by chance. */
static void cuts_of_periods(void **state)
{
    uint64_t numbers = random_seed();
    const size_t size = 140000;

    (void)state;
    for (size_t period = 1; period <= 300; period += period < 20 ? 1 : 13) {
        char what[32];
        snprintf(what, sizeof what, "period %zu", period);
        random_fill(&numbers, area, period);
        for (size_t i = period; i < size; i++)
            area[i] = area[i - period];
        check_cuts(what, area, size);
        /* Another phase from some offset on. */
        random_fill(&numbers, area + random_below(&numbers, size), 1);
        check_cuts(what, area, size);
    }
}

/* After some random bytes, chunks of 8192 bytes at offsets where no lane begins. */
static void cuts_where_lanes_never_meet(void **state)
{
    uint64_t numbers = random_seed();

    (void)state;
    for (size_t i = 0; i < 4; i++) {
        const size_t begin = 1 + random_below(&numbers, 3000);
        memset(area, (int)i, AREA_SIZE);
        random_fill(&numbers, area, begin);
        check_cuts("random, then constant", area, AREA_SIZE - i);
    }
}

/* Bytes whose chain has a chunk every 258 or few more bytes: a unit that ends its chunk early, repeated. */
static size_t fill_dense(uint64_t *numbers, uint8_t *bytes, size_t size)
{
    uint8_t unit[300] = {0};
    size_t length = 0;

    while (length == 0 || length > 270) {
        uint32_t cut;
        random_fill(numbers, unit + ISCC_CHUNK_SKIP, sizeof unit - ISCC_CHUNK_SKIP);
        length = iscc_kernels_portable.find_cuts(unit, sizeof unit, &cut, NULL, NULL) > 0 ? cut : 0;
    }
    for (size_t i = 0; i < size; i++)
        bytes[i] = unit[i % length];
    return length;
}

/* Lanes whose speeds differ most: stretches with as many chunks as can be beside stretches with as few as can be. */
static void cuts_of_uneven_lanes(void **state)
{
    uint64_t numbers = random_seed();

    (void)state;
    fill_dense(&numbers, area, AREA_SIZE);
    check_cuts("dense", area, AREA_SIZE);
    for (int i = 0; i < 4; i++) {
        const size_t begin = random_below(&numbers, AREA_SIZE - 200000);
        const size_t length = random_below(&numbers, 200000);
        if (random_below(&numbers, 3) > 0)
            memset(area + begin, 0, length);
        else
            fill_dense(&numbers, area + begin, length);
        check_cuts("dense and constant", area, AREA_SIZE);
    }
}

static void check_features(const uint8_t *bytes, uint32_t start, const uint32_t *cuts, size_t count)
{
    uint32_t expected_features[64];
    uint32_t features[64];

    assert_true(count < 64);
    iscc_kernels_portable.hash_chunks(bytes, start, cuts, count, expected_features);
    FOR_EACH_TABLE(table)
    {
        features[count] = 0xdeadbeef;
        table->hash_chunks(bytes, start, cuts, count, features);
        for (size_t i = 0; i < count; i++)
            if (features[i] != expected_features[i])
                fail_msg("%s: feature %zu of %zu", table->name, i, count);
        assert_int_equal(features[count], 0xdeadbeef);
    }
}

/* Every length that a chunk's end can make a difference for, alone and in company. */
static void features_of_any_length(void **state)
{
    uint64_t numbers = random_seed();
    uint32_t cuts[40];

    (void)state;
    random_fill(&numbers, area, AREA_SIZE);
    for (uint32_t length = 0; length <= 700; length++) {
        cuts[0] = length;
        check_features(area, 0, cuts, 1);
        check_features(area + AREA_SIZE - length, 0, cuts, 1);
        for (size_t i = 1; i < 40; i++)
            cuts[i] = cuts[i - 1] + length;
        check_features(area + AREA_SIZE - cuts[39], 0, cuts, 40);
    }
}

static void features_of_any_count(void **state)
{
    uint64_t numbers = random_seed();
    const uint32_t limits[] = {20, 600, 1200, 8193};
    uint32_t cuts[63];

    (void)state;
    random_fill(&numbers, area, AREA_SIZE);
    for (size_t count = 0; count <= 63; count++)
        for (size_t i = 0; i < 8; i++) {
            const uint32_t start = (uint32_t)random_below(&numbers, 100);
            uint32_t end = start;
            for (size_t j = 0; j < count; j++) {
                end += (uint32_t)random_below(&numbers, limits[i % 4]);
                cuts[j] = end;
            }
            check_features(area + AREA_SIZE - end, start, cuts, count);
        }
}

static void hamming_of_any_size(void **state)
{
    uint64_t numbers = random_seed();

    (void)state;
    random_fill(&numbers, area, 4096);
    random_fill(&numbers, area + AREA_SIZE - 4096, 4096);
    for (size_t size = 0; size <= 600; size++) {
        const uint8_t *a = area + AREA_SIZE - size;
        const uint8_t *b = area + random_below(&numbers, 8);
        const unsigned distance = iscc_kernels_portable.hamming(a, b, size);
        FOR_EACH_TABLE(table)
        assert_int_equal(table->hamming(a, b, size), distance);
    }
}

static int map_area(void **state)
{
    (void)state;
    (void)random_seed();
    area = guarded_area_map(AREA_SIZE);
    expected = malloc((ISCC_CUTS_MAX(AREA_SIZE) + 1) * sizeof *expected);
    found = malloc((ISCC_CUTS_MAX(AREA_SIZE) + 1) * sizeof *found);
    return area != NULL && expected != NULL && found != NULL ? 0 : -1;
}

static int release_area(void **state)
{
    (void)state;
    free(expected);
    free(found);
    return guarded_area_unmap(area, AREA_SIZE);
}

TEST_FILE(kernels)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cuts_of_any_length),    cmocka_unit_test(cuts_at_any_alignment),
        cmocka_unit_test(cuts_of_periods),       cmocka_unit_test(cuts_where_lanes_never_meet),
        cmocka_unit_test(cuts_of_uneven_lanes),  cmocka_unit_test(features_of_any_length),
        cmocka_unit_test(features_of_any_count), cmocka_unit_test(hamming_of_any_size),
    };
    return cmocka_run_group_tests(tests, map_area, release_area);
}
