/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a query looks at: each key within the plan's radii once, each sketch of these once, no digest whose sketch is
 * too far away, and in a scan each digest once. No test of the results would see more; so the work is counted, and
 * compared with what a model says that looks at everything.
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
#include "support/digests.h"
#include "support/random.h"
#include "support/searched.h"

static bool is_found_before(size_t part_count, const struct iscc_plan *plan, const uint8_t *a, const uint8_t *b)
{
    for (size_t part = 0; part < part_count; part++)
        if ((int)searched_compare(part, a, b).key <= plan->radii[part])
            return true;
    return false;
}

static void expect_scan(const uint8_t *digest, unsigned radius, size_t part_count, struct work *work)
{
    work->scanned += searched.count;
    for (size_t i = 0; i < searched.count; i++)
        work->compared +=
            digests_distance(digest, searched_digest(i), searched.size) <= radius &&
            !is_found_before(part_count, iscc_index_plan(searched.index, radius), digest, searched_digest(i));
}

/* Part by part, until what they cost together is more than a scan costs: this takes the place of the parts that are
 * left. */
static void expect_query(const uint8_t *digest, unsigned radius, struct work *work)
{
    const struct iscc_plan *plan = iscc_index_plan(searched.index, radius);
    double cost = 0;
    size_t part = 0;

    for (; !plan->is_scan && part < searched.index->part_count; part++) {
        size_t entries[ISCC_PART_RADIUS_MAX + 1] = {0};
        size_t near[ISCC_PART_RADIUS_MAX + 1] = {0};
        for (size_t i = 0; i < searched.count; i++) {
            const struct differences differences = searched_compare(part, digest, searched_digest(i));
            if (searched_is_within(part, plan, radius, differences)) {
                entries[differences.key]++;
                near[differences.key] += differences.key + differences.sketch <= radius;
            }
        }
        for (unsigned distance = 0; distance <= ISCC_PART_RADIUS_MAX && distance <= radius; distance++)
            cost +=
                iscc_plan_entries_cost(&searched.index->parts[part], radius, distance, (double)entries[distance], 1);
        if (cost > iscc_plan_scan_cost(8 * searched.size, searched.count))
            break;
        for (unsigned distance = 0; distance <= ISCC_PART_RADIUS_MAX; distance++) {
            work->sketches += entries[distance];
            work->measured += near[distance];
        }
    }
    if (plan->is_scan || part < searched.index->part_count)
        expect_scan(digest, radius, part, work);
}

/* ---- Queries ---- */

static size_t check_query(const uint8_t *digest, unsigned radius)
{
    struct work expected = {0};
    size_t hits = 0;

    expect_query(digest, radius, &expected);
    counting_reset();
    assert_int_equal(iscc_index_each(searched.index, digest, radius, searched_count_hit, &hits), ISCC_OK);
    searched_assert_work(&expected);
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
        searched.size = 4 * (1 + round % 8);
        searched.count = 1 + random_below(&random, round % 5 == 0 ? MANY : FEW);
        if (round % 5 == 1)
            searched.count = ISCC_SEARCH_ROOM;
        digests_fill(&random, round / 8, searched.digests, searched.size, searched.count);
        searched_make(1 + random_below(&random, ISCC_PARTS_MAX));
        for (size_t i = 0; i < 20; i++) {
            const unsigned radius = (unsigned)random_below(&random, ISCC_PLANS);
            uint8_t digest[SEARCHED_BYTES_MAX];
            any_plan(&random, searched.index, radius);
            memcpy(digest, searched_digest(random_below(&random, searched.count)), searched.size);
            digests_change(&random, digest, searched.size, random_below(&random, 6));
            if (check_query(digest, radius) > 0)
                scans++;
            else
                searches++;
        }
        iscc_index_free(searched.index);
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
    searched.size = SEARCHED_BYTES_MAX;
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        searched.count = counts[i];
        digests_fill(&random, DIGESTS_RANDOM, searched.digests, searched.size, searched.count);
        searched_make(ISCC_PARTS_MAX);
        searched.index->plans[RADIUS].is_scan = false;
        memset(searched.index->plans[RADIUS].radii, RADIUS, ISCC_PARTS_MAX);
        for (size_t j = 0; j < 10; j++) {
            uint8_t digest[SEARCHED_BYTES_MAX];
            random_fill(&random, digest, searched.size);
            assert_int_equal(check_query(digest, RADIUS), 0);
        }
        iscc_index_free(searched.index);
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
    unsigned limit = 8 * (unsigned)searched.size;

    work->scanned += searched.count;
    for (size_t i = 0; i < searched.count; i++) {
        hits[i] = (struct iscc_hit){(uint32_t)i, digests_distance(digest, searched_digest(i), searched.size)};
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
    for (size_t reach = searched.index->part_count; reach > 0; reach += searched.index->part_count) {
        size_t within = 0;
        if (iscc_index_plan(searched.index, (unsigned)reach - 1)->is_scan)
            break;
        expect_query(digest, (unsigned)reach - 1, work);
        for (size_t i = 0; i < searched.count; i++)
            within += digests_distance(digest, searched_digest(i), searched.size) < reach;
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
        searched.size = 4 * (1 + round % 8);
        searched.count = 1 + random_below(&random, MANY);
        digests_fill(&random, round / 4, searched.digests, searched.size, searched.count);
        searched_make(random_below(&random, ISCC_PARTS_MAX + 1));
        for (size_t i = 0; i < 10; i++) {
            struct work expected = {0};
            struct iscc_hit hits[20];
            size_t found;
            const size_t capacity = 1 + random_below(&random, sizeof hits / sizeof hits[0]);
            uint8_t digest[SEARCHED_BYTES_MAX];
            memcpy(digest, searched_digest(random_below(&random, searched.count)), searched.size);
            digests_change(&random, digest, searched.size, random_below(&random, 6));
            expect_nearest(digest, capacity, &expected);
            counting_reset();
            assert_int_equal(iscc_index_nearest(searched.index, digest, hits, capacity, &found), ISCC_OK);
            searched_assert_work(&expected);
        }
        iscc_index_free(searched.index);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_query_looks_at_what_its_plan_has),
        cmocka_unit_test(a_query_of_all_probes),
        cmocka_unit_test(the_nearest_are_looked_for_in_growing_radii),
    };
    return cmocka_run_group_tests_name("index_query", tests, NULL, NULL);
}
