/* SPDX-License-Identifier: Apache-2.0 */
/* The nearest digests: which they are, and what is looked at to find them, as a model says that looks at everything. */
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "any_plan.h"
#include "digests.h"
#include "hits.h"
#include "index/search.h"
#include "support/random.h"
#include "searched.h"

enum { CAPACITY_MAX = 20 };

/* What has been met so far. */
static struct iscc_hit met[MANY];
static size_t met_count;

/* How far away what is among the best can be at the most. */
static unsigned farthest_of_best(size_t capacity)
{
    hits_sort(met, met_count);
    return met_count < capacity ? 8 * (unsigned)searched.size : met[capacity - 1].distance;
}

/* Run by run; of each one only what can still be among the best when it begins is looked at more closely. `numbers` are
 * those of the digests; NULL: of all. */
static void expect_scan(const uint8_t *digest, const uint32_t *numbers, size_t count, size_t capacity,
                        struct work *work)
{
    unsigned limit = farthest_of_best(capacity);

    work->scanned += count;
    for (size_t i = 0; i < count; i++) {
        const uint32_t number = numbers == NULL ? (uint32_t)i : numbers[i];
        const unsigned distance = digests_distance(digest, searched_digest(number), searched.size);
        work->compared += distance <= limit;
        met[met_count++] = (struct iscc_hit){number, distance};
        if ((i + 1) % ISCC_SEARCH_ROOM == 0)
            limit = farthest_of_best(capacity);
    }
}

/* Radius by radius, each of which lets all parts go one bit farther, until there are enough; or a scan. Returns how
 * many radii there were. */
static size_t expect_nearest(const uint8_t *digest, size_t capacity, struct work *work)
{
    const size_t parts = searched.index->part_count;
    size_t radii = 0;

    for (size_t reach = parts; parts > 0; reach += parts, radii++) {
        size_t within = 0;
        if (iscc_index_plan(searched.index, (unsigned)reach - 1)->is_scan)
            break;
        searched_expect_query(digest, (unsigned)reach - 1, work);
        for (size_t i = 0; i < searched.count; i++)
            within += digests_distance(digest, searched_digest(i), searched.size) < reach;
        if (within >= capacity)
            return radii + 1;
    }
    met_count = 0;
    expect_scan(digest, NULL, searched.count, capacity, work);
    return radii;
}

/* The first piece, and of the others those that can have something better: each has its centre compared. */
static void expect_nearest_in_pieces(const uint8_t *digest, size_t capacity, struct work *work)
{
    met_count = 0;
    for (size_t i = 0; i < searched.index->piece_count; i++) {
        const struct iscc_piece *piece = &searched.index->pieces[i];
        const unsigned farthest = farthest_of_best(capacity);
        const bool is_full = met_count >= capacity;
        work->compared += i > 0 && is_full;
        if (i == 0 || !is_full ||
            digests_distance(digest, piece->ball.centre, searched.size) <= piece->ball.radius + farthest)
            expect_scan(digest, piece->numbers, piece->index->count, capacity, work);
    }
}

static void check_nearest(const uint8_t *digest, size_t capacity, const struct work *expected)
{
    struct iscc_hit hits[CAPACITY_MAX];
    size_t found;

    counting_reset();
    assert_int_equal(iscc_index_nearest(searched.index, digest, hits, capacity, &found), ISCC_OK);
    searched_assert_work(expected);
    assert_int_equal(found, capacity < searched.count ? capacity : searched.count);
    for (met_count = 0; met_count < searched.count; met_count++)
        met[met_count] =
            (struct iscc_hit){(uint32_t)met_count, digests_distance(digest, searched_digest(met_count), searched.size)};
    hits_sort(met, met_count);
    hits_assert_equal(hits, met, found);
}

/* Half of the indexes have plans that reach as far as can be. */
static void the_nearest_are_looked_for_in_growing_radii(void **state)
{
    uint64_t random = random_seed();
    size_t repeated = 0;

    (void)state;
    for (size_t round = 0; round < 4 * DIGESTS_KINDS; round++) {
        searched.size = 4 * (1 + round % 8);
        searched.count = 1 + random_below(&random, MANY);
        digests_fill(&random, (enum digests_kind)(round / 4), searched.digests, searched.size, searched.count);
        searched_make(random_below(&random, ISCC_PARTS_MAX + 1));
        for (unsigned radius = 0; round % 2 == 0 && radius < ISCC_PLANS; radius++)
            any_plan(&random, searched.index, radius);
        for (size_t i = 0; i < 10; i++) {
            struct work expected = {0};
            const size_t capacity = 1 + random_below(&random, CAPACITY_MAX);
            uint8_t digest[SEARCHED_BYTES_MAX];
            searched_near(&random, digest);
            repeated += expect_nearest(digest, capacity, &expected) > 1;
            check_nearest(digest, capacity, &expected);
        }
        iscc_index_free(searched.index);
    }
    assert_true(repeated > 10);
}

static void the_farthest_is_found_too(void **state)
{
    const uint8_t digest[SEARCHED_BYTES_MAX] = {0};

    (void)state;
    searched.count = 3;
    memset(searched.digests, 0xff, sizeof searched.digests);
    for (searched.size = 4; searched.size <= SEARCHED_BYTES_MAX; searched.size += 4) {
        const struct work expected = {.scanned = 3, .compared = 3};
        searched_make(0);
        check_nearest(digest, 2, &expected);
        iscc_index_free(searched.index);
    }
}

/* Some crowds, with as much of the rest between them. */
static void pieces_that_are_too_far_away_are_left_out(void **state)
{
    enum { BALLS = 5, BITS = 6 };
    uint64_t random = random_seed();
    size_t left_out = 0;

    (void)state;
    for (size_t round = 0; round < 50; round++) {
        struct iscc_ball balls[BALLS];
        searched.size = 4 * (1 + round % 8);
        searched.count = 1 + random_below(&random, MANY);
        digests_fill(&random, DIGESTS_RANDOM, searched.digests, searched.size, searched.count);
        for (size_t i = 0; i < BALLS; i++) {
            random_fill(&random, balls[i].centre, sizeof balls[i].centre);
            balls[i].radius = BITS;
        }
        for (size_t i = 0; i < searched.count; i++)
            if (random_below(&random, 8) > 0) {
                uint8_t *digest = searched.digests + i * searched.size;
                memcpy(digest, balls[random_below(&random, BALLS)].centre, searched.size);
                digests_change(&random, digest, searched.size, random_below(&random, BITS + 1));
            }
        searched_make(0);
        /* No tables have such a radius, so that a scan goes through the rest. */
        assert_int_equal(iscc_pieces_build(searched.index, balls, BALLS, UINT_MAX), ISCC_OK);
        counting_use(searched.index);
        for (size_t i = 0; i < 10; i++) {
            struct work expected = {0};
            const size_t capacity = 1 + random_below(&random, CAPACITY_MAX);
            uint8_t digest[SEARCHED_BYTES_MAX];
            searched_near(&random, digest);
            expect_nearest_in_pieces(digest, capacity, &expected);
            left_out += expected.scanned < searched.count;
            check_nearest(digest, capacity, &expected);
        }
        iscc_index_free(searched.index);
    }
    assert_true(left_out > 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_nearest_are_looked_for_in_growing_radii),
        cmocka_unit_test(the_farthest_is_found_too),
        cmocka_unit_test(pieces_that_are_too_far_away_are_left_out),
    };
    return cmocka_run_group_tests_name("index_best", tests, NULL, NULL);
}
