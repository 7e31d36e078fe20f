/* SPDX-License-Identifier: Apache-2.0 */
/* The balls in which digests are crowded: those that a model finds. */
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "balls_model.h"
#include "crowded.h"
#include "digests.h"
#include "index/index.h"
#include "support/random.h"

static struct balls_model model;
static struct iscc_ball balls[BALLS];
static size_t ball_count;

/* Finds the balls of the case, which must be those of the model. */
static void check_balls(unsigned radius)
{
    iscc_index *index = NULL;

    assert_int_equal(iscc_index_new(&index, 8 * (unsigned)crowded.size), ISCC_OK);
    assert_int_equal(iscc_index_use(index, crowded.digests, crowded.count), ISCC_OK);
    index->seed = crowded.count;
    memset(balls, 0xff, sizeof balls);
    ball_count = SIZE_MAX;
    const double cost = iscc_balls_find(index, radius, balls, &ball_count);
    balls_model_find(&model, index, radius);
    assert_int_equal(ball_count, model.ball_count);
    for (size_t i = 0; i < ball_count; i++) {
        assert_memory_equal(balls[i].centre, model.balls[i].centre, sizeof balls[i].centre);
        assert_int_equal(balls[i].radius, model.balls[i].radius);
    }
    balls_model_assert_cost(&model, cost);
    iscc_index_free(index);
}

/* Crowds of any size, narrow and wide, some of them close to the one before. */
static void add_crowds(uint64_t *random, size_t crowds, size_t members_max)
{
    uint8_t centre[32];

    random_fill(random, centre, crowded.size);
    for (size_t i = 0; i < crowds; i++) {
        const size_t least = random_below(random, crowded.size + 1);
        if (random_below(random, 3) == 0)
            digests_change(random, centre, crowded.size, random_below(random, 3 * crowded.size));
        else
            random_fill(random, centre, crowded.size);
        crowded_add_copies(random, centre, MEMBERS_MIN - 8 + random_below(random, members_max), least,
                           least + random_below(random, 5 * crowded.size / 2));
    }
}

static void any_crowds(void **state)
{
    uint64_t random = 1;
    size_t found = 0;

    (void)state;
    for (crowded.size = 4; crowded.size <= 32; crowded.size += 4)
        for (unsigned round = 0; round < 10; round++) {
            crowded.count = 0;
            add_crowds(&random, 1 + random_below(&random, 5), 80);
            crowded_add_random(&random, random_below(&random, 100));
            crowded_shuffle(&random);
            check_balls((unsigned)random_below(&random, 3 * crowded.size));
            check_balls((unsigned)random_below(&random, 9 * crowded.size));
            found += ball_count;
        }
    assert_true(found > 80);
}

/* Of more digests than the sample has, some balls are found, and others are too small to be seen. */
static void more_than_the_sample(void **state)
{
    static const size_t counts[] = {SAMPLE_MAX + 1, CROWDED_MAX};
    uint64_t random = 2;

    (void)state;
    crowded.size = 16;
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        crowded.count = 0;
        add_crowds(&random, 10, 500);
        crowded_add_random(&random, counts[i] - crowded.count);
        crowded_shuffle(&random);
        check_balls(12);
        assert_in_range(ball_count, 3, 12);
    }
}

/* What is in no ball is searched by tables: few bits, so that it shows how many the tables are for. */
static void the_rest_costs_tables(void **state)
{
    uint64_t random = 11;
    double cost;

    (void)state;
    for (crowded.size = 4; crowded.size <= 8; crowded.size += 4) {
        crowded.count = 0;
        add_crowds(&random, 3, 2000);
        crowded_add_random(&random, CROWDED_MAX - crowded.count);
        crowded_shuffle(&random);
        check_balls(1);
        assert_true(iscc_plan_parts(8 * crowded.size, model.free, 1, &cost) > 0);
    }
}

/* The centre is not among the digests, but what most of them have is. */
static void the_centre_is_found(void **state)
{
    uint64_t random = 3;
    uint8_t centre[32] = {0};

    (void)state;
    for (crowded.size = 8; crowded.size <= 32; crowded.size += 8) {
        crowded.count = 0;
        random_fill(&random, centre, crowded.size);
        crowded_add_copies(&random, centre, 200, 1, crowded.size);
        crowded_add_random(&random, 400);
        crowded_shuffle(&random);
        check_balls((unsigned)crowded.size / 2);
        assert_int_equal(ball_count, 1);
        assert_memory_equal(balls[0].centre, centre, crowded.size);
        assert_in_range(balls[0].radius, crowded.size, 3 * crowded.size);
    }
}

/* A bit of the centre is set where more than half of the digests have it. */
static void half_is_not_most(void **state)
{
    uint64_t random = 8;
    uint8_t centre[32] = {0};

    (void)state;
    for (crowded.size = 4; crowded.size <= 32; crowded.size += 28)
        for (size_t bit = 0; bit < 8 * crowded.size; bit++)
            for (size_t more = 0; more <= 1; more++) {
                crowded.count = 0;
                crowded_add_copies(&random, centre, MEMBERS_MIN + more, 0, 0);
                for (size_t i = 0; i < MEMBERS_MIN / 2 + more; i++)
                    crowded.digests[i * crowded.size + bit / 8] ^= (uint8_t)(1u << bit % 8);
                check_balls(3);
                assert_int_equal(ball_count, 1);
                assert_int_equal(balls[0].centre[bit / 8], more == 0 ? 0 : 1u << bit % 8);
            }
}

static void few_digests_are_no_crowd(void **state)
{
    uint64_t random = 4;
    uint8_t centre[32] = {0};

    (void)state;
    for (crowded.size = 4; crowded.size <= 32; crowded.size += 4)
        for (size_t members = 1; members <= MEMBERS_MIN + 1; members++) {
            crowded.count = 0;
            crowded_add_copies(&random, centre, members, 0, 0);
            check_balls(3);
            assert_int_equal(ball_count, members < MEMBERS_MIN ? 0 : 1);
            crowded_add_random(&random, 10);
            check_balls(0);
        }
}

/* Around the members there are seven times as many in the shell, all in reach of the search: then a scan of the ball is
 * not better than tables. With one less it is. */
static void nothing_is_gained_in_a_crowded_shell(void **state)
{
    uint64_t random = 5;
    uint8_t centre[32] = {0};

    (void)state;
    crowded.size = 8;
    crowded.count = 0;
    crowded_add_copies(&random, centre, MEMBERS_MIN, 0, 0);
    crowded_add_copies(&random, centre, 7 * MEMBERS_MIN, 29, 29);
    check_balls(30);
    assert_int_equal(ball_count, 0);
    crowded.count--;
    check_balls(30);
    assert_int_equal(ball_count, 1);
    assert_int_equal(balls[0].radius, 3 * crowded.size);
}

/* What is as far as a crowd may reach is still of it. */
static void a_crowd_is_as_wide_as_its_reach(void **state)
{
    uint64_t random = 6;
    uint8_t centre[32];

    (void)state;
    random_fill(&random, centre, sizeof centre);
    for (crowded.size = 4; crowded.size <= 32; crowded.size += 4)
        for (size_t beyond = 0; beyond <= 1; beyond++) {
            crowded.count = 0;
            crowded_add_copies(&random, centre, 300, 0, 0);
            crowded_add_copies(&random, centre, 600, 3 * crowded.size + beyond, 3 * crowded.size + beyond);
            check_balls(UINT_MAX);
            assert_true(ball_count > 0);
            assert_memory_equal(balls[0].centre, centre, crowded.size);
            assert_int_equal(balls[0].radius, 3 * crowded.size);
            check_balls(6 * (unsigned)crowded.size);
            check_balls(8 * (unsigned)crowded.size);
        }
}

/* Opposite a crowd, as far as can be, is another one; the shell gets there only from the ball's edge. */
static void the_opposite_is_in_reach(void **state)
{
    uint64_t random = 9;
    uint8_t centre[32];

    (void)state;
    random_fill(&random, centre, sizeof centre);
    for (crowded.size = 4; crowded.size <= 32; crowded.size += 4)
        for (unsigned less = 0; less <= 1; less++) {
            crowded.count = 0;
            crowded_add_copies(&random, centre, 100, 0, 0);
            crowded_add_copies(&random, centre, 300, 8 * crowded.size, 8 * crowded.size);
            check_balls(8 * (unsigned)crowded.size - less);
            assert_int_equal(ball_count, 2);
            assert_int_equal(balls[0].radius, less == 0 ? 3 * crowded.size : 0);
        }
}

/* A crowd of which no seed is a member is not found, though the last crowd to be found has a member in its reach. */
static void a_crowd_needs_a_seed(void **state)
{
    enum { INTERVAL = SAMPLE_MAX / SEEDS, LAST = SAMPLE_MAX - 40 };
    uint64_t random = 10;
    uint8_t centre[32];

    (void)state;
    crowded.size = 32;
    crowded.count = 0;
    crowded_add_random(&random, 1);
    memcpy(centre, crowded.digests, crowded.size);
    for (size_t i = 0; i < MEMBERS_MIN + 1; i++) {
        if (crowded.count % INTERVAL == 0)
            crowded_add_random(&random, 1);
        crowded_add_copies(&random, centre, 1, 0, 0);
    }
    random_fill(&random, crowded.digests, crowded.size);
    crowded_add_random(&random, LAST - crowded.count);
    for (size_t bit = 0; bit < 3 * crowded.size; bit++)
        centre[bit / 8] ^= (uint8_t)(1u << bit % 8);
    crowded_add_copies(&random, centre, 1, 0, 0);
    centre[crowded.size - 1] ^= 0xff;
    crowded_add_copies(&random, centre, SAMPLE_MAX - crowded.count, 0, 0);
    check_balls(12);
    assert_int_equal(ball_count, 1);
    assert_memory_equal(balls[0].centre, centre, crowded.size);
}

/* There are more crowds than balls; each has as many digests as it must. */
static void no_more_balls_than_there_may_be(void **state)
{
    uint64_t random = 7;
    uint8_t centre[32];

    (void)state;
    crowded.size = 32;
    crowded.count = 0;
    for (size_t crowd = 0; crowd < SAMPLE_MAX / MEMBERS_MIN; crowd++) {
        random_fill(&random, centre, crowded.size);
        crowded_add_copies(&random, centre, MEMBERS_MIN, 0, 0);
    }
    crowded_shuffle(&random);
    check_balls(12);
    assert_int_equal(ball_count, ISCC_BALLS_MAX);
    assert_true(model.free >= MEMBERS_MIN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_crowds),
        cmocka_unit_test(more_than_the_sample),
        cmocka_unit_test(the_rest_costs_tables),
        cmocka_unit_test(the_centre_is_found),
        cmocka_unit_test(half_is_not_most),
        cmocka_unit_test(few_digests_are_no_crowd),
        cmocka_unit_test(nothing_is_gained_in_a_crowded_shell),
        cmocka_unit_test(a_crowd_is_as_wide_as_its_reach),
        cmocka_unit_test(the_opposite_is_in_reach),
        cmocka_unit_test(a_crowd_needs_a_seed),
        cmocka_unit_test(no_more_balls_than_there_may_be),
    };
    return cmocka_run_group_tests_name("index_balls", tests, NULL, NULL);
}
