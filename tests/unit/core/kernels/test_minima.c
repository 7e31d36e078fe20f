/* SPDX-License-Identifier: Apache-2.0 */
/* MinHash by every table that this machine can run, against the formula: any features, those that a filter might miss,
 * and so many that most of them only pass one. */
#include <string.h>

#include "core/kernels/guarded_area.h"
#include "core/naive.h"
#include "support/random.h"
#include "support/unit.h"

#define AREA_SIZE ((size_t)64 * 1024)

static uint8_t *area;

static void check_minima(const uint32_t *before, const uint32_t *features, size_t count)
{
    uint32_t expected[ISCC_MINIMA];
    uint32_t minima[ISCC_MINIMA];

    memcpy(expected, before, sizeof expected);
    for (size_t i = 0; i < ISCC_MINIMA; i++)
        for (size_t j = 0; j < count; j++) {
            const uint32_t permuted = naive_permute(i, features[j]);
            expected[i] = permuted < expected[i] ? permuted : expected[i];
        }
    FOR_EACH_TABLE(table)
    {
        memcpy(minima, before, sizeof minima);
        table->lower_minima(minima, features, count);
        if (memcmp(minima, expected, sizeof minima) != 0)
            fail_msg("%s: minima of %zu features", table->name, count);
    }
}

/* From any minima, half of them those before the first feature. */
static void check_any_minima(uint64_t *numbers, const uint32_t *features, size_t count)
{
    uint32_t before[ISCC_MINIMA];

    random_fill(numbers, before, sizeof before);
    for (size_t i = 0; i < ISCC_MINIMA; i++)
        before[i] |= random_below(numbers, 2) > 0 ? UINT32_MAX : 0;
    check_minima(before, features, count);
}

static void minima_of_any_features(void **state)
{
    const uint32_t extremes[] = {0,          1,          2,          0x7fffffff, 0x80000000,
                                 0x80000001, 0xfffffffe, 0xffffffff, 0xffff0000, 0x0000ffff};
    uint64_t numbers = random_seed();

    (void)state;
    for (size_t i = 0; i < sizeof extremes / sizeof extremes[0]; i++)
        check_any_minima(&numbers, extremes + i, 1);
    for (size_t count = 0; count <= 70; count++) {
        uint32_t *features = (uint32_t *)(void *)(area + AREA_SIZE) - count;
        for (int i = 0; i < 10; i++) {
            random_fill(&numbers, features, count * sizeof *features);
            check_any_minima(&numbers, features, count);
        }
    }
}

/* The feature whose product and addend have these low 32 bits. The permutation is up to 7 more (see mersenne.h). */
static uint32_t find_feature(size_t index, uint32_t low)
{
    uint32_t inverse = (uint32_t)iscc_minhash_a[index];

    for (int round = 0; round < 4; round++)
        inverse *= 2 - (uint32_t)iscc_minhash_a[index] * inverse;
    return (low - (uint32_t)iscc_minhash_b[index]) * inverse;
}

/* Features whose permutations lie close above and below the minimum, and close to 0 and 2^32: what a filter that is off
 * by one, or by what the reduction adds, would miss. */
static void minima_near_the_limit(void **state)
{
    enum { COUNT = 333 };
    uint32_t *features = (uint32_t *)(void *)(area + AREA_SIZE) - COUNT;
    uint32_t before[ISCC_MINIMA];
    uint64_t random = random_seed();

    (void)state;
    for (int round = 0; round < 150; round++) {
        const uint32_t spread = round % 3 == 0 ? 12 : UINT32_C(1) << random_below(&random, 32);
        for (size_t i = 0; i < ISCC_MINIMA; i++)
            before[i] = round % 5 == 0 ? (uint32_t)(random_below(&random, 40) - 20)
                                       : (uint32_t)random_below(&random, 1 + 2 * (size_t)spread);
        for (size_t j = 0; j < COUNT; j++) {
            const size_t index = random_below(&random, ISCC_MINIMA);
            features[j] = find_feature(index, before[index] + 12 - (uint32_t)random_below(&random, 24));
        }
        check_minima(before, features, COUNT);
    }
}

static void minima_of_many(void **state)
{
    uint32_t *features = (uint32_t *)(void *)area;
    uint32_t before[ISCC_MINIMA];
    uint64_t random = random_seed();

    (void)state;
    random_fill(&random, area, AREA_SIZE);
    memset(before, 0xff, sizeof before);
    for (size_t count = 60; count <= AREA_SIZE / 4; count += 1 + count / 3)
        check_minima(before, features, count);
}

/*
 * With M = 2^61 - 1, the low 61 bits and the high 3 bits of a product sum up to M or more only where the low ones are
 * at most 7 short of M. The features that make such products are found backwards, by the inverse of the multiplier, and
 * all of them are above 2^32. So kernels may leave out the last subtraction of M.
 */
static void no_feature_needs_the_last_subtraction(void **state)
{
    const uint64_t mersenne = (UINT64_C(1) << 61) - 1;

    (void)state;
    for (size_t i = 0; i < ISCC_MINIMA; i++) {
        uint64_t inverse = iscc_minhash_a[i]; /* right in 3 bits for any odd number; each round doubles them */
        for (int round = 0; round < 5; round++)
            inverse *= 2 - iscc_minhash_a[i] * inverse;
        assert_int_equal(iscc_minhash_a[i] * inverse, 1);
        for (uint64_t high = 0; high < 8; high++)
            for (uint64_t low = mersenne - high; low <= mersenne; low++)
                assert_true(((high << 61 | low) - iscc_minhash_b[i]) * inverse > UINT32_MAX);
    }
}

static int map_area(void **state)
{
    (void)state;
    (void)random_seed();
    area = guarded_area_map(AREA_SIZE);
    return area != NULL ? 0 : -1;
}

static int release_area(void **state)
{
    (void)state;
    return guarded_area_unmap(area, AREA_SIZE);
}

TEST_FILE(minima)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(minima_of_any_features),
        cmocka_unit_test(minima_near_the_limit),
        cmocka_unit_test(minima_of_many),
        cmocka_unit_test(no_feature_needs_the_last_subtraction),
    };
    return cmocka_run_group_tests(tests, map_area, release_area);
}
