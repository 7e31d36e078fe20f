/* SPDX-License-Identifier: Apache-2.0 */
/* Digests in an index that counts what is looked at. */
#include "searched.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "digests.h"
#include "support/random.h"

struct searched searched;

void searched_make(size_t part_count)
{
    assert_int_equal(iscc_index_new(&searched.index, 8 * (unsigned)searched.size), ISCC_OK);
    assert_int_equal(iscc_index_use(searched.index, searched.digests, searched.count), ISCC_OK);
    assert_int_equal(iscc_index_build_parts(searched.index, part_count), ISCC_OK);
    counting_use(searched.index);
    counting_reset();
}

const uint8_t *searched_digest(size_t number)
{
    return searched.digests + number * searched.size;
}

void searched_near(uint64_t *random, uint8_t *digest)
{
    memcpy(digest, searched_digest(random_below(random, searched.count)), searched.size);
    digests_change(random, digest, searched.size, random_below(random, 6));
}

void searched_assert_work(const struct work *expected)
{
    assert_int_equal(counted.scanned, expected->scanned);
    assert_int_equal(counted.compared, expected->compared);
    assert_int_equal(counted.sketches, expected->sketches);
    assert_int_equal(counted.measured, expected->measured);
    assert_int_equal(counted.empty, 0);
}

int searched_count_hit(void *context, uint32_t first, uint32_t second, unsigned distance)
{
    (void)first;
    (void)second;
    (void)distance;
    ++*(size_t *)context;
    return 0;
}

struct differences searched_compare(size_t number, const uint8_t *a, const uint8_t *b)
{
    const struct iscc_part *part = &searched.index->parts[number];
    const size_t size = searched.size;
    const struct differences differences = {
        (unsigned)__builtin_popcount(iscc_part_key(part, a, size) ^ iscc_part_key(part, b, size)),
        (unsigned)__builtin_popcount(iscc_part_sketch(part, a, size) ^ iscc_part_sketch(part, b, size)),
    };
    return differences;
}

bool searched_is_within(size_t part, const struct iscc_plan *plan, unsigned radius, struct differences differences)
{
    return (int)differences.key <= plan->radii[part] && differences.key <= radius;
}

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

void searched_expect_query(const uint8_t *digest, unsigned radius, struct work *work)
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
