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
#include <string.h>

#include <cmocka.h>

#include "any_plan.h"
#include "digests.h"
#include "index/search.h"
#include "support/random.h"
#include "searched.h"

static size_t check_query(const uint8_t *digest, unsigned radius)
{
    struct work expected = {0};
    size_t hits = 0;

    searched_expect_query(digest, radius, &expected);
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
        digests_fill(&random, (enum digests_kind)(round / 8), searched.digests, searched.size, searched.count);
        searched_make(1 + random_below(&random, ISCC_PARTS_MAX));
        for (size_t i = 0; i < 20; i++) {
            const unsigned radius = (unsigned)random_below(&random, ISCC_PLANS);
            uint8_t digest[SEARCHED_BYTES_MAX];
            any_plan(&random, searched.index, radius);
            searched_near(&random, digest);
            if (check_query(digest, radius) > 0)
                scans++;
            else
                searches++;
        }
        iscc_index_free(searched.index);
    }
    assert_true(scans > 100 && searches > 100);
}

/* All keys within the greatest radius of all parts: of many digests more than are searched together, of few the
 * distances of all parts together. */
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
        for (size_t j = 0; j < 3; j++) {
            uint8_t digest[SEARCHED_BYTES_MAX];
            random_fill(&random, digest, searched.size);
            assert_int_equal(check_query(digest, RADIUS), 0);
        }
        iscc_index_free(searched.index);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_query_looks_at_what_its_plan_has),
        cmocka_unit_test(a_query_of_all_probes),
    };
    return cmocka_run_group_tests_name("index_query", tests, NULL, NULL);
}
