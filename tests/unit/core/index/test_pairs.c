/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a search of all pairs looks at: each pair once in each part whose keys are near, or once in a scan, and none
 * that is known to have one label. It is counted, and compared with what a model says that looks at everything.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "any_plan.h"
#include "digests.h"
#include "index/search.h"
#include "support/random.h"
#include "searched.h"

/* In each part, two digests whose keys are within its radius are compared by their sketches once. */
static void expect_pairs_by_tables(unsigned radius, const uint32_t *labels, struct work *work)
{
    const struct iscc_plan *plan = iscc_index_plan(searched.index, radius);

    for (size_t part = 0; part < searched.index->part_count; part++)
        for (size_t i = 0; i < searched.count; i++)
            for (size_t j = 0; j < i; j++) {
                const struct differences differences = searched_compare(part, searched_digest(i), searched_digest(j));
                if (!searched_is_within(part, plan, radius, differences))
                    continue;
                work->sketches++;
                work->measured += differences.key + differences.sketch <= radius && digests_labels_differ(labels, i, j);
            }
}

/* Labels in runs, so that many that stand together have the same. */
static void fill_labels(uint64_t *random, uint32_t labels[], size_t length)
{
    uint32_t label = 0;
    for (size_t i = 0; i < searched.count; i++) {
        if (random_below(random, length) == 0)
            label = (uint32_t)random_below(random, 3);
        labels[i] = label;
    }
}

static void count_pairs(unsigned radius, const uint32_t *labels, size_t slices)
{
    size_t told = 0;
    counting_reset();
    for (size_t slice = 0; slice < slices; slice++)
        assert_int_equal(
            iscc_index_pairs_across(searched.index, radius, labels, slice, slices, searched_count_hit, &told), ISCC_OK);
}

static void pairs_meet_once_in_a_table(void **state)
{
    uint64_t random = random_seed();

    (void)state;
    for (size_t round = 0; round < 4 * DIGESTS_KINDS; round++) {
        uint32_t labels[FEW];
        searched.size = 4 * (1 + round % 8);
        searched.count = 1 + random_below(&random, FEW);
        digests_fill(&random, (enum digests_kind)(round / 4), searched.digests, searched.size, searched.count);
        searched_make(1 + random_below(&random, ISCC_PARTS_MAX));
        fill_labels(&random, labels, 50);
        for (unsigned radius = 0; radius < searched.index->part_count * (ISCC_PART_RADIUS_MAX + 1);
             radius += 1 + (unsigned)random_below(&random, 5)) {
            struct work expected = {0};
            const uint32_t *chosen = random_below(&random, 2) == 0 ? NULL : labels;
            any_plan(&random, searched.index, radius);
            expect_pairs_by_tables(radius, chosen, &expected);
            count_pairs(radius, chosen, 1 + random_below(&random, 4));
            searched_assert_work(&expected);
        }
        iscc_index_free(searched.index);
    }
}

enum { ROWS = 64, TILE = 1024 };

/* Whether all digests of the tile with the one at `place` have the label: a tile begins behind the block of rows and
 * ends where the last row has met the half of all. */
static bool is_tile_of(const uint32_t *labels, uint32_t label, size_t block, size_t rows_end, size_t place)
{
    const size_t begin = block + 1 + (place - block - 1) / TILE * TILE;
    for (size_t i = begin; i < begin + TILE && i < rows_end + searched.count / 2; i++)
        if (labels[i % searched.count] != label)
            return false;
    return true;
}

/* Each digest is compared with the half of all others that follows it, a tile at a time; not with a tile of its own
 * label. A run of a scan goes to the end of the tile or of all digests. */
static void expect_pairs_by_scan(unsigned radius, const uint32_t *labels, struct work *work)
{
    for (size_t row = 0; row < searched.count; row++) {
        const size_t block = row / ROWS * ROWS;
        const size_t rows_end = block + ROWS < searched.count ? block + ROWS : searched.count;
        const size_t others = row < searched.count / 2 ? searched.count / 2 : (searched.count - 1) / 2;
        bool is_left_out = false;
        for (size_t place = row + 1; place <= row + others; place++) {
            const bool is_new_tile = place == row + 1 || (place - block - 1) % TILE == 0;
            if (is_new_tile)
                is_left_out = labels != NULL && is_tile_of(labels, labels[row], block, rows_end, place);
            if (is_left_out)
                continue;
            work->scanned++;
            work->scans += is_new_tile || place == searched.count;
            work->compared += digests_labels_differ(labels, row, place % searched.count) &&
                              digests_distance(searched_digest(row), searched_digest(place % searched.count),
                                               searched.size) <= radius;
        }
    }
}

static void pairs_meet_once_in_a_scan(void **state)
{
    static const size_t counts[] = {1, 2, 3, 63, 64, 65, 128, 129, 1023, 1024, 1025, 2000};
    uint64_t random = random_seed();

    (void)state;
    searched.size = 4;
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        static uint32_t labels[MANY];
        searched.count = counts[i];
        digests_fill(&random, DIGESTS_CLUSTERS, searched.digests, searched.size, searched.count);
        searched_make(0);
        fill_labels(&random, labels, 1000);
        for (int labelled = 0; labelled < 2; labelled++) {
            struct work expected = {0};
            expect_pairs_by_scan(5, labelled ? labels : NULL, &expected);
            count_pairs(5, labelled ? labels : NULL, 1);
            searched_assert_work(&expected);
            assert_int_equal(counted.scans, expected.scans);
        }
        count_pairs(5, NULL, 7);
        assert_int_equal(counted.scanned, searched.count * (searched.count - 1) / 2);
        iscc_index_free(searched.index);
    }
}

/* One digest has another label than all the others: at the ends of rows and tiles, and anywhere. */
static void tiles_of_one_label_are_left_out(void **state)
{
    static const size_t places[] = {0, 1, 63, 64, 65, 1023, 1024, 1025, 1088, 1089, 2048, 2049, 2098, 2099};
    uint64_t random = random_seed();

    (void)state;
    searched.size = 4;
    searched.count = 2100;
    digests_fill(&random, DIGESTS_CLUSTERS, searched.digests, searched.size, searched.count);
    searched_make(0);
    for (size_t i = 0; i < 2 * sizeof places / sizeof places[0]; i++) {
        uint32_t labels[MANY] = {0};
        struct work expected = {0};
        const size_t place = i < sizeof places / sizeof places[0] ? places[i] : random_below(&random, searched.count);
        count_pairs(5, labels, 1);
        assert_int_equal(counted.scanned, 0);
        labels[place] = 1;
        expect_pairs_by_scan(5, labels, &expected);
        count_pairs(5, labels, 1);
        searched_assert_work(&expected);
        assert_int_equal(counted.scans, expected.scans);
    }
    iscc_index_free(searched.index);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pairs_meet_once_in_a_table),
        cmocka_unit_test(pairs_meet_once_in_a_scan),
        cmocka_unit_test(tiles_of_one_label_are_left_out),
    };
    return cmocka_run_group_tests_name("index_pairs", tests, NULL, NULL);
}
