/* SPDX-License-Identifier: Apache-2.0 */
/* The interface of an index: its arguments, the memory it takes, and searches that are ended. */
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

static void a_search_can_be_ended(void **state)
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

/* Who adds one at a time does not wait for copies of all, nor is there space for many more. */
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

/* As the header says: up to 12 bytes for each digest in each part. Tables go when digests are added. */
static void tables_take_what_the_header_says(void **state)
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

static void bad_arguments_are_refused(void **state)
{
    uint8_t digest[32] = {0};
    struct iscc_hit hits[1];
    size_t found;
    iscc_index *made;
    iscc_index *other;

    (void)state;
    CANARY_SET(made);
    CANARY_SET(found);
    for (unsigned bits = 0; bits <= 300; bits++)
        if (bits < 32 || bits > 256 || bits % 32 != 0)
            assert_int_equal(iscc_index_new(&made, bits), ISCC_ERROR_BITS);
    CANARY_CHECK(made);
    assert_int_equal(iscc_index_new(NULL, 64), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_index_new(&made, 64), ISCC_OK);
    assert_int_equal(iscc_index_new(&other, 64), ISCC_OK);
    assert_int_equal(iscc_index_add(NULL, digest, 1), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_index_add(made, NULL, 1), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_index_add(made, NULL, 0), ISCC_OK);
    assert_int_equal(iscc_index_use(made, NULL, 0), ISCC_OK);
    assert_int_equal(iscc_index_use(NULL, digest, 1), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_index_use(made, NULL, 1), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_index_add(made, digest, 1), ISCC_OK);
    assert_int_equal(iscc_index_use(made, digest, 1), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_index_use(other, digest, 1), ISCC_OK);
    assert_int_equal(iscc_index_add(other, digest, 1), ISCC_ERROR_ARGUMENT);
#if SIZE_MAX > UINT32_MAX
    assert_int_equal(iscc_index_add(made, digest, ISCC_INDEX_MAX), ISCC_ERROR_ARGUMENT);
#endif
    assert_int_equal(iscc_index_count(made), 1);
    assert_int_equal(iscc_index_build(NULL, 1), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_index_query(NULL, digest, 1, hits, 1, &found), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_index_query(made, NULL, 1, hits, 1, &found), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_index_query(made, digest, 1, NULL, 1, &found), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_index_query(made, digest, 1, hits, 1, NULL), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_index_nearest(NULL, digest, hits, 1, &found), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_index_nearest(made, NULL, hits, 1, &found), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_index_nearest(made, digest, NULL, 1, &found), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_index_nearest(made, digest, hits, 1, NULL), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_index_each(NULL, digest, 1, count_pair, NULL), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_index_each(made, NULL, 1, count_pair, NULL), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_index_each(made, digest, 1, NULL, NULL), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_index_pairs(NULL, 1, 0, 1, count_pair, NULL), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_index_pairs(made, 1, 0, 1, NULL, NULL), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_index_pairs(made, 1, 1, 1, count_pair, NULL), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_index_pairs(made, 1, 0, 0, count_pair, NULL), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_index_pairs_across(NULL, 1, NULL, 0, 1, count_pair, NULL), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_index_pairs_across(made, 1, NULL, 0, 1, NULL, NULL), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_index_pairs_across(made, 1, NULL, 1, 1, count_pair, NULL), ISCC_ERROR_ARGUMENT);
    CANARY_CHECK(found);
    assert_int_equal(iscc_index_count(NULL), 0);
    assert_int_equal(iscc_index_memory(NULL), 0);
    iscc_index_free(NULL);
    iscc_index_free(made);
    iscc_index_free(other);
}

TEST_FILE(index)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_search_can_be_ended),
        cmocka_unit_test(digests_can_be_added_one_by_one),
        cmocka_unit_test(tables_take_what_the_header_says),
        cmocka_unit_test(bad_arguments_are_refused),
    };
    return cmocka_run_group_tests_name("index", tests, NULL, NULL);
}
