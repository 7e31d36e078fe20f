/* SPDX-License-Identifier: Apache-2.0 */
/* What lanes of vectors found is collected: each cut behind the others of its lane, but for those beyond its goal. */
#include <string.h>

#include "kernels/lanes.h"
#include "support/random.h"
#include "support/unit.h"

enum { ROWS_MAX = 40, CAPACITY = ROWS_MAX + 1 };

static struct iscc_lanes lanes;
static uint32_t found[ISCC_LANES_MAX][CAPACITY];
static uint32_t expected[ISCC_LANES_MAX][CAPACITY];
static size_t counts[ISCC_LANES_MAX];

static void begin(uint64_t *random)
{
    memset(counts, 0, sizeof counts);
    for (size_t lane = 0; lane < ISCC_LANES_MAX; lane++) {
        lanes.lists[lane] = lanes.ends[lane] = found[lane];
        lanes.goals[lane] = (uint32_t)random_below(random, 100);
    }
}

/* A cut at the goal counts, too. */
static void expect(size_t lane, uint32_t cut)
{
    if (cut <= lanes.goals[lane])
        expected[lane][counts[lane]++] = cut;
}

static void assert_collected(void)
{
    for (size_t lane = 0; lane < ISCC_LANES_MAX; lane++) {
        assert_int_equal(lanes.ends[lane] - lanes.lists[lane], counts[lane]);
        assert_memory_equal(lanes.lists[lane], expected[lane], counts[lane] * sizeof expected[lane][0]);
    }
}

/* A cut near the goal. */
static uint32_t any_cut(uint64_t *random, size_t lane)
{
    return lanes.goals[lane] + 3 - (uint32_t)random_below(random, lanes.goals[lane] < 5 ? 3 : 6);
}

/* A row for each round, with 0 for a lane that found nothing. */
static void rows_of_a_group(void **state)
{
    uint64_t random = random_seed();

    (void)state;
    for (size_t round = 0; round < 1000; round++) {
        const size_t width = 1 + random_below(&random, ISCC_LANES_MAX);
        const size_t first = random_below(&random, ISCC_LANES_MAX - width + 1);
        const size_t count = random_below(&random, ROWS_MAX + 1);
        uint32_t rows[ROWS_MAX * ISCC_LANES_MAX];
        begin(&random);
        for (size_t i = 0; i < count * width; i++) {
            const size_t lane = first + i % width;
            rows[i] = random_below(&random, 2) == 0 ? 0 : any_cut(&random, lane);
            if (rows[i] != 0)
                expect(lane, rows[i]);
        }
        iscc_lanes_collect(&lanes, first, width, rows, count);
        assert_collected();
    }
}

/* Cuts of all lanes in the order in which they were found. */
static void marked_cuts(void **state)
{
    uint64_t random = random_seed();

    (void)state;
    for (size_t round = 0; round < 1000; round++) {
        const size_t count = random_below(&random, ROWS_MAX + 1);
        uint32_t marked[ROWS_MAX];
        begin(&random);
        for (size_t i = 0; i < count; i++) {
            const size_t lane = random_below(&random, ISCC_LANES_MAX);
            uint32_t cut = any_cut(&random, lane);
            if (random_below(&random, 20) == 0)
                cut = (UINT32_C(1) << 24) - 1;
            marked[i] = (uint32_t)lane << 24 | cut;
            expect(lane, cut);
        }
        iscc_lanes_collect_marked(&lanes, marked, count);
        assert_collected();
    }
}

TEST_FILE(lanes)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_of_a_group),
        cmocka_unit_test(marked_cuts),
    };
    return cmocka_run_group_tests_name("lanes", tests, NULL, NULL);
}
