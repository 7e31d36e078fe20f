/* SPDX-License-Identifier: Apache-2.0 */
/* What an index counts of some digests' neighbours, against a look at all entries. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "digests.h"
#include "index/index.h"
#include "plan_model.h"
#include "support/random.h"
#include "table_model.h"

enum { COUNT_MAX = 10000 };

/* Digests whose neighbours are counted. Every fourth one's sketch is compared, with at most so many of a key, at even
 * intervals, which stand for all of that key; a few say nothing. */
enum { SAMPLES = 256, EVERY = 4, OF_A_KEY = 8, FEW = 256 };

/* What is farther is not counted. */
enum { DISTANCES = 3 };

static iscc_index *search_index;
static uint8_t digests[COUNT_MAX * 32];
static struct table_entry entries[COUNT_MAX];
static size_t size;
static size_t count;

/* ---- The model ---- */

struct counted {
    double neighbours[DISTANCES]; /* with a key at this distance, for all samples */
    double at[DISTANCES][ISCC_SKETCH_BITS + 1];
    size_t looked_at[DISTANCES];
};

static void count_sketches(struct counted *counted, const struct table_entry *sample, unsigned distance,
                           const struct table_entry *of_key, size_t number)
{
    const size_t most = number < OF_A_KEY ? number : OF_A_KEY;

    for (size_t i = 0; i < most; i++) {
        const struct table_entry *entry = &of_key[number * i / most];
        if (entry->number == sample->number)
            continue;
        counted->at[distance][__builtin_popcount(entry->sketch ^ sample->sketch)] += (double)number / (double)most;
        counted->looked_at[distance]++;
    }
}

static void count_neighbours(struct counted *counted, const struct table_entry *sample, bool with_sketches)
{
    for (size_t i = 0, end; i < count; i = end) {
        const unsigned distance = (unsigned)__builtin_popcount(entries[i].key ^ sample->key);
        for (end = i; end < count && entries[end].key == entries[i].key; end++)
            ;
        if (distance >= DISTANCES)
            continue;
        counted->neighbours[distance] += (double)(end - i);
        if (with_sketches)
            count_sketches(counted, sample, distance, &entries[i], end - i);
    }
}

static void count_all(struct counted *counted, const struct iscc_part *part)
{
    const size_t samples = count < SAMPLES ? count : SAMPLES;

    *counted = (struct counted){.looked_at = {0}};
    table_model_fill(search_index, part, entries);
    for (size_t i = 0; i < samples; i++) {
        const size_t sample = iscc_index_sample(search_index, i, samples);
        size_t place = 0;
        while (entries[place].number != sample)
            place++;
        count_neighbours(counted, &entries[place], i % EVERY == 0);
    }
}

/* ---- Checks ---- */

/* Those at distance 3 are as many more than those at 2 as there are more keys. */
static void check_populations(const struct iscc_part *part, const struct counted *counted)
{
    const double samples = count < SAMPLES ? (double)count : SAMPLES;
    double within = 0;

    for (size_t distance = 0; distance < DISTANCES; distance++) {
        within += counted->neighbours[distance] / samples;
        plan_assert_near(part->populations[distance], within);
    }
    if (part->width >= 2) {
        double keys[ISCC_PART_RADIUS_MAX + 1];
        for (size_t distance = 0; distance <= ISCC_PART_RADIUS_MAX; distance++)
            keys[distance] = plan_model_ways(part->width, distance);
        within += counted->neighbours[2] / samples * (keys[3] - keys[2]) / (keys[2] - keys[1]);
    }
    plan_assert_near(part->populations[3], within);
}

static void check_shares(const struct iscc_part *part, const struct iscc_part *assumed, const struct counted *counted)
{
    for (size_t distance = 0; distance <= ISCC_PART_RADIUS_MAX; distance++) {
        const size_t from = distance < DISTANCES ? distance : DISTANCES - 1;
        double all = 0;
        double within = 0;
        for (size_t i = 0; i <= ISCC_SKETCH_BITS; i++)
            all += counted->at[from][i];
        for (size_t i = 0; i <= part->sketch_bits; i++) {
            within += counted->at[from][i];
            plan_assert_near(part->shares[distance][i],
                             counted->looked_at[from] < FEW ? assumed->shares[distance][i] : within / all);
        }
    }
}

/* In how many parts so many sketches were looked at. */
static size_t times[DISTANCES][2 * FEW];

static void check_samples(size_t part_count)
{
    struct iscc_part assumed[ISCC_PARTS_MAX];
    struct counted counted;

    assert_int_equal(iscc_index_new(&search_index, 8 * (unsigned)size), ISCC_OK);
    assert_int_equal(iscc_index_use(search_index, digests, count), ISCC_OK);
    assert_int_equal(iscc_index_build_parts(search_index, part_count), ISCC_OK);
    iscc_plan_layout(assumed, part_count, 8 * size, count);
    for (size_t i = 0; i < part_count; i++) {
        count_all(&counted, &search_index->parts[i]);
        check_populations(&search_index->parts[i], &counted);
        check_shares(&search_index->parts[i], &assumed[i], &counted);
        for (size_t distance = 0; distance < DISTANCES; distance++)
            if (counted.looked_at[distance] < 2 * FEW)
                times[distance][counted.looked_at[distance]]++;
    }
    iscc_index_free(search_index);
}

/* Digests are the same with every seed: so that one too few and just enough are among the sketches, at each distance.
 */
static void few_sketches_say_nothing(void **state)
{
    uint64_t random = 1;

    (void)state;
    size = 4;
    for (size_t round = 0; round < 500; round++) {
        count = 50 + round % 100;
        digests_fill(&random, DIGESTS_RANDOM, digests, size, count);
        check_samples(ISCC_PARTS_MAX);
    }
    for (size_t distance = 0; distance < DISTANCES; distance++)
        for (size_t looked_at = FEW - 1; looked_at <= FEW; looked_at++)
            assert_true(times[distance][looked_at] > 0);
}

static void samples_are_of_all_kinds(void **state)
{
    static const size_t counts[] = {1, 2, 3, 5, 40, 255, 256, 257, 300, 511, 700, 1100, 2600, COUNT_MAX};
    uint64_t random = random_seed();

    (void)state;
    for (enum digests_kind kind = 0; kind < DIGESTS_KINDS; kind++)
        for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
            size = 4 * (1 + random_below(&random, 8));
            count = counts[i];
            digests_fill(&random, kind, digests, size, count);
            check_samples(1 + random_below(&random, ISCC_PARTS_MAX));
        }
}

/* All keys are equal, of 8 bits, and what is behind them is the opposite of one another: the greatest distance
 * that sketches can have. */
static void sketches_differ_in_all_bits(void **state)
{
    uint64_t random = random_seed();

    (void)state;
    count = 300;
    for (size = 8; size <= 32; size += 4) {
        digests_fill(&random, DIGESTS_EQUAL, digests, size, count);
        for (size_t i = 0; i < count; i++)
            for (size_t byte = 1; byte < size; byte++)
                digests[i * size + byte] ^= i % 7 < 4 ? 0xff : 0;
        check_samples(1);
    }
}

/* One of each interval, the same everywhere: these are what Python's integers give, for the first three samples and the
 * last one. */
static void samples_are_spread_by_the_seed(void **state)
{
    static const struct {
        uint64_t seed;
        size_t count;
        size_t samples;
        size_t expected[4];
    } cases[] = {
        {0, 1000, 10, {0, 168, 272, 973}},
        {UINT64_C(0x123456789abcdef), 1000000, 7, {29071, 230462, 428399, 985650}},
        {UINT64_MAX, 70000, 256, {56, 273, 649, 69668}},
        {5, 256, 256, {0, 1, 2, 255}},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const iscc_index index = {.seed = cases[i].seed, .count = cases[i].count};
        for (size_t j = 0; j < 4; j++)
            assert_int_equal(iscc_index_sample(&index, j < 3 ? j : cases[i].samples - 1, cases[i].samples),
                             cases[i].expected[j]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(samples_are_spread_by_the_seed),
        cmocka_unit_test(few_sketches_say_nothing),
        cmocka_unit_test(samples_are_of_all_kinds),
        cmocka_unit_test(sketches_differ_in_all_bits),
    };
    return cmocka_run_group_tests_name("index_samples", tests, NULL, NULL);
}
