/* SPDX-License-Identifier: Apache-2.0 */
/* How much is looked at together in a search of an index, and that nothing is when it has been ended. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "index_search.h"
#include "support/counting.h"

enum { SIZE = 4, MANY = 3000 };

static uint8_t digests[(size_t)MANY * SIZE];
static iscc_index *search_index;
static size_t count;

/* Indexes the digests, in tables of so many parts. */
static void make_index(size_t part_count)
{
    assert_int_equal(iscc_index_new(&search_index, 8 * SIZE), ISCC_OK);
    assert_int_equal(iscc_index_use(search_index, digests, count), ISCC_OK);
    assert_int_equal(iscc_index_build_parts(search_index, part_count), ISCC_OK);
    counting_use(search_index);
    counting_reset();
}

static int count_hit(void *context, uint32_t first, uint32_t second, unsigned distance)
{
    (void)first;
    (void)second;
    (void)distance;
    ++*(size_t *)context;
    return 0;
}

/* Searches ranges of these lengths, which together are all digests, for the first one. */
static void check_runs(const uint32_t lengths[], size_t ranges_count, size_t searches)
{
    static const uint32_t number = 0;
    struct iscc_search search;
    struct iscc_range ranges[3];
    size_t hits = 0;

    count = 0;
    memset(digests, 0, sizeof digests);
    for (size_t i = 0; i < ranges_count; i++) {
        ranges[i].begin = (uint32_t)count;
        count += lengths[i];
        ranges[i].end = (uint32_t)count;
    }
    make_index(1);
    iscc_search_init(&search, search_index, digests, 1, count_hit, &hits);
    search.plan = &(struct iscc_plan){.radii = {1}};
    iscc_search_match(&search, 0, 1, ranges, ranges_count, search_index->parts[0].sketches, &number, 1);
    iscc_search_flush(&search);
    assert_int_equal(hits, count);
    assert_int_equal(counted.sketches, count);
    assert_int_equal(counted.searches, searches);
    assert_int_equal(counted.measures, (count + ISCC_SEARCH_ROOM - 1) / ISCC_SEARCH_ROOM);
    iscc_index_free(search_index);
}

/* As many ranges, and as much of one, as there is room for. */
static void runs_are_as_long_as_there_is_room(void **state)
{
    enum { ROOM = ISCC_SEARCH_ROOM };

    (void)state;
    check_runs((const uint32_t[]){1}, 1, 1);
    check_runs((const uint32_t[]){ROOM}, 1, 1);
    check_runs((const uint32_t[]){ROOM + 1}, 1, 2);
    check_runs((const uint32_t[]){2 * ROOM}, 1, 2);
    check_runs((const uint32_t[]){2 * ROOM + 1}, 1, 3);
    check_runs((const uint32_t[]){ROOM - 2, 1, 1}, 3, 1);
    check_runs((const uint32_t[]){1, ROOM - 2, 1}, 3, 1);
    check_runs((const uint32_t[]){1, ROOM - 2, 2}, 3, 2);
    check_runs((const uint32_t[]){1, ROOM}, 2, 2);
    check_runs((const uint32_t[]){ROOM + 1, ROOM - 1}, 2, 2);
    check_runs((const uint32_t[]){ROOM + 1, ROOM}, 2, 3);
}

/* Of the pairs, several entries of a key are searched together. */
static void entries_of_a_key_are_searched_together(void **state)
{
    enum { TOGETHER = ISCC_QUERIES_MAX, ROOM = ISCC_SEARCH_ROOM / TOGETHER };

    (void)state;
    for (size_t with = TOGETHER; with <= 2 * TOGETHER; with += TOGETHER / 2)
        for (size_t others = ROOM; others <= ROOM + 1; others++) {
            memset(digests, 0, sizeof digests);
            count = with + others;
            for (size_t i = with; i < count; i++)
                digests[i * SIZE] = 0x80;
            make_index(1);
            search_index->plans[1] = (struct iscc_plan){.radii = {1}};
            size_t told = 0;
            assert_int_equal(iscc_index_pairs(search_index, 1, 0, 1, count_hit, &told), ISCC_OK);
            assert_int_equal(told, count * (count - 1) / 2);
            assert_int_equal(counted.sketches, count * (count - 1) / 2);
            assert_int_equal(counted.measured, counted.sketches);
            const size_t batches = (with + TOGETHER - 1) / TOGETHER;
            size_t searches = count - 2; /* each entry with those of its key behind it */
            for (size_t batch = 0; batch < batches; batch++) {
                const size_t queries = with - batch * TOGETHER < TOGETHER ? with - batch * TOGETHER : TOGETHER;
                const size_t room = ISCC_SEARCH_ROOM / queries;
                searches += (others + room - 1) / room;
            }
            assert_int_equal(counted.searches, searches);
            iscc_index_free(search_index);
        }
}

static int end_at_once(void *context, uint32_t first, uint32_t second, unsigned distance)
{
    count_hit(context, first, second, distance);
    return 1;
}

/* Nothing is looked at any more when a search has been ended. */
static void an_ended_search_ends(void **state)
{
    (void)state;
    count = MANY;
    memset(digests, 0, sizeof digests);
    for (size_t part_count = 0; part_count <= 2; part_count++)
        for (int all = 0; all < 2; all++) {
            const bool by_tables = part_count > 0 && all; /* equal digests cost a query more than a scan */
            size_t told = 0;
            make_index(part_count);
            if (part_count > 0)
                search_index->plans[1] = (struct iscc_plan){.radii = {0, (signed char)(part_count - 2)}};
            if (all)
                assert_int_equal(iscc_index_pairs(search_index, 1, 0, 1, end_at_once, &told), ISCC_OK);
            else
                assert_int_equal(iscc_index_each(search_index, digests, 1, end_at_once, &told), ISCC_OK);
            assert_int_equal(told, 1);
            assert_int_equal(counted.scans, !by_tables);
            assert_int_equal(counted.compared, !by_tables);
            assert_int_equal(counted.measures, by_tables);
            assert_int_equal(counted.searches, by_tables ? 2 : 0); /* the second one has no room beside the first */
            iscc_index_free(search_index);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(runs_are_as_long_as_there_is_room),
        cmocka_unit_test(entries_of_a_key_are_searched_together),
        cmocka_unit_test(an_ended_search_ends),
    };
    return cmocka_run_group_tests_name("index_runs", tests, NULL, NULL);
}
