/* SPDX-License-Identifier: Apache-2.0 */
/* The index as it is built for use, with so many digests that tables pay, and that crowds are looked for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "digests.h"
#include "index/index.h"
#include "support/random.h"
#include "told.h"

static iscc_index *search_index;
static size_t size;

/* The crowds are found, are fewer than the digests, and the pairs are those of an index that compares all with all. */
static void check_crowds(const uint8_t *many, size_t many_count)
{
    enum { RADIUS = 12 };
    struct told found = {0};
    struct told expected = {0};
    iscc_index *plain = NULL;

    assert_true(search_index->piece_count > 1);
    assert_int_equal(search_index->part_count, 0);
    assert_true(iscc_index_memory(search_index) > many_count * (size + sizeof(uint32_t)));
    assert_int_equal(iscc_index_new(&plain, 8 * (unsigned)size), ISCC_OK);
    assert_int_equal(iscc_index_use(plain, many, many_count), ISCC_OK);
    assert_int_equal(iscc_index_pairs(plain, RADIUS, 0, 1, told_pair, &expected), ISCC_OK);
    for (size_t slice = 0; slice < 7; slice++)
        assert_int_equal(iscc_index_pairs(search_index, RADIUS, slice, 7, told_pair, &found), ISCC_OK);
    assert_int_equal(found.count, expected.count);
    assert_int_equal(found.sum, expected.sum);
    iscc_index_free(plain);
}

static void many_digests(void **state)
{
    enum { MANY = 20000, QUERIES = 20 };
    uint64_t random = random_seed();
    uint8_t *many = malloc((size_t)MANY * 32);

    (void)state;
    assert_non_null(many);
    for (unsigned kind = 0; kind < DIGESTS_KINDS; kind++)
        for (size = 8; size <= 32; size *= 2) {
            size_t searched = 0;
            digests_fill(&random, kind, many, size, MANY);
            assert_int_equal(iscc_index_new(&search_index, 8 * (unsigned)size), ISCC_OK);
            assert_int_equal(iscc_index_use(search_index, many, MANY), ISCC_OK);
            assert_int_equal(iscc_index_build(search_index, size == 8 ? 3 : 12), ISCC_OK);
            assert_true(search_index->part_count > 1 || search_index->piece_count > 1);
            for (size_t i = 0; i < QUERIES; i++) {
                const uint8_t *digest = many + random_below(&random, MANY) * size;
                const unsigned radius = (unsigned)random_below(&random, size == 8 ? 4 : 13);
                struct iscc_hit hits[10];
                size_t found = 0;
                size_t expected = 0;
                for (size_t j = 0; j < MANY; j++)
                    expected += digests_distance(digest, many + j * size, size) <= radius;
                assert_int_equal(iscc_index_query(search_index, digest, radius, hits, 10, &found), ISCC_OK);
                assert_int_equal(found, expected);
                searched += !iscc_index_plan(search_index, radius)->is_scan;
            }
            if (kind == DIGESTS_RANDOM)
                assert_true(searched > 0);
            if (kind == DIGESTS_CROWDED && size > 8)
                check_crowds(many, MANY);
            iscc_index_free(search_index);
        }
    free(many);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(many_digests),
    };
    return cmocka_run_group_tests_name("index_built", tests, NULL, NULL);
}
