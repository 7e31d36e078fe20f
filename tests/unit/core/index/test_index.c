/* SPDX-License-Identifier: Apache-2.0 */
/* The interface of an index: arguments, memory use, and searches stopped by the caller. */
#include <string.h>

#include "index/plan.h"
#include "support/canary.h"
#include "support/random.h"
#include "support/unit.h"

static int count_pair(void *context, uint32_t first, uint32_t second, unsigned distance)
{
    (void)first;
    (void)second;
    (void)distance;
    return ++*(size_t *)context == 3;
}

static void a_search_can_be_stopped(void **state)
{
    enum { COUNT = 400, SIZE = 16 };
    static uint8_t digests[COUNT * SIZE];
    iscc_index *index = NULL;

    (void)state;
    assert_int_equal(iscc_index_new(&index, 8 * SIZE), ISCC_OK);
    assert_int_equal(iscc_index_use(index, digests, COUNT), ISCC_OK);
    for (size_t part_count = 0; part_count <= 4; part_count += 4) {
        size_t calls = 0;
        assert_int_equal(iscc_plan_build(index, part_count), ISCC_OK);
        assert_int_equal(iscc_index_each(index, digests, 3, count_pair, &calls), ISCC_OK);
        assert_int_equal(calls, 3);
        calls = 0;
        assert_int_equal(iscc_index_pairs(index, 3, 0, 1, count_pair, &calls), ISCC_OK);
        assert_int_equal(calls, 3);
    }
    iscc_index_free(index);
}

/* Adding one at a time rarely copies the whole index, and reserves little more than is used. */
static void digests_can_be_added_one_by_one(void **state)
{
    enum { COUNT = 5000, SIZE = 8 };
    const uint8_t digest[SIZE] = {0};
    iscc_index *index = NULL;
    size_t growths = 0;

    (void)state;
    assert_int_equal(iscc_index_new(&index, 8 * SIZE), ISCC_OK);
    const size_t empty = iscc_index_memory(index);
    for (size_t i = 0; i < COUNT; i++) {
        const size_t before = iscc_index_memory(index);
        assert_int_equal(iscc_index_add(index, digest, 1), ISCC_OK);
        growths += iscc_index_memory(index) != before;
    }
    assert_in_range(growths, 1, 20);
    assert_in_range(iscc_index_memory(index) - empty, COUNT * SIZE, 3 * COUNT * SIZE);
    iscc_index_free(index);
}

/* As documented: up to 12 bytes for each digest in each part. Adding digests frees the tables. */
static void tables_use_the_documented_memory(void **state)
{
    enum { COUNT = 5000, SIZE = 16 };
    static uint8_t digests[COUNT * SIZE];
    uint64_t random = random_seed();
    iscc_index *index = NULL;

    (void)state;
    random_fill(&random, digests, sizeof digests);
    assert_int_equal(iscc_index_new(&index, 8 * SIZE), ISCC_OK);
    /* The second call doubles what is reserved, so that the third needs no more. */
    assert_int_equal(iscc_index_add(index, digests, COUNT - 2), ISCC_OK);
    assert_int_equal(iscc_index_add(index, digests, 1), ISCC_OK);
    const size_t without = iscc_index_memory(index);
    for (size_t part_count = ISCC_PARTS_MAX; part_count > 0; part_count--) {
        assert_int_equal(iscc_plan_build(index, part_count), ISCC_OK);
        const size_t bytes = iscc_index_memory(index) - without;
        assert_in_range(bytes, part_count * 8 * (COUNT - 1), part_count * (12 * COUNT + 100));
    }
    assert_int_equal(iscc_index_add(index, digests, 1), ISCC_OK);
    assert_int_equal(iscc_index_memory(index), without);
    iscc_index_free(index);
}

enum { BITS = 64 };

static void assert_argument(iscc_status status)
{
    assert_int_equal(status, ISCC_ERROR_ARGUMENT);
}

static void null_indexes(void **state)
{
    const uint8_t digest[BITS / 8] = {0};
    struct iscc_hit hits[1];
    size_t found;

    (void)state;
    CANARY_SET(found);
    assert_argument(iscc_index_new(NULL, BITS));
    assert_argument(iscc_index_add(NULL, digest, 1));
    assert_argument(iscc_index_use(NULL, digest, 1));
    assert_argument(iscc_index_build(NULL, 1));
    assert_argument(iscc_index_query(NULL, digest, 1, hits, 1, &found));
    assert_argument(iscc_index_nearest(NULL, digest, hits, 1, &found));
    assert_argument(iscc_index_each(NULL, digest, 1, count_pair, NULL));
    assert_argument(iscc_index_pairs(NULL, 1, 0, 1, count_pair, NULL));
    assert_argument(iscc_index_pairs_across(NULL, 1, NULL, 0, 1, count_pair, NULL));
    CANARY_CHECK(found);
    assert_int_equal(iscc_index_count(NULL), 0);
    assert_int_equal(iscc_index_memory(NULL), 0);
    iscc_index_free(NULL);
}

static void bad_numbers_of_bits(void **state)
{
    iscc_index *index;

    (void)state;
    CANARY_SET(index);
    for (unsigned bits = 0; bits <= 300; bits++)
        if (bits < 32 || bits > 256 || bits % 32 != 0)
            assert_int_equal(iscc_index_new(&index, bits), ISCC_ERROR_BITS);
    CANARY_CHECK(index);
}

/* An index either copies digests or uses the caller's. */
static void bad_digests(void **state)
{
    const uint8_t digest[BITS / 8] = {0};
    iscc_index *copies = NULL;
    iscc_index *uses = NULL;

    (void)state;
    assert_int_equal(iscc_index_new(&copies, BITS), ISCC_OK);
    assert_int_equal(iscc_index_new(&uses, BITS), ISCC_OK);
    assert_argument(iscc_index_add(copies, NULL, 1));
    assert_int_equal(iscc_index_add(copies, NULL, 0), ISCC_OK);
    assert_int_equal(iscc_index_use(copies, NULL, 0), ISCC_OK);
    assert_argument(iscc_index_use(copies, NULL, 1));
    assert_int_equal(iscc_index_add(copies, digest, 1), ISCC_OK);
    assert_argument(iscc_index_use(copies, digest, 1));
    assert_int_equal(iscc_index_use(uses, digest, 1), ISCC_OK);
    assert_argument(iscc_index_add(uses, digest, 1));
#if SIZE_MAX > UINT32_MAX
    assert_argument(iscc_index_add(copies, digest, ISCC_INDEX_MAX));
#endif
    assert_int_equal(iscc_index_count(copies), 1);
    iscc_index_free(copies);
    iscc_index_free(uses);
}

static void bad_searches(void **state)
{
    const uint8_t digest[BITS / 8] = {0};
    struct iscc_hit hits[1];
    iscc_index *index = NULL;
    size_t found;

    (void)state;
    CANARY_SET(found);
    assert_int_equal(iscc_index_new(&index, BITS), ISCC_OK);
    assert_int_equal(iscc_index_add(index, digest, 1), ISCC_OK);
    assert_argument(iscc_index_query(index, NULL, 1, hits, 1, &found));
    assert_argument(iscc_index_query(index, digest, 1, NULL, 1, &found));
    assert_argument(iscc_index_query(index, digest, 1, hits, 1, NULL));
    assert_argument(iscc_index_nearest(index, NULL, hits, 1, &found));
    assert_argument(iscc_index_nearest(index, digest, NULL, 1, &found));
    assert_argument(iscc_index_nearest(index, digest, hits, 1, NULL));
    assert_argument(iscc_index_each(index, NULL, 1, count_pair, NULL));
    assert_argument(iscc_index_each(index, digest, 1, NULL, NULL));
    assert_argument(iscc_index_pairs(index, 1, 0, 1, NULL, NULL));
    assert_argument(iscc_index_pairs(index, 1, 1, 1, count_pair, NULL));
    assert_argument(iscc_index_pairs(index, 1, 0, 0, count_pair, NULL));
    assert_argument(iscc_index_pairs_across(index, 1, NULL, 0, 1, NULL, NULL));
    assert_argument(iscc_index_pairs_across(index, 1, NULL, 1, 1, count_pair, NULL));
    CANARY_CHECK(found);
    iscc_index_free(index);
}

TEST_FILE(index)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_search_can_be_stopped),
        cmocka_unit_test(digests_can_be_added_one_by_one),
        cmocka_unit_test(tables_use_the_documented_memory),
        cmocka_unit_test(null_indexes),
        cmocka_unit_test(bad_numbers_of_bits),
        cmocka_unit_test(bad_digests),
        cmocka_unit_test(bad_searches),
    };
    return cmocka_run_group_tests_name("index", tests, NULL, NULL);
}
