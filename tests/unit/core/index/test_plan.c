/* SPDX-License-Identifier: Apache-2.0 */
/* How a radius is shared out among parts: every plan must find all, and none must be cheaper. */
#include <limits.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "index/index.h"
#include "plan_model.h"
#include "support/soil.h"
#include "support/random.h"

/* ---- Costs ---- */

static void a_scan_compares_words(void **state)
{
    static const size_t counts[] = {0, 1, 2, 1000, (size_t)1 << 31};

    (void)state;
    for (size_t bits = 1; bits <= 320; bits++)
        for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++)
            plan_assert_near(iscc_plan_scan_cost(bits, counts[i]), plan_model_scan(bits, counts[i]));
}

/* Any part, with shares and populations that grow as they must. */
static void any_part(uint64_t *random, struct iscc_part *part)
{
    double population = 0;

    *part = (struct iscc_part){.width = 1 + (unsigned)random_below(random, ISCC_PART_WIDTH_MAX),
                               .sketch_bits = (unsigned)random_below(random, ISCC_SKETCH_BITS + 1)};
    for (size_t distance = 0; distance <= ISCC_PART_RADIUS_MAX; distance++) {
        double share = 0;
        const size_t least = random_below(random, part->sketch_bits + 1);
        for (size_t i = 0; i <= part->sketch_bits; i++) {
            if (i >= least)
                share += (1 - share) * (double)random_below(random, 1000) / 2000;
            part->shares[distance][i] = share;
        }
        population += (double)random_below(random, (size_t)1 << (3 * distance + random_below(random, 7)));
        part->populations[distance] = population;
    }
}

static void entries_are_loaded_once_for_all_queries(void **state)
{
    static const double queries[] = {0, 0.5, 1, 1.5, 2, 3, 7.25, ISCC_QUERIES_MAX};
    uint64_t random = random_seed();

    (void)state;
    for (size_t round = 0; round < 20; round++) {
        struct iscc_part part;
        any_part(&random, &part);
        for (unsigned radius = 0; radius <= 40; radius++)
            for (unsigned distance = 0; distance <= ISCC_PART_RADIUS_MAX; distance++)
                for (size_t i = 0; i < sizeof queries / sizeof queries[0]; i++)
                    plan_assert_near(iscc_plan_entries_cost(&part, radius, distance, 5.5, queries[i]),
                                     plan_model_entries(&part, radius, distance, 5.5, queries[i]));
    }
}

/* ---- Plans ---- */

/* Two digests that differ in r_i + 1 bits in each part must be beyond the radius, and the parts must be bits of their
 * own. */
static void check_plan(size_t bits, size_t part_count, size_t digest_count, unsigned radius)
{
    struct iscc_part parts[ISCC_PARTS_MAX] = {0};
    struct iscc_plan plan;
    unsigned end = 0;
    unsigned sum = 0;

    iscc_plan_layout(parts, part_count, bits, digest_count);
    for (size_t i = 0; i < part_count; i++) {
        for (unsigned j = 0; j <= ISCC_PART_RADIUS_MAX; j++)
            parts[i].populations[j] = (double)((i * 7 + digest_count) % 13) * (j + 1);
        assert_in_range(parts[i].width, 1, ISCC_PART_WIDTH_MAX);
        assert_in_range(parts[i].start, end, bits);
        end = parts[i].start + parts[i].width;
        assert_in_range(end, 1, bits);
    }
    iscc_plan_make(parts, part_count, bits, digest_count, radius, &plan);
    for (size_t i = 0; i < part_count; i++) {
        assert_in_range(plan.radii[i] + 1, 0, ISCC_PART_RADIUS_MAX + 1);
        sum += (unsigned)(plan.radii[i] + 1);
    }
    if (plan.is_scan)
        assert_int_equal(sum, 0);
    else
        assert_int_equal(sum, radius + 1);
    if (radius >= part_count * (ISCC_PART_RADIUS_MAX + 1))
        assert_true(plan.is_scan);
}

static void every_plan_finds_all(void **state)
{
    static const size_t counts[] = {1, 1000, 1000000, (size_t)1 << 31};

    (void)state;
    double cost = 0;
    assert_true(iscc_plan_parts(128, 1000000, 12, &cost) > 0);
    assert_true(cost < iscc_plan_scan_cost(128, 1000000));
    assert_int_equal(iscc_plan_parts(128, 1000000, UINT_MAX, &cost), 0);
    assert_true(cost == iscc_plan_scan_cost(128, 1000000));
    for (size_t bits = 32; bits <= 256; bits += 32)
        for (size_t part_count = 1; part_count <= ISCC_PARTS_MAX; part_count++)
            for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
                for (unsigned radius = 0; radius <= bits; radius++)
                    check_plan(bits, part_count, counts[i], radius);
                check_plan(bits, part_count, counts[i], UINT_MAX);
            }
}

/* No way to share the radius out is cheaper, and the plan costs what it is said to. */
static void check_cost(const struct iscc_part parts[], size_t part_count, size_t bits, size_t count, unsigned radius)
{
    struct iscc_plan plan;
    double cost = 0;

    const double scan = plan_model_scan(bits, count);
    const double least = plan_model_least(parts, part_count, radius);
    soil_memory(0);
    const double made = iscc_plan_make(parts, part_count, bits, count, radius, &plan);
    plan_assert_near(made, fmin(least, scan));
    for (size_t i = 0; i < ISCC_PARTS_MAX; i++) {
        if (plan.is_scan || i >= part_count)
            assert_int_equal(plan.radii[i], -1);
        else
            cost += plan_model_part(&parts[i], radius, (unsigned)(plan.radii[i] + 1));
    }
    if (!plan.is_scan)
        plan_assert_near(cost, made);
    if (fabs(least - scan) > 1e-9 * scan)
        assert_int_equal(plan.is_scan, scan < least);
}

static void no_plan_is_cheaper(void **state)
{
    static const size_t counts[] = {1, 100, 3000, 1000000, (size_t)1 << 31};
    uint64_t random = random_seed();

    (void)state;
    for (size_t round = 0; round < 200; round++) {
        /* What is behind the parts must not be used, though it costs little. */
        struct iscc_part parts[ISCC_PARTS_MAX + 1];
        /* To try all takes five times as long for each part more. */
        const size_t part_count = round < 2 ? ISCC_PARTS_MAX : 1 + round % 5;
        const size_t bits = 32 * (1 + random_below(&random, 8));
        const size_t count = counts[random_below(&random, sizeof counts / sizeof counts[0])];
        for (size_t i = 0; i < part_count; i++)
            any_part(&random, &parts[i]);
        for (size_t i = part_count; i <= ISCC_PARTS_MAX; i++)
            parts[i] = (struct iscc_part){.width = 1};
        for (unsigned radius = 0; radius <= part_count * (PLAN_MODEL_CHOICES - 1); radius++) {
            check_cost(parts, part_count, bits, round < 2 ? (size_t)1 << 31 : count, radius);
            check_cost(parts, part_count, bits, (size_t)1 << 31, radius);
        }
    }
}

/* Nine nanoseconds each: to look up one key that nothing has, and to compare 75 words. Both are exact. */
static void a_scan_is_as_good_as_tables(void **state)
{
    const struct iscc_part part = {.width = 1};
    struct iscc_plan plan;

    (void)state;
    for (size_t count = 74; count <= 76; count++) {
        iscc_plan_make(&part, 1, 64, count, 0, &plan);
        assert_int_equal(plan.is_scan, count <= 75);
    }
}

/* The best number of parts, which is the least of those that cost as much: they take less memory. */
static size_t plan_model_best(size_t bits, size_t count, unsigned radius, double *cost)
{
    size_t best = 0;

    *cost = plan_model_scan(bits, count);
    for (size_t part_count = 1; part_count <= ISCC_PARTS_MAX; part_count++) {
        struct iscc_part parts[ISCC_PARTS_MAX];
        iscc_plan_layout(parts, part_count, bits, count);
        for (size_t i = 0; i < part_count; i++)
            plan_model_spread(&parts[i], count);
        const double made = plan_model_least(parts, part_count, radius);
        if (made < *cost * (1 - 1e-9)) {
            *cost = made;
            best = part_count;
        }
    }
    return best;
}

static void no_other_number_of_parts_is_better(void **state)
{
    static const size_t counts[] = {1, 2, 300, 20000, 1000000, (size_t)1 << 31};
    static const unsigned radii[] = {0, 1, 2, 3, 5, 8, 12, 17, 24, 31, 32};
    size_t times[ISCC_PARTS_MAX + 1] = {0};

    (void)state;
    for (size_t bits = 32; bits <= 256; bits *= 2)
        for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++)
            for (size_t j = 0; j < sizeof radii / sizeof radii[0]; j++) {
                double cost = 0;
                double expected = 0;
                const size_t best = plan_model_best(bits, counts[i], radii[j], &expected);
                soil_memory(0);
                assert_int_equal(iscc_plan_parts(bits, counts[i], radii[j], &cost), best);
                plan_assert_near(cost, expected);
                times[best]++;
            }
    for (size_t part_count = 0; part_count <= ISCC_PARTS_MAX; part_count++)
        assert_true(times[part_count] > 0);
}

/* Tables that were there before have left plans behind. */
static void an_index_without_tables_is_scanned(void **state)
{
    uint8_t digests[8][4];
    uint64_t random = random_seed();
    iscc_index *index = NULL;

    (void)state;
    random_fill(&random, digests, sizeof digests);
    assert_int_equal(iscc_index_new(&index, 8 * sizeof digests[0]), ISCC_OK);
    assert_int_equal(iscc_index_use(index, digests, 8), ISCC_OK);
    for (size_t part_count = ISCC_PARTS_MAX; part_count > 0; part_count--) {
        assert_int_equal(iscc_index_build_parts(index, part_count), ISCC_OK);
        for (unsigned radius = 0; radius < ISCC_PLANS; radius++) {
            index->plans[radius].is_scan = false;
            assert_ptr_equal(iscc_index_plan(index, radius), &index->plans[radius]);
        }
        assert_true(iscc_index_plan(index, ISCC_PLANS)->is_scan);
        assert_true(iscc_index_plan(index, UINT_MAX)->is_scan);
        iscc_index_drop_parts(index);
        assert_true(iscc_index_plan(index, 0)->is_scan);
    }
    iscc_index_free(index);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_scan_compares_words),
        cmocka_unit_test(entries_are_loaded_once_for_all_queries),
        cmocka_unit_test(every_plan_finds_all),
        cmocka_unit_test(no_plan_is_cheaper),
        cmocka_unit_test(a_scan_is_as_good_as_tables),
        cmocka_unit_test(no_other_number_of_parts_is_better),
        cmocka_unit_test(an_index_without_tables_is_scanned),
    };
    return cmocka_run_group_tests_name("index_plan", tests, NULL, NULL);
}
