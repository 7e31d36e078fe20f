/* SPDX-License-Identifier: Apache-2.0 */
/* The search kernels of every table against plain loops. Their input ends at the end of readable memory. */
#include <stdlib.h>
#include <string.h>

#include "core/index/digests.h"
#include "core/kernels/guarded_area.h"
#include "support/random.h"
#include "support/unit.h"

enum { AREA_SIZE = 65536, COUNT_MAX = 300 };

static uint8_t *area;
static uint32_t *numbers; /* output of the kernels: COUNT_MAX and the slack */
static uint32_t *others;

static void near_digests_of_any_size(void **state)
{
    uint64_t random = random_seed();

    (void)state;
    for (size_t size = 4; size <= 32; size += 4)
        for (size_t count = 0; count <= 70; count++) {
            const unsigned limit = count % 7 == 0 ? (unsigned)(8 * size) : (unsigned)random_below(&random, 20);
            uint8_t *digests = area + AREA_SIZE - count * size;
            uint8_t digest[32];
            digests_fill(&random, DIGESTS_CLUSTERS, digests, size, count);
            random_fill(&random, digest, sizeof digest);
            if (count > 0)
                memcpy(digest, digests, size);
            FOR_EACH_TABLE(table)
            {
                const size_t found = table->find_near(digests, size, count, digest, limit, numbers);
                size_t expected = 0;
                for (size_t i = 0; i < count; i++)
                    if (digests_distance(digests + i * size, digest, size) <= limit)
                        assert_int_equal(numbers[expected++], i);
                assert_int_equal(found, expected);
            }
        }
}

static int by_value(const void *a, const void *b)
{
    const uint64_t x = *(const uint64_t *)a;
    const uint64_t y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* The order of matches is not defined. */
static void sort_matches(const uint32_t *queries, const uint32_t *words, size_t count, uint64_t *sorted)
{
    for (size_t i = 0; i < count; i++)
        sorted[i] = (uint64_t)queries[i] << 32 | words[i];
    qsort(sorted, count, sizeof *sorted, by_value);
}

enum { WORDS = 64, QUERIES = 4, RANGES = 6 };

/* Words to search, some of which differ from a query in one bit only. */
static void fill_words(uint64_t *random, uint32_t *words, uint32_t *queries)
{
    random_fill(random, queries, QUERIES * sizeof *queries);
    random_fill(random, words, (WORDS + ISCC_SEARCH_SLACK) * sizeof *words);
    for (size_t i = 0; i < WORDS; i += 1 + random_below(random, 4))
        words[i] = queries[i % QUERIES] ^ UINT32_C(1) << random_below(random, 32);
}

/* Ranges that may overlap, of no more words in all than the output holds for every query. */
static void fill_ranges(uint64_t *random, struct iscc_range *ranges, size_t count)
{
    size_t left = COUNT_MAX / QUERIES;

    for (size_t i = 0; i < count; i++) {
        const size_t size = random_below(random, (left < WORDS ? left : WORDS) + 1);
        ranges[i].begin = (uint32_t)random_below(random, WORDS - size + 1);
        ranges[i].end = (uint32_t)(ranges[i].begin + size);
        left -= size;
    }
}

/* Every query against every word of every range, sorted. */
static size_t match_plainly(const uint32_t *words, const struct iscc_range *ranges, size_t range_count,
                            const uint32_t *queries, size_t query_count, unsigned limit, uint64_t *matches)
{
    size_t count = 0;

    for (size_t i = 0; i < range_count; i++)
        for (uint32_t word = ranges[i].begin; word < ranges[i].end; word++)
            for (size_t query = 0; query < query_count; query++)
                if (digests_distance((const uint8_t *)&words[word], (const uint8_t *)&queries[query], 4) <= limit)
                    matches[count++] = (uint64_t)query << 32 | word;
    qsort(matches, count, sizeof *matches, by_value);
    return count;
}

static void sketches_in_any_ranges(void **state)
{
    uint64_t random = random_seed();
    uint32_t *words = (uint32_t *)(void *)(area + AREA_SIZE) - WORDS - ISCC_SEARCH_SLACK;
    uint64_t sorted[COUNT_MAX];
    uint64_t expected[COUNT_MAX];

    (void)state;
    for (int round = 0; round < 1000; round++) {
        uint32_t queries[QUERIES];
        struct iscc_range ranges[RANGES];
        const size_t query_count = random_below(&random, QUERIES + 1);
        const size_t range_count = random_below(&random, RANGES + 1);
        const unsigned limit = (unsigned)random_below(&random, 40);
        fill_words(&random, words, queries);
        fill_ranges(&random, ranges, range_count);
        const size_t expected_count = match_plainly(words, ranges, range_count, queries, query_count, limit, expected);
        FOR_EACH_TABLE(table)
        {
            const size_t found =
                table->match_sketches(words, ranges, range_count, queries, query_count, limit, numbers, others);
            assert_int_equal(found, expected_count);
            sort_matches(numbers, others, found, sorted);
            assert_memory_equal(sorted, expected, found * sizeof *sorted);
        }
    }
}

static void pairs_of_any_size(void **state)
{
    enum { DIGESTS = 50 };
    uint64_t random = random_seed();
    uint32_t lefts[COUNT_MAX];
    uint32_t rights[COUNT_MAX];
    uint16_t distances[COUNT_MAX];

    (void)state;
    for (size_t size = 4; size <= 32; size += 4) {
        uint8_t left[DIGESTS * 32];
        uint8_t *right = area + AREA_SIZE - DIGESTS * size;
        digests_fill(&random, DIGESTS_CLUSTERS, left, size, DIGESTS);
        digests_fill(&random, DIGESTS_CLUSTERS, right, size, DIGESTS);
        for (size_t i = 0; i < COUNT_MAX; i++) {
            lefts[i] = (uint32_t)random_below(&random, DIGESTS);
            rights[i] = (uint32_t)random_below(&random, DIGESTS);
        }
        for (size_t count = 0; count <= COUNT_MAX; count += 1 + count / 4)
            FOR_EACH_TABLE(table)
            {
                table->measure_pairs(left, lefts, right, rights, size, count, distances);
                for (size_t i = 0; i < count; i++)
                    assert_int_equal(distances[i],
                                     digests_distance(left + lefts[i] * size, right + rights[i] * size, size));
            }
    }
}

static int map_area(void **state)
{
    (void)state;
    area = guarded_area_map(AREA_SIZE);
    numbers = malloc((COUNT_MAX + ISCC_SEARCH_SLACK) * sizeof *numbers);
    others = malloc((COUNT_MAX + ISCC_SEARCH_SLACK) * sizeof *others);
    return area != NULL && numbers != NULL && others != NULL ? 0 : -1;
}

static int release_area(void **state)
{
    (void)state;
    free(numbers);
    free(others);
    return guarded_area_unmap(area, AREA_SIZE);
}

TEST_FILE(search_kernels)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(near_digests_of_any_size),
        cmocka_unit_test(sketches_in_any_ranges),
        cmocka_unit_test(pairs_of_any_size),
    };
    return cmocka_run_group_tests_name("search_kernels", tests, map_area, release_area);
}
