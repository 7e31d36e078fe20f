/* SPDX-License-Identifier: Apache-2.0 */
/* The distance between the Data-Codes of a file and of its edited version, as docs/similarity.md states it. */
#include <iscc/iscc.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "edits.h"
#include "support/random.h"
#include "support/unit.h"

enum { SIZE_MAX_HERE = 10000000, BITS = 256 };

static uint8_t file[SIZE_MAX_HERE];
static uint8_t copy[2 * SIZE_MAX_HERE];

static unsigned distance_of(const uint8_t a[32], const uint8_t b[32], unsigned bits)
{
    unsigned distance;
    assert_int_equal(iscc_hamming_distance(a, b, bits / 8, &distance), ISCC_OK);
    return distance;
}

/* The sum over some edits of new files, in bits of 256; `largest` of 128. */
static unsigned measure(enum content content, enum edit edit, size_t size, size_t block, unsigned trials,
                        uint64_t *state, unsigned *largest)
{
    unsigned sum = 0;

    *largest = 0;
    for (unsigned i = 0; i < trials; i++) {
        uint8_t digest[32];
        uint8_t edited[32];
        content_fill(content, state, file, size);
        memcpy(copy, file, size);
        edit_digest(file, size, digest);
        edit_digest(copy, edit_apply(edit, content, state, copy, size, block), edited);
        sum += distance_of(digest, edited, BITS);
        const unsigned distance = distance_of(digest, edited, 128);
        *largest = distance > *largest ? distance : *largest;
    }
    return sum;
}

/*
 * The mean distance lies where the share of chunks in common puts it. A minimum that both do not share differs in each
 * of its four bits half of the time, so with the probability p of such a minimum a file's distance has the variance 64
 * * (5 p - 4 p * p). A block has two ends, a moved one four, and each makes up to two chunks differ on either side, of
 * size / 1024 or fewer on this content: that much the expectation may be too low. Six deviations are exceeded once in
 * 10^9 times.
 */
static void assert_mean(enum content content, enum edit edit, size_t size, double share, unsigned trials,
                        uint64_t *state)
{
    unsigned largest;
    const size_t block = (size_t)(share * (double)size);
    const double mean = (double)measure(content, edit, size, block, trials, state, &largest) / trials;
    const double low = edit_expected(edit, share);
    const double ends = (edit == EDIT_MOVE ? 8 : 4) * 1024.0 / (double)size;
    const double high = low + ends < 0.5 ? low + ends : 0.5;
    const double p = 2 * high;
    const double deviation = sqrt(64 * (5 * p - 4 * p * p) / trials);
    const double slack = 6 * deviation + 6.0 / trials;

    if (mean < BITS * low * 0.9 - slack || mean > BITS * high * 1.1 + slack)
        fail_msg("%s of %g %% in %zu bytes of %s: mean distance %g, expected %g to %g", edit_names[edit], 100 * share,
                 size, content_names[content], mean, BITS * low, BITS * high);
}

static void mean_distance_follows_the_share_of_common_chunks(void **state)
{
    static const double shares[] = {0.01, 0.05, 0.1, 0.25};
    uint64_t random = random_seed();

    (void)state;
    for (unsigned content = 0; content < CONTENTS; content++)
        for (unsigned edit = 0; edit < EDITS; edit++)
            for (size_t i = 0; i < sizeof shares / sizeof shares[0]; i++) {
                assert_mean((enum content)content, (enum edit)edit, 10000, shares[i], 40, &random);
                assert_mean((enum content)content, (enum edit)edit, 100000, shares[i], 20, &random);
                assert_mean((enum content)content, (enum edit)edit, 1000000, shares[i], 4, &random);
            }
    for (unsigned edit = 0; edit < EDITS; edit++)
        assert_mean((enum content)(edit % CONTENTS), (enum edit)edit, 10000000, 0.1, 1, &random);
}

/* Of a thousand minima one or two change. Fourteen that do so together would be needed to miss it. */
static void small_edits_of_a_megabyte_are_near(void **state)
{
    uint64_t random = random_seed();
    unsigned largest;

    (void)state;
    for (unsigned content = 0; content < CONTENTS; content++)
        for (unsigned edit = 0; edit < EDITS; edit++) {
            measure((enum content)content, (enum edit)edit, 1000000, 64, 5, &random, &largest);
            assert_in_range(largest, 0, 12);
        }
}

/* Half of the bits differ, in so many independent minima that fewer than a quarter is all but impossible. */
static void files_with_nothing_in_common_are_far(void **state)
{
    uint64_t random = random_seed();

    (void)state;
    for (unsigned content = 0; content < CONTENTS; content++)
        for (size_t size = 100; size <= 100000; size *= 10)
            for (unsigned i = 0; i < 20; i++) {
                uint8_t digest[32];
                uint8_t other[32];
                content_fill((enum content)content, &random, file, size);
                edit_digest(file, size, digest);
                content_fill((enum content)content, &random, file, size);
                edit_digest(file, size, other);
                assert_in_range(distance_of(digest, other, 256), 64, 192);
                assert_in_range(distance_of(digest, other, 128), 20, 108);
            }
}

static void edits_do_what_they_say(void **state)
{
    uint64_t random = random_seed();

    (void)state;
    for (unsigned i = 0; i < 200; i++) {
        const size_t size = 1 + random_below(&random, 300);
        const size_t block = random_below(&random, size + 1);
        unsigned counts[256] = {0};
        random_fill(&random, file, size);
        memcpy(copy, file, size);
        assert_int_equal(edit_apply(EDIT_INSERT, CONTENT_TEXT, &random, copy, size, block), size + block);
        memcpy(copy, file, size);
        assert_int_equal(edit_apply(EDIT_TRUNCATE, CONTENT_TEXT, &random, copy, size, block), size - block);
        assert_memory_equal(copy, file, size - block);
        assert_int_equal(edit_apply(EDIT_MOVE, CONTENT_TEXT, &random, copy, size, block), size);
        for (size_t j = 0; j < size; j++) {
            counts[file[j]]++;
            counts[copy[j]]--;
        }
        for (size_t j = 0; j < 256; j++)
            assert_int_equal(counts[j], 0);
    }
}

TEST_FILE(edits)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(edits_do_what_they_say),
        cmocka_unit_test(mean_distance_follows_the_share_of_common_chunks),
        cmocka_unit_test(small_edits_of_a_megabyte_are_near),
        cmocka_unit_test(files_with_nothing_in_common_are_far),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
