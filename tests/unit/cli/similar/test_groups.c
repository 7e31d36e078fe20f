/* SPDX-License-Identifier: Apache-2.0 */
/* Groups of near duplicates against a literal implementation of the rules, with any number of threads. */
#include <stdlib.h>
#include <string.h>

#include "bench/brute_force.h"
#include "core/index/digests.h"
#include "similar/groups.h"
#include "support/random.h"
#include "support/unit.h"

enum { COUNT_MAX = 1500, THREADS_MAX = 8 };

static uint8_t digests[COUNT_MAX * 32];
static struct group_assignment expected[COUNT_MAX];
static struct group_assignment assignments[COUNT_MAX];

static unsigned distance_of(const struct groups_task *task, size_t a, size_t b)
{
    return digests_distance(digests + a * task->bits / 8, digests + b * task->bits / 8, task->bits / 8);
}

/* Each file that has no group yet becomes a reference, and near files without a group join it. */
static void expect_in_order(const struct groups_task *task)
{
    for (size_t i = 0; i < task->count; i++)
        expected[i].reference = UINT32_MAX;
    for (size_t i = 0; i < task->count; i++) {
        if (expected[i].reference != UINT32_MAX)
            continue;
        expected[i] = (struct group_assignment){(uint32_t)i, 0};
        for (size_t j = i + 1; j < task->count; j++)
            if (expected[j].reference == UINT32_MAX && distance_of(task, i, j) <= task->threshold)
                expected[j] = (struct group_assignment){(uint32_t)i, distance_of(task, i, j)};
    }
}

/* The reference of each component is its first digest, found by walking from neighbour to neighbour. */
static void expect_connected(const struct groups_task *task)
{
    static uint32_t open[COUNT_MAX];

    for (size_t i = 0; i < task->count; i++)
        expected[i].reference = UINT32_MAX;
    for (uint32_t i = 0; i < task->count; i++) {
        size_t count = 0;
        if (expected[i].reference != UINT32_MAX)
            continue;
        expected[i].reference = i;
        open[count++] = i;
        while (count > 0) {
            const uint32_t from = open[--count];
            for (uint32_t j = 0; j < task->count; j++)
                if (expected[j].reference == UINT32_MAX && distance_of(task, from, j) <= task->threshold) {
                    expected[j].reference = i;
                    open[count++] = j;
                }
        }
    }
    for (size_t i = 0; i < task->count; i++)
        expected[i].distance = distance_of(task, i, expected[i].reference);
}

static void check(struct groups_task task, int threads)
{
    task.digests = digests;
    for (task.rule = GROUPS_IN_ORDER; task.rule <= GROUPS_CONNECTED; task.rule++) {
        (task.rule == GROUPS_IN_ORDER ? expect_in_order : expect_connected)(&task);
        task.threads = threads;
        memset(assignments, 0x55, sizeof assignments);
        assert_int_equal(groups_make(&task, assignments), ISCC_OK);
        for (size_t i = 0; i < task.count; i++) {
            assert_int_equal(assignments[i].reference, expected[i].reference);
            assert_int_equal(assignments[i].distance, expected[i].distance);
        }
    }
}

static void any_digests(void **state)
{
    uint64_t random = random_seed();

    (void)state;
    for (unsigned round = 0; round < 8 * DIGESTS_KINDS; round++) {
        const unsigned bits = 32 * (1 + round % 8);
        const struct groups_task task = {.count = random_below(&random, COUNT_MAX / 4),
                                         .bits = bits,
                                         .threshold = (unsigned)random_below(&random, 20)};
        digests_fill(&random, round / 8, digests, bits / 8, task.count);
        check(task, 1 + (int)random_below(&random, THREADS_MAX));
    }
}

/* More pairs than are examined, and several references near most digests. */
static void large_groups(void **state)
{
    uint64_t random = random_seed();

    (void)state;
    for (int threads = 1; threads <= THREADS_MAX; threads += 3) {
        const struct groups_task task = {.count = COUNT_MAX, .bits = 128, .threshold = 12};
        uint8_t centre[16];
        digests_fill(&random, DIGESTS_RANDOM, digests, 16, COUNT_MAX);
        random_fill(&random, centre, sizeof centre);
        for (size_t i = 0; i < COUNT_MAX; i++)
            if (i % 16 != 0) {
                memcpy(digests + i * 16, centre, 16);
                digests_change(&random, digests + i * 16, 16, random_below(&random, 10));
            }
        check(task, threads);
    }
}

/* Joins pairs into trees whose root is their first digest. */
static int join_pair(void *context, uint32_t first, uint32_t second, unsigned distance)
{
    struct group_assignment *trees = context;

    (void)distance;
    while (trees[first].reference != first)
        first = trees[first].reference;
    while (trees[second].reference != second)
        second = trees[second].reference;
    trees[first < second ? second : first].reference = first < second ? first : second;
    return 0;
}

static void connect_all(const struct groups_task *task, struct group_assignment *trees)
{
    iscc_index *index = NULL;

    assert_int_equal(iscc_index_new(&index, task->bits), ISCC_OK);
    assert_int_equal(iscc_index_use(index, task->digests, task->count), ISCC_OK);
    for (size_t i = 0; i < task->count; i++)
        trees[i] = (struct group_assignment){(uint32_t)i, 0};
    assert_int_equal(iscc_index_pairs(index, task->threshold, 0, 1, join_pair, trees), ISCC_OK);
    iscc_index_free(index);
    for (size_t i = 0; i < task->count; i++) {
        const size_t size = task->bits / 8;
        trees[i].reference = trees[trees[i].reference].reference; /* a root, because it comes first */
        trees[i].distance = digests_distance(task->digests + i * size, task->digests + trees[i].reference * size, size);
    }
}

/* Digests around a few centres, within the threshold of one another or just beyond it. */
static void crowds(void **state)
{
    enum { MANY = 4000, SIZE = 16 };
    uint64_t random = random_seed();
    uint8_t *many = malloc(MANY * SIZE);
    struct group_assignment *found = malloc(MANY * sizeof *found);
    struct group_assignment *wanted = malloc(MANY * sizeof *wanted);
    struct groups_task task = {.digests = many, .count = MANY, .bits = 8 * SIZE};

    (void)state;
    assert_non_null(many);
    assert_non_null(found);
    assert_non_null(wanted);
    digests_fill(&random, DIGESTS_CROWDED, many, SIZE, MANY);
    for (task.threshold = 10; task.threshold <= 30; task.threshold += 10)
        for (task.rule = GROUPS_IN_ORDER; task.rule <= GROUPS_CONNECTED; task.rule++) {
            task.threads = 1 + (int)random_below(&random, THREADS_MAX);
            struct brute_force *comparison = brute_force_new(&task);
            assert_non_null(comparison);
            if (task.rule == GROUPS_IN_ORDER)
                brute_force_group(comparison, wanted);
            else
                connect_all(&task, wanted);
            brute_force_free(comparison);
            assert_int_equal(groups_make(&task, found), ISCC_OK);
            assert_memory_equal(found, wanted, MANY * sizeof *found);
        }
    free(many);
    free(found);
    free(wanted);
}

static void thresholds_at_the_ends(void **state)
{
    static const unsigned thresholds[] = {0, 1, 63, 64, 65, UINT32_MAX};
    uint64_t random = random_seed();

    (void)state;
    for (size_t i = 0; i < sizeof thresholds / sizeof *thresholds; i++) {
        const struct groups_task task = {.count = 200, .bits = 64, .threshold = thresholds[i]};
        digests_fill(&random, DIGESTS_CLUSTERS, digests, 8, task.count);
        check(task, 3);
    }
}

/* Equal digests are only compared with each other; anything else would take hours. */
static void a_million_equal_ones(void **state)
{
    enum { MILLION = 1000000 };
    uint64_t random = random_seed();
    uint8_t *many = calloc(MILLION, 16);
    struct group_assignment *found = malloc(MILLION * sizeof *found);
    struct groups_task task = {.digests = many, .count = MILLION, .bits = 128, .threshold = 12, .threads = 2};

    (void)state;
    assert_non_null(many);
    assert_non_null(found);
    random_fill(&random, many + (MILLION - 1) * 16, 16);
    for (task.rule = GROUPS_IN_ORDER; task.rule <= GROUPS_CONNECTED; task.rule++) {
        size_t wrong = 0;
        assert_int_equal(groups_make(&task, found), ISCC_OK);
        for (size_t i = 0; i < MILLION - 1; i++)
            wrong += found[i].reference != 0 || found[i].distance != 0;
        assert_int_equal(wrong, 0);
        assert_int_equal(found[MILLION - 1].reference, MILLION - 1);
    }
    free(found);
    free(many);
}

static void bad_tasks(void **state)
{
    struct groups_task task = {.digests = digests, .count = 1, .bits = 100, .threads = 1};

    (void)state;
    assert_int_equal(groups_make(&task, assignments), ISCC_ERROR_BITS);
    task.bits = 128;
    task.count = 0;
    assert_int_equal(groups_make(&task, NULL), ISCC_OK);
#if SIZE_MAX > UINT32_MAX
    task.count = (size_t)ISCC_INDEX_MAX + 1;
    assert_int_equal(groups_make(&task, assignments), ISCC_ERROR_ARGUMENT);
#endif
}

TEST_FILE(groups)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_digests),
        cmocka_unit_test(large_groups),
        cmocka_unit_test(crowds),
        cmocka_unit_test(thresholds_at_the_ends),
        cmocka_unit_test(a_million_equal_ones),
        cmocka_unit_test(bad_tasks),
    };
    return cmocka_run_group_tests_name("groups", tests, NULL, NULL);
}
