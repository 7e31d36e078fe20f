/* SPDX-License-Identifier: Apache-2.0 */
/* How much is looked at together in a search of an index, and that nothing is when it has been ended. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "index/search.h"
#include "searched.h"

enum { SIZE = 4 };

/* How often each digest was found. */
static uint8_t times[MANY];

static int mark_hit(void *context, uint32_t first, uint32_t second, unsigned distance)
{
    assert_int_equal(first, 0);
    assert_int_equal(distance, 0);
    assert_in_range(second, 0, searched.count - 1);
    assert_int_equal(times[second]++, 0);
    return searched_count_hit(context, first, second, distance);
}

/* Searches ranges of these lengths, which together are all digests, for the first one. */
static void check_runs(const uint32_t lengths[], size_t ranges_count, size_t searches)
{
    static const uint32_t number = 0;
    struct iscc_search search;
    struct iscc_range ranges[3];
    size_t hits = 0;

    searched.count = 0;
    memset(searched.digests, 0, sizeof searched.digests);
    for (size_t i = 0; i < ranges_count; i++) {
        ranges[i].begin = (uint32_t)searched.count;
        searched.count += lengths[i];
        ranges[i].end = (uint32_t)searched.count;
    }
    memset(times, 0, sizeof times);
    searched_make(1);
    iscc_search_init(&search, searched.index, searched.digests, 1, mark_hit, &hits);
    search.plan = &(struct iscc_plan){.radii = {1}};
    iscc_search_match(&search, 0, 1, ranges, ranges_count, searched.index->parts[0].sketches, &number, 1);
    iscc_search_flush(&search);
    assert_int_equal(hits, searched.count);
    assert_int_equal(counted.sketches, searched.count);
    assert_int_equal(counted.searches, searches);
    assert_int_equal(counted.measures, (searched.count + ISCC_SEARCH_ROOM - 1) / ISCC_SEARCH_ROOM);
    iscc_index_free(searched.index);
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

/* What was found waits as long as there is room for more. */
static void matches_wait_until_there_is_no_room(void **state)
{
    enum { ROOM = ISCC_SEARCH_ROOM };
    static const uint32_t number = 0;
    static const struct {
        uint32_t first;
        uint32_t second;
        size_t measures;
    } cases[] = {{ROOM / 2, ROOM / 2, 1}, {ROOM / 2, ROOM / 2 + 1, 2}, {ROOM, 1, 2}, {1, ROOM - 1, 1}};

    (void)state;
    memset(searched.digests, 0, sizeof searched.digests);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct iscc_search search;
        struct iscc_range first = {0, cases[i].first};
        struct iscc_range second = {cases[i].first, cases[i].first + cases[i].second};
        size_t hits = 0;
        searched.count = second.end;
        searched_make(1);
        iscc_search_init(&search, searched.index, searched.digests, 0, searched_count_hit, &hits);
        iscc_search_match(&search, 0, 0, &first, 1, searched.index->parts[0].sketches, &number, 1);
        assert_int_equal(hits, 0);
        iscc_search_match(&search, 0, 0, &second, 1, searched.index->parts[0].sketches, &number, 1);
        iscc_search_flush(&search);
        assert_int_equal(hits, searched.count);
        assert_int_equal(counted.measures, cases[i].measures);
        iscc_index_free(searched.index);
    }
}

/* Of the pairs, several entries of a key are searched together. */
static void entries_of_a_key_are_searched_together(void **state)
{
    enum { TOGETHER = ISCC_QUERIES_MAX, ROOM = ISCC_SEARCH_ROOM / TOGETHER };

    (void)state;
    for (size_t with = TOGETHER; with <= 2 * TOGETHER; with += TOGETHER / 2)
        for (size_t others = ROOM; others <= ROOM + 1; others++) {
            memset(searched.digests, 0, sizeof searched.digests);
            searched.count = with + others;
            for (size_t i = with; i < searched.count; i++)
                searched.digests[i * SIZE] = 0x80;
            searched_make(1);
            searched.index->plans[1] = (struct iscc_plan){.radii = {1}};
            size_t told = 0;
            assert_int_equal(iscc_index_pairs(searched.index, 1, 0, 1, searched_count_hit, &told), ISCC_OK);
            assert_int_equal(told, searched.count * (searched.count - 1) / 2);
            assert_int_equal(counted.sketches, searched.count * (searched.count - 1) / 2);
            assert_int_equal(counted.measured, counted.sketches);
            const size_t batches = (with + TOGETHER - 1) / TOGETHER;
            size_t searches = searched.count - 2; /* each entry with those of its key behind it */
            for (size_t batch = 0; batch < batches; batch++) {
                const size_t queries = with - batch * TOGETHER < TOGETHER ? with - batch * TOGETHER : TOGETHER;
                const size_t room = ISCC_SEARCH_ROOM / queries;
                searches += (others + room - 1) / room;
            }
            assert_int_equal(counted.searches, searches);
            iscc_index_free(searched.index);
        }
}

static int end_at_once(void *context, uint32_t first, uint32_t second, unsigned distance)
{
    searched_count_hit(context, first, second, distance);
    return 1;
}

/* Nothing is looked at any more when a search has been ended. */
static void an_ended_search_ends(void **state)
{
    (void)state;
    searched.count = MANY;
    memset(searched.digests, 0, sizeof searched.digests);
    for (size_t part_count = 0; part_count <= 2; part_count++)
        for (int all = 0; all < 2; all++) {
            const bool by_tables = part_count > 0 && all; /* equal digests cost a query more than a scan */
            size_t told = 0;
            searched_make(part_count);
            if (part_count > 0)
                searched.index->plans[1] = (struct iscc_plan){.radii = {0, (signed char)(part_count - 2)}};
            if (all)
                assert_int_equal(iscc_index_pairs(searched.index, 1, 0, 1, end_at_once, &told), ISCC_OK);
            else
                assert_int_equal(iscc_index_each(searched.index, searched.digests, 1, end_at_once, &told), ISCC_OK);
            assert_int_equal(told, 1);
            assert_int_equal(counted.scans, !by_tables);
            assert_int_equal(counted.compared, !by_tables);
            assert_int_equal(counted.measures, by_tables);
            assert_int_equal(counted.searches, by_tables ? 2 : 0); /* the second one has no room beside the first */
            iscc_index_free(searched.index);
        }
}

static int set_size(void **state)
{
    (void)state;
    searched.size = SIZE;
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(runs_are_as_long_as_there_is_room),
        cmocka_unit_test(matches_wait_until_there_is_no_room),
        cmocka_unit_test(entries_of_a_key_are_searched_together),
        cmocka_unit_test(an_ended_search_ends),
    };
    return cmocka_run_group_tests_name("index_runs", tests, set_size, NULL);
}
