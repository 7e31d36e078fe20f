/* SPDX-License-Identifier: Apache-2.0 */
/* The four lanes without vectors: how long they run side by side before the sequential search takes over. */
#include "kernels/lanes.h"
#include "support/random.h"
#include "support/unit.h"

enum { LANES = 4, STRIDE = 64 * 1024, SIZE = LANES * STRIDE, SHIFTS = 100 };

static uint8_t bytes[SIZE + SHIFTS];

/* Searches lanes of these lengths, the first one from byte `shift` on; `found` gets the number of cuts of each. */
static void search(size_t shift, const uint32_t lengths[LANES], size_t found[LANES])
{
    static struct iscc_lanes lanes;

    lanes = (struct iscc_lanes){.bytes = bytes + shift, .size = SIZE, .stride = STRIDE};
    for (size_t i = 0; i < LANES; i++) {
        lanes.goals[i] = (uint32_t)i * STRIDE + lengths[i];
        lanes.lists[i] = lanes.ends[i] = lanes.cuts + i * ISCC_CUTS_MAX(STRIDE);
    }
    iscc_chains_search.run(&lanes);
    for (size_t i = 0; i < LANES; i++)
        found[i] = (size_t)(lanes.ends[i] - lanes.lists[i]);
}

/* A single lane is slower than the sequential search: not even its first chunk is searched, short as some are. */
static void two_lanes_run_and_one_does_not(void **state)
{
    size_t found[LANES];

    (void)state;
    search(0, (const uint32_t[LANES]){0, 0, 0, 0}, found);
    for (size_t i = 0; i < LANES; i++)
        assert_int_equal(found[i], 0);
    for (size_t one = 0; one < LANES; one++) {
        uint32_t lengths[LANES] = {0};
        lengths[one] = STRIDE;
        for (size_t shift = 0; shift < SHIFTS; shift++) {
            search(shift, lengths, found);
            assert_int_equal(found[one], 0);
        }
        lengths[(one + 1) % LANES] = STRIDE;
        search(0, lengths, found);
        assert_true(found[one] > 20);
        assert_true(found[(one + 1) % LANES] > 20);
    }
}

/* When the second last one is done, so are all. */
static void the_last_lane_stops_with_the_second_last(void **state)
{
    enum { SHORT = 8 * 1024 };
    size_t found[LANES];

    (void)state;
    for (size_t one = 0; one < LANES; one++) {
        uint32_t lengths[LANES] = {SHORT, SHORT, SHORT, SHORT};
        lengths[one] = STRIDE;
        search(0, lengths, found);
        for (size_t i = 0; i < LANES; i++)
            assert_in_range(found[i], 1, 20);
    }
}

TEST_FILE(chains)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_lanes_run_and_one_does_not),
        cmocka_unit_test(the_last_lane_stops_with_the_second_last),
    };
    uint64_t numbers = 7;
    random_fill(&numbers, bytes, sizeof bytes);
    return cmocka_run_group_tests_name("chains", tests, NULL, NULL);
}
