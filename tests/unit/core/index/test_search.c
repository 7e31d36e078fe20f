/* SPDX-License-Identifier: Apache-2.0 */
/* The searches of an index against brute force: digests of any kind, any number of parts, any radius. */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "digests.h"
#include "index/plan.h"
#include "support/random.h"
#include "support/unit.h"

/* Pairs of few are compared with those of a plain loop, and of many with those of an index without tables, which the
 * plain loop has checked. */
enum { FEW = 200, MANY = 6000, MOST = 131071, BYTES_MAX = 32 };

static uint8_t digests[MOST * BYTES_MAX];
static size_t size; /* of one */
static size_t count;
static iscc_index *tables;

static uint8_t *digest_at(size_t number)
{
    return digests + number * size;
}

static iscc_index *new_index(void)
{
    iscc_index *index = NULL;
    assert_int_equal(iscc_index_new(&index, 8 * (unsigned)size), ISCC_OK);
    assert_int_equal(iscc_index_use(index, digests, count), ISCC_OK);
    return index;
}

/* What a search reports, in any order: different results almost never have the same sum. */
struct reported {
    uint64_t count;
    uint64_t sum;
};

static int add_pair(void *context, uint32_t first, uint32_t second, unsigned distance)
{
    struct reported *reported = context;
    uint64_t mixed = ((uint64_t)first << 32 | second) * UINT64_C(0x9e3779b97f4a7c15) + distance;

    mixed = (mixed ^ mixed >> 29) * UINT64_C(0xbf58476d1ce4e5b9);
    reported->count++;
    reported->sum += mixed ^ mixed >> 32;
    return 0;
}

static void assert_same(const struct reported *found, const struct reported *expected)
{
    assert_int_equal(found->count, expected->count);
    assert_true(found->sum == expected->sum);
}

/* ---- Queries ---- */

static bool is_before(struct iscc_hit a, struct iscc_hit b)
{
    return a.distance != b.distance ? a.distance < b.distance : a.number < b.number;
}

/* The hits are in order, and no digest that is missing would come before the last of them. */
static void assert_best(const uint8_t *digest, const struct iscc_hit *hits, size_t found)
{
    size_t before_last = 0;

    for (size_t i = 0; i < found; i++) {
        assert_in_range(hits[i].number, 0, count - 1);
        assert_int_equal(hits[i].distance, digests_distance(digest, digest_at(hits[i].number), size));
        assert_true(i == 0 || is_before(hits[i - 1], hits[i]));
    }
    for (size_t i = 0; i < count && found > 0; i++) {
        const struct iscc_hit hit = {(uint32_t)i, digests_distance(digest, digest_at(i), size)};
        before_last += is_before(hit, hits[found - 1]);
    }
    assert_int_equal(before_last, found > 0 ? found - 1 : 0);
}

static void check_query(const uint8_t *digest, unsigned radius, size_t capacity)
{
    /* No larger than needed, so that sanitizers detect a write past the end. */
    struct iscc_hit *hits = capacity == 0 ? NULL : malloc(capacity * sizeof *hits);
    struct reported expected = {0};
    struct reported reported = {0};
    size_t found = 0;

    assert_true(hits != NULL || capacity == 0);
    for (size_t i = 0; i < count; i++) {
        const unsigned distance = digests_distance(digest, digest_at(i), size);
        if (distance <= radius)
            add_pair(&expected, 0, (uint32_t)i, distance);
    }
    assert_int_equal(iscc_index_each(tables, digest, radius, add_pair, &reported), ISCC_OK);
    assert_same(&reported, &expected);
    assert_int_equal(iscc_index_query(tables, digest, radius, hits, capacity, &found), ISCC_OK);
    assert_int_equal(found, expected.count);
    assert_best(digest, hits, found < capacity ? found : capacity);
    assert_int_equal(iscc_index_nearest(tables, digest, hits, capacity, &found), ISCC_OK);
    assert_int_equal(found, capacity < count ? capacity : count);
    assert_best(digest, hits, found);
    free(hits);
}

/* Queries for a random digest, for the first one, and for some near others. */
static void check_queries(uint64_t *random, unsigned radius)
{
    uint8_t digest[BYTES_MAX];

    random_fill(random, digest, sizeof digest);
    check_query(digest, radius, random_below(random, 20));
    for (int i = 0; count > 0 && i < 3; i++) {
        memcpy(digest, digest_at(i == 0 ? 0 : random_below(random, count)), size);
        digests_change(random, digest, size, i == 0 ? 0 : random_below(random, 6));
        check_query(digest, radius, random_below(random, i == 0 ? count + 2 : 20));
    }
}

/* ---- Pairs ---- */

static struct reported search_pairs(const iscc_index *index, unsigned radius, const uint32_t *labels, size_t slices)
{
    struct reported reported = {0};

    for (size_t slice = 0; slice < slices; slice++)
        assert_int_equal(labels == NULL
                             ? iscc_index_pairs(index, radius, slice, slices, add_pair, &reported)
                             : iscc_index_pairs_across(index, radius, labels, slice, slices, add_pair, &reported),
                         ISCC_OK);
    return reported;
}

static struct reported compare_all(unsigned radius, const uint32_t *labels)
{
    struct reported expected = {0};

    for (size_t i = 0; i < count; i++)
        for (size_t j = i + 1; j < count; j++) {
            const unsigned distance = digests_distance(digest_at(i), digest_at(j), size);
            if (distance <= radius && digests_labels_differ(labels, i, j))
                add_pair(&expected, (uint32_t)i, (uint32_t)j, distance);
        }
    return expected;
}

/* In runs, so that neighbours often have the same label. */
static void fill_labels(uint64_t *random, uint32_t *labels, size_t length)
{
    uint32_t label = 0;

    for (size_t i = 0; i < count; i++) {
        if (random_below(random, length) == 0)
            label = (uint32_t)random_below(random, 3);
        labels[i] = label;
    }
}

static void check_pairs(uint64_t *random, unsigned radius)
{
    uint32_t labels[FEW];

    fill_labels(random, labels, 1 + random_below(random, FEW));
    for (int labelled = 0; labelled < 2; labelled++) {
        const struct reported expected = compare_all(radius, labelled ? labels : NULL);
        const struct reported found =
            search_pairs(tables, radius, labelled ? labels : NULL, 1 + random_below(random, 9));
        assert_same(&found, &expected);
    }
}

/* ---- Tests ---- */

static void few_digests(void **state)
{
    uint64_t random = random_seed();

    (void)state;
    for (size_t round = 0; round < 8 * DIGESTS_KINDS; round++) {
        size = 4 * (1 + round % 8);
        count = random_below(&random, FEW + 1);
        digests_fill(&random, (enum digests_kind)(round / 8), digests, size, count);
        tables = new_index();
        for (size_t part_count = 0; part_count <= ISCC_PARTS_MAX; part_count += 1 + random_below(&random, 3)) {
            assert_int_equal(iscc_plan_build(tables, part_count), ISCC_OK);
            for (unsigned radius = 0; radius < 4; radius++)
                check_queries(&random, radius);
            check_queries(&random, (unsigned)random_below(&random, 8 * size + 2));
            check_pairs(&random, (unsigned)random_below(&random, 4));
            check_pairs(&random, (unsigned)random_below(&random, 8 * size + 2));
        }
        iscc_index_free(tables);
    }
}

/* Twice as many digests of one label as a scan compares at once, with one of another label among them. */
static void long_runs_of_a_label(void **state)
{
    static uint32_t labels[MANY];
    uint64_t random = random_seed();

    (void)state;
    size = 4;
    count = 2500;
    digests_fill(&random, DIGESTS_CLUSTERS, digests, size, count);
    tables = new_index();
    for (int round = 0; round < 4; round++) {
        if (round % 2 == 0)
            fill_labels(&random, labels, 1000);
        else
            memset(labels, 0, sizeof labels);
        labels[random_below(&random, count)] = 1;
        const struct reported expected = compare_all(5, labels);
        const struct reported found = search_pairs(tables, 5, labels, 1 + random_below(&random, 9));
        assert_same(&found, &expected);
    }
    iscc_index_free(tables);
}

/* The pairs at each distance, from comparing all with all. */
static struct reported at_distance[ISCC_PLANS];

static int add_at_distance(void *context, uint32_t first, uint32_t second, unsigned distance)
{
    (void)context;
    return add_pair(&at_distance[distance], first, second, distance);
}

static void check_many(uint64_t *random, unsigned radius)
{
    const struct reported found = search_pairs(tables, radius, NULL, 1 + random_below(random, 9));
    struct reported expected = {0};

    for (unsigned distance = 0; distance <= radius; distance++) {
        expected.count += at_distance[distance].count;
        expected.sum += at_distance[distance].sum;
    }
    assert_same(&found, &expected);
    check_queries(random, radius);
}

static void many_digests(void **state)
{
    static const size_t sizes[] = {8, 16, 32};
    uint64_t random = random_seed();
    bool is_searched[ISCC_PART_RADIUS_MAX + 1] = {false};

    (void)state;
    for (enum digests_kind kind = 0; kind < DIGESTS_KINDS; kind++) {
        /* So many that tables pay even with the greatest radius of a part, and that a key has more entries than are
         * searched together; the other kinds would find too many pairs. */
        const bool is_large = kind == DIGESTS_RANDOM || kind == DIGESTS_CLUSTERS || kind == DIGESTS_SHARE_KEYS;
        count = is_large ? MANY : MANY / 6;
        size = is_large ? 32 : sizes[random_below(&random, 3)];
        digests_fill(&random, kind, digests, size, count);
        tables = new_index();
        memset(at_distance, 0, sizeof at_distance);
        assert_int_equal(iscc_index_pairs(tables, ISCC_PLANS - 1, 0, 1, add_at_distance, NULL), ISCC_OK);
        for (size_t part_count = 1; part_count <= ISCC_PARTS_MAX; part_count += 3) {
            assert_int_equal(iscc_plan_build(tables, part_count), ISCC_OK);
            for (unsigned radius = (unsigned)part_count - 1; radius < ISCC_PLANS; radius += (unsigned)part_count) {
                const struct iscc_plan *plan = iscc_plan_of(tables, radius);
                if (!plan->is_scan)
                    check_many(&random, radius);
                for (size_t part = 0; part < part_count; part++)
                    if (plan->radii[part] >= 0)
                        is_searched[plan->radii[part]] = true;
            }
        }
        assert_int_equal(iscc_index_build(tables, 12), ISCC_OK);
        check_many(&random, 12);
        iscc_index_free(tables);
    }
    for (unsigned radius = 0; radius <= ISCC_PART_RADIUS_MAX; radius++)
        assert_true(is_searched[radius]);
}

/* All keys within the greatest radius of all parts, though it never pays: most have entries, which are more ranges than
 * are searched together. */
static void a_query_of_all_keys(void **state)
{
    uint64_t random = random_seed();

    (void)state;
    size = BYTES_MAX;
    count = MOST;
    digests_fill(&random, DIGESTS_RANDOM, digests, size, count);
    tables = new_index();
    assert_int_equal(iscc_plan_build(tables, ISCC_PARTS_MAX), ISCC_OK);
    tables->plans[ISCC_PART_RADIUS_MAX].is_scan = false;
    memset(tables->plans[ISCC_PART_RADIUS_MAX].radii, ISCC_PART_RADIUS_MAX, ISCC_PARTS_MAX);
    check_queries(&random, ISCC_PART_RADIUS_MAX);
    iscc_index_free(tables);
}

/* No tables are built for such radii, not even if radius + 1 overflows to zero. */
static void a_radius_above_the_number_of_bits(void **state)
{
    static const unsigned radii[] = {ISCC_PLANS, 256, UINT_MAX - 1, UINT_MAX};
    uint64_t random = random_seed();

    (void)state;
    size = 16;
    count = FEW;
    digests_fill(&random, DIGESTS_RANDOM, digests, size, count);
    tables = new_index();
    for (size_t i = 0; i < sizeof radii / sizeof radii[0]; i++) {
        assert_int_equal(iscc_plan_build(tables, 4), ISCC_OK);
        check_queries(&random, radii[i]);
        assert_int_equal(iscc_index_build(tables, radii[i]), ISCC_OK);
        check_queries(&random, radii[i]);
        check_pairs(&random, radii[i]);
    }
    iscc_index_free(tables);
}

static void digests_that_are_added_later(void **state)
{
    uint64_t random = random_seed();

    (void)state;
    for (size = 4; size <= BYTES_MAX; size += 4) {
        count = 0;
        assert_int_equal(iscc_index_new(&tables, 8 * (unsigned)size), ISCC_OK);
        digests_fill(&random, DIGESTS_CLUSTERS, digests, size, FEW);
        while (count < FEW) {
            const size_t more = 1 + random_below(&random, FEW - count);
            assert_int_equal(iscc_index_add(tables, digest_at(count), more), ISCC_OK);
            count += more;
            assert_int_equal(iscc_index_count(tables), count);
            check_queries(&random, 3);
            assert_int_equal(iscc_plan_build(tables, 4), ISCC_OK);
            check_queries(&random, 3);
            check_pairs(&random, 3);
        }
        iscc_index_free(tables);
    }
}

TEST_FILE(search)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(few_digests),
        cmocka_unit_test(long_runs_of_a_label),
        cmocka_unit_test(many_digests),
        cmocka_unit_test(a_query_of_all_keys),
        cmocka_unit_test(a_radius_above_the_number_of_bits),
        cmocka_unit_test(digests_that_are_added_later),
    };
    return cmocka_run_group_tests_name("index_search", tests, NULL, NULL);
}
