/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What searches look at: each key within the plan's radii once, each sketch of these once, no digest whose sketch is
 * too far away, and in a scan each digest once. More would be found by no test of the results; so the work is counted,
 * and compared with what a model of it says that looks at all pairs.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "index_search.h"
#include "support/any_plan.h"
#include "support/counting.h"
#include "support/digests.h"
#include "support/random.h"

/* With so many at most, keys of 14 bits have 1.9 digests on the average, so that hardly any is without. */
enum { SIZE_MAX_BYTES = 32, FEW = 300, MANY = 3000, MOST = 32767 };

static uint8_t digests[(size_t)MOST * SIZE_MAX_BYTES];
static iscc_index *search_index;
static size_t size;
static size_t count;

/* Indexes the digests, in tables of so many parts. */
static void make_index(size_t part_count)
{
    assert_int_equal(iscc_index_new(&search_index, 8 * (unsigned)size), ISCC_OK);
    assert_int_equal(iscc_index_use(search_index, digests, count), ISCC_OK);
    assert_int_equal(iscc_index_build_parts(search_index, part_count), ISCC_OK);
    counting_use(search_index);
    counting_reset();
}

static const uint8_t *digest_at(size_t number)
{
    return digests + number * size;
}

static void assert_work(const struct work *expected)
{
    assert_int_equal(counted.scanned, expected->scanned);
    assert_int_equal(counted.compared, expected->compared);
    assert_int_equal(counted.sketches, expected->sketches);
    assert_int_equal(counted.measured, expected->measured);
    assert_int_equal(counted.empty, 0);
}

/* ---- The model ---- */

/* The bits in which the keys and the sketches of two digests differ in a part. */
struct differences {
    unsigned key;
    unsigned sketch;
};

static struct differences compare_in_part(size_t number, const uint8_t *a, const uint8_t *b)
{
    const struct iscc_part *part = &search_index->parts[number];
    const struct differences differences = {
        (unsigned)__builtin_popcount(iscc_part_key(part, a, size) ^ iscc_part_key(part, b, size)),
        (unsigned)__builtin_popcount(iscc_part_sketch(part, a, size) ^ iscc_part_sketch(part, b, size)),
    };
    return differences;
}

static bool is_within(size_t part, const struct iscc_plan *plan, unsigned radius, struct differences differences)
{
    return (int)differences.key <= plan->radii[part] && differences.key <= radius;
}

static bool is_found_before(size_t part_count, const struct iscc_plan *plan, const uint8_t *a, const uint8_t *b)
{
    for (size_t part = 0; part < part_count; part++)
        if ((int)compare_in_part(part, a, b).key <= plan->radii[part])
            return true;
    return false;
}

static void expect_scan(const uint8_t *digest, unsigned radius, size_t part_count, struct work *work)
{
    work->scanned += count;
    for (size_t i = 0; i < count; i++)
        work->compared += digests_distance(digest, digest_at(i), size) <= radius &&
                          !is_found_before(part_count, iscc_index_plan(search_index, radius), digest, digest_at(i));
}

/* Part by part, until what they cost together is more than a scan costs: this takes the place of the parts that are
 * left. */
static void expect_query(const uint8_t *digest, unsigned radius, struct work *work)
{
    const struct iscc_plan *plan = iscc_index_plan(search_index, radius);
    double cost = 0;
    size_t part = 0;

    for (; !plan->is_scan && part < search_index->part_count; part++) {
        size_t entries[ISCC_PART_RADIUS_MAX + 1] = {0};
        size_t near[ISCC_PART_RADIUS_MAX + 1] = {0};
        for (size_t i = 0; i < count; i++) {
            const struct differences differences = compare_in_part(part, digest, digest_at(i));
            if (is_within(part, plan, radius, differences)) {
                entries[differences.key]++;
                near[differences.key] += differences.key + differences.sketch <= radius;
            }
        }
        for (unsigned distance = 0; distance <= ISCC_PART_RADIUS_MAX && distance <= radius; distance++)
            cost += iscc_plan_entries_cost(&search_index->parts[part], radius, distance, (double)entries[distance], 1);
        if (cost > iscc_plan_scan_cost(8 * size, count))
            break;
        for (unsigned distance = 0; distance <= ISCC_PART_RADIUS_MAX; distance++) {
            work->sketches += entries[distance];
            work->measured += near[distance];
        }
    }
    if (plan->is_scan || part < search_index->part_count)
        expect_scan(digest, radius, part, work);
}

/* ---- Queries ---- */

static int count_hit(void *context, uint32_t first, uint32_t second, unsigned distance)
{
    (void)first;
    (void)second;
    (void)distance;
    ++*(size_t *)context;
    return 0;
}

static size_t check_query(const uint8_t *digest, unsigned radius)
{
    struct work expected = {0};
    size_t hits = 0;

    expect_query(digest, radius, &expected);
    counting_reset();
    assert_int_equal(iscc_index_each(search_index, digest, radius, count_hit, &hits), ISCC_OK);
    assert_work(&expected);
    assert_int_equal(counted.scans, (expected.scanned + ISCC_SEARCH_ROOM - 1) / ISCC_SEARCH_ROOM);
    return expected.scanned;
}

static void a_query_looks_at_what_its_plan_has(void **state)
{
    uint64_t random = random_seed();
    size_t scans = 0;
    size_t searches = 0;

    (void)state;
    for (size_t round = 0; round < 8 * DIGESTS_KINDS; round++) {
        size = 4 * (1 + round % 8);
        count = 1 + random_below(&random, round % 5 == 0 ? MANY : FEW);
        digests_fill(&random, round / 8, digests, size, count);
        make_index(1 + random_below(&random, ISCC_PARTS_MAX));
        for (size_t i = 0; i < 20; i++) {
            const unsigned radius = (unsigned)random_below(&random, ISCC_PLANS);
            uint8_t digest[SIZE_MAX_BYTES];
            any_plan(&random, search_index, radius);
            memcpy(digest, digest_at(random_below(&random, count)), size);
            digests_change(&random, digest, size, random_below(&random, 6));
            if (check_query(digest, radius) > 0)
                scans++;
            else
                searches++;
        }
        iscc_index_free(search_index);
    }
    assert_true(scans > 100 && searches > 100);
}

/* All keys within the greatest radius of all parts: with many digests more than are looked up together, and with few
 * as many distances of parts. */
static void a_query_of_all_probes(void **state)
{
    enum { RADIUS = ISCC_PART_RADIUS_MAX };
    static const size_t counts[] = {1023, MOST};
    uint64_t random = random_seed();

    (void)state;
    size = SIZE_MAX_BYTES;
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        count = counts[i];
        digests_fill(&random, DIGESTS_RANDOM, digests, size, count);
        make_index(ISCC_PARTS_MAX);
        search_index->plans[RADIUS].is_scan = false;
        memset(search_index->plans[RADIUS].radii, RADIUS, ISCC_PARTS_MAX);
        for (size_t j = 0; j < 10; j++) {
            uint8_t digest[SIZE_MAX_BYTES];
            random_fill(&random, digest, size);
            assert_int_equal(check_query(digest, RADIUS), 0);
        }
        iscc_index_free(search_index);
    }
}

/* ---- The nearest ---- */

static int by_distance(const void *a, const void *b)
{
    const struct iscc_hit *x = a;
    const struct iscc_hit *y = b;
    if (x->distance != y->distance)
        return x->distance < y->distance ? -1 : 1;
    return (x->number > y->number) - (x->number < y->number);
}

/* Run by run; of each one only what can still be among the best when it begins is looked at more closely. */
static void expect_nearest_scan(const uint8_t *digest, size_t capacity, struct work *work)
{
    static struct iscc_hit hits[MANY];
    unsigned limit = 8 * (unsigned)size;

    work->scanned += count;
    for (size_t i = 0; i < count; i++) {
        hits[i] = (struct iscc_hit){(uint32_t)i, digests_distance(digest, digest_at(i), size)};
        work->compared += hits[i].distance <= limit;
        if ((i + 1) % ISCC_SEARCH_ROOM == 0 && i >= capacity) {
            qsort(hits, i + 1, sizeof hits[0], by_distance);
            limit = hits[capacity - 1].distance;
        }
    }
}

/* Radius by radius, each of which lets all parts go one bit farther, until there are enough; or a scan. */
static void expect_nearest(const uint8_t *digest, size_t capacity, struct work *work)
{
    for (size_t reach = search_index->part_count; reach > 0; reach += search_index->part_count) {
        size_t within = 0;
        if (iscc_index_plan(search_index, (unsigned)reach - 1)->is_scan)
            break;
        expect_query(digest, (unsigned)reach - 1, work);
        for (size_t i = 0; i < count; i++)
            within += digests_distance(digest, digest_at(i), size) < reach;
        if (within >= capacity)
            return;
    }
    expect_nearest_scan(digest, capacity, work);
}

static void the_nearest_are_looked_for_in_growing_radii(void **state)
{
    uint64_t random = random_seed();

    (void)state;
    for (size_t round = 0; round < 4 * DIGESTS_KINDS; round++) {
        size = 4 * (1 + round % 8);
        count = 1 + random_below(&random, MANY);
        digests_fill(&random, round / 4, digests, size, count);
        make_index(random_below(&random, ISCC_PARTS_MAX + 1));
        for (size_t i = 0; i < 10; i++) {
            struct work expected = {0};
            struct iscc_hit hits[20];
            size_t found;
            const size_t capacity = 1 + random_below(&random, sizeof hits / sizeof hits[0]);
            uint8_t digest[SIZE_MAX_BYTES];
            memcpy(digest, digest_at(random_below(&random, count)), size);
            digests_change(&random, digest, size, random_below(&random, 6));
            expect_nearest(digest, capacity, &expected);
            counting_reset();
            assert_int_equal(iscc_index_nearest(search_index, digest, hits, capacity, &found), ISCC_OK);
            assert_work(&expected);
        }
        iscc_index_free(search_index);
    }
}

/* ---- All pairs ---- */

static bool is_wanted(const uint32_t *labels, size_t a, size_t b)
{
    return labels == NULL || labels[a] != labels[b];
}

/* In each part, two digests whose keys are within its radius are compared by their sketches once. */
static void expect_pairs_by_tables(unsigned radius, const uint32_t *labels, struct work *work)
{
    const struct iscc_plan *plan = iscc_index_plan(search_index, radius);

    for (size_t part = 0; part < search_index->part_count; part++)
        for (size_t i = 0; i < count; i++)
            for (size_t j = 0; j < i; j++) {
                const struct differences differences = compare_in_part(part, digest_at(i), digest_at(j));
                if (!is_within(part, plan, radius, differences))
                    continue;
                work->sketches++;
                work->measured += differences.key + differences.sketch <= radius && is_wanted(labels, i, j);
            }
}

/* Labels in runs, so that many that stand together have the same. */
static void fill_labels(uint64_t *random, uint32_t labels[], size_t length)
{
    uint32_t label = 0;
    for (size_t i = 0; i < count; i++) {
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
        assert_int_equal(iscc_index_pairs_across(search_index, radius, labels, slice, slices, count_hit, &told),
                         ISCC_OK);
}

static void pairs_meet_once_in_a_table(void **state)
{
    uint64_t random = random_seed();

    (void)state;
    for (size_t round = 0; round < 4 * DIGESTS_KINDS; round++) {
        uint32_t labels[FEW];
        size = 4 * (1 + round % 8);
        count = 1 + random_below(&random, FEW);
        digests_fill(&random, round / 4, digests, size, count);
        make_index(1 + random_below(&random, ISCC_PARTS_MAX));
        fill_labels(&random, labels, 50);
        for (unsigned radius = 0; radius < search_index->part_count * (ISCC_PART_RADIUS_MAX + 1); radius++) {
            struct work expected = {0};
            const uint32_t *chosen = random_below(&random, 2) == 0 ? NULL : labels;
            any_plan(&random, search_index, radius);
            expect_pairs_by_tables(radius, chosen, &expected);
            count_pairs(radius, chosen, 1 + random_below(&random, 4));
            assert_work(&expected);
        }
        iscc_index_free(search_index);
    }
}

enum { ROWS = 64, TILE = 1024 };

/* Whether all digests of the tile with the one at `place` have the label: a tile begins behind the block of rows and
 * ends where the last row has met the half of all. */
static bool is_tile_of(const uint32_t *labels, uint32_t label, size_t block, size_t rows_end, size_t place)
{
    const size_t begin = block + 1 + (place - block - 1) / TILE * TILE;
    for (size_t i = begin; i < begin + TILE && i < rows_end + count / 2; i++)
        if (labels[i % count] != label)
            return false;
    return true;
}

/* Each digest is compared with the half of all others that follows it, a tile at a time; not with a tile of its own
 * label. A run of a scan goes to the end of the tile or of all digests. */
static void expect_pairs_by_scan(unsigned radius, const uint32_t *labels, struct work *work)
{
    for (size_t row = 0; row < count; row++) {
        const size_t block = row / ROWS * ROWS;
        const size_t rows_end = block + ROWS < count ? block + ROWS : count;
        const size_t others = row < count / 2 ? count / 2 : (count - 1) / 2;
        bool is_left_out = false;
        for (size_t place = row + 1; place <= row + others; place++) {
            const bool is_new_tile = place == row + 1 || (place - block - 1) % TILE == 0;
            if (is_new_tile)
                is_left_out = labels != NULL && is_tile_of(labels, labels[row], block, rows_end, place);
            if (is_left_out)
                continue;
            work->scanned++;
            work->scans += is_new_tile || place == count;
            work->compared += is_wanted(labels, row, place % count) &&
                              digests_distance(digest_at(row), digest_at(place % count), size) <= radius;
        }
    }
}

static void pairs_meet_once_in_a_scan(void **state)
{
    static const size_t counts[] = {1, 2, 3, 63, 64, 65, 128, 129, 1023, 1024, 1025, 2048, 2049, MANY - 1, MANY};
    uint64_t random = random_seed();

    (void)state;
    size = 4;
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        static uint32_t labels[MANY];
        count = counts[i];
        digests_fill(&random, DIGESTS_CLUSTERS, digests, size, count);
        make_index(0);
        fill_labels(&random, labels, 1000);
        for (int labelled = 0; labelled < 2; labelled++) {
            struct work expected = {0};
            expect_pairs_by_scan(5, labelled ? labels : NULL, &expected);
            count_pairs(5, labelled ? labels : NULL, 1);
            assert_work(&expected);
            assert_int_equal(counted.scans, expected.scans);
        }
        memset(labels, 0, sizeof labels);
        count_pairs(5, labels, 1);
        assert_int_equal(counted.scanned, 0);
        count_pairs(5, NULL, 7);
        assert_int_equal(counted.scanned, count * (count - 1) / 2);
        iscc_index_free(search_index);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_query_looks_at_what_its_plan_has),
        cmocka_unit_test(a_query_of_all_probes),
        cmocka_unit_test(the_nearest_are_looked_for_in_growing_radii),
        cmocka_unit_test(pairs_meet_once_in_a_table),
        cmocka_unit_test(pairs_meet_once_in_a_scan),
    };
    return cmocka_run_group_tests_name("index_work", tests, NULL, NULL);
}
