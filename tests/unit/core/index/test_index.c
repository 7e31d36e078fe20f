/* SPDX-License-Identifier: Apache-2.0 */
/* The interface of an index: digests that come later, searches that are ended, and the limits of what it takes. */
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "index/index.h"
#include "support/canary.h"
#include "compared.h"
#include "digests.h"
#include "support/random.h"

static int end_at_once(void *context, uint32_t first, uint32_t second, unsigned distance)
{
    (void)first;
    (void)second;
    (void)distance;
    return ++*(size_t *)context == 3;
}

static void a_search_can_be_ended(void **state)
{
    uint64_t random = random_seed();

    (void)state;
    compared.size = 16;
    compared_make(&random, DIGESTS_EQUAL, COMPARED_MAX);
    for (size_t part_count = 0; part_count <= 4; part_count += 4) {
        size_t told = 0;
        assert_int_equal(iscc_index_build_parts(compared.index, part_count), ISCC_OK);
        assert_int_equal(iscc_index_each(compared.index, compared.digests, 3, end_at_once, &told), ISCC_OK);
        assert_int_equal(told, 3);
        told = 0;
        assert_int_equal(iscc_index_pairs(compared.index, 3, 0, 1, end_at_once, &told), ISCC_OK);
        assert_int_equal(told, 3);
    }
    iscc_index_free(compared.index);
    compared_make(&random, DIGESTS_CROWDED, COMPARED_MAX);
    struct iscc_ball ball = {.radius = 20};
    memcpy(ball.centre, compared.digests, compared.size);
    assert_int_equal(iscc_pieces_build(compared.index, &ball, 1, 40), ISCC_OK);
    size_t told = 0;
    assert_int_equal(iscc_index_each(compared.index, compared.digests, 40, end_at_once, &told), ISCC_OK);
    assert_int_equal(told, 3);
    told = 0;
    assert_int_equal(iscc_index_pairs(compared.index, 40, 0, 1, end_at_once, &told), ISCC_OK);
    assert_int_equal(told, 3);
    iscc_index_free(compared.index);
}

static void digests_can_be_added_later(void **state)
{
    uint64_t random = random_seed();

    (void)state;
    compared.size = 16;
    compared_make(&random, DIGESTS_CLUSTERS, COMPARED_MAX / 2);
    assert_int_equal(iscc_index_build_parts(compared.index, 4), ISCC_OK);
    const size_t memory = iscc_index_memory(compared.index);
    assert_true(memory >= compared.count * (compared.size + 4 * 8));
    digests_fill(&random, DIGESTS_CLUSTERS, compared_digest(compared.count), compared.size,
                 COMPARED_MAX - compared.count);
    assert_int_equal(iscc_index_add(compared.index, compared_digest(compared.count), COMPARED_MAX - compared.count),
                     ISCC_OK);
    assert_true(iscc_index_memory(compared.index) < memory);
    compared.count = COMPARED_MAX;
    compared_search(&random, 5);
    assert_int_equal(iscc_index_build_parts(compared.index, 4), ISCC_OK);
    compared_search(&random, 5);
    iscc_index_free(compared.index);
}

/* No tables reach so far: then there are none, also where a radius and one is zero again. */
static void a_radius_beyond_all_bits_is_a_scan(void **state)
{
    static const unsigned radii[] = {ISCC_PLANS, 256, UINT_MAX - 1, UINT_MAX};
    uint64_t random = random_seed();

    (void)state;
    compared.size = 16;
    compared_make(&random, DIGESTS_RANDOM, COMPARED_MAX);
    for (size_t i = 0; i < sizeof radii / sizeof radii[0]; i++) {
        assert_int_equal(iscc_index_build_parts(compared.index, 4), ISCC_OK);
        compared_query(compared.digests, radii[i], COMPARED_MAX);
        assert_int_equal(iscc_index_build(compared.index, radii[i]), ISCC_OK);
        assert_int_equal(compared.index->part_count, 0);
        compared_query(compared.digests, radii[i], COMPARED_MAX);
    }
    compared_pairs(&random, UINT_MAX, 3);
    iscc_index_free(compared.index);
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
    assert_int_equal(iscc_index_each(NULL, digest, 1, end_at_once, NULL), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_index_each(made, NULL, 1, end_at_once, NULL), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_index_each(made, digest, 1, NULL, NULL), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_index_pairs(NULL, 1, 0, 1, end_at_once, NULL), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_index_pairs(made, 1, 0, 1, NULL, NULL), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_index_pairs(made, 1, 1, 1, end_at_once, NULL), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_index_pairs(made, 1, 0, 0, end_at_once, NULL), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_index_pairs_across(NULL, 1, NULL, 0, 1, end_at_once, NULL), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_index_pairs_across(made, 1, NULL, 0, 1, NULL, NULL), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_index_pairs_across(made, 1, NULL, 1, 1, end_at_once, NULL), ISCC_ERROR_ARGUMENT);
    CANARY_CHECK(found);
    assert_int_equal(iscc_index_count(NULL), 0);
    assert_int_equal(iscc_index_memory(NULL), 0);
    iscc_index_free(NULL);
    iscc_index_free(made);
    iscc_index_free(other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_search_can_be_ended),
        cmocka_unit_test(digests_can_be_added_later),
        cmocka_unit_test(a_radius_beyond_all_bits_is_a_scan),
        cmocka_unit_test(bad_arguments_are_refused),
    };
    return cmocka_run_group_tests_name("index", tests, NULL, NULL);
}
