/* SPDX-License-Identifier: Apache-2.0 */
/* The balls in which digests are crowded, against a search for them that does everything the long way. */
#include <limits.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "index.h"
#include "support/digests.h"
#include "support/random.h"

enum { COUNT_MAX = 20000, SAMPLE_MAX = 8192, SEEDS = 256, MEMBERS_MIN = 32, BITS_MAX = 256 };

/* One more than there may be. */
#define BALLS (ISCC_BALLS_MAX + 1)

/* The digests of a case, in any order. */
static uint8_t *digests;
static size_t size;
static size_t count;

/* ---- The model ---- */

/* The sample: those in no ball come first. */
struct model {
    unsigned radius;
    size_t total;
    size_t free;
    const uint8_t *sample[SAMPLE_MAX];
    struct iscc_ball balls[BALLS];
    size_t ball_count;
    double pairs;
};

static unsigned distance_of(const uint8_t *a, const uint8_t *b)
{
    return digests_distance(a, b, size);
}

/* Each bit of the centre becomes that of more than half of the free digests within reach. Returns how many these are.
 */
static size_t move_to_majority(const struct model *model, uint8_t *centre, unsigned reach)
{
    int surplus[BITS_MAX] = {0};
    size_t near = 0;

    for (size_t i = 0; i < model->free; i++) {
        if (distance_of(model->sample[i], centre) > reach)
            continue;
        near++;
        for (size_t bit = 0; bit < 8 * size; bit++)
            surplus[bit] += (model->sample[i][bit / 8] & 1u << bit % 8) != 0 ? 1 : -1;
    }
    for (size_t bit = 0; bit < 8 * size; bit++) {
        const uint8_t mask = (uint8_t)(1u << bit % 8);
        centre[bit / 8] = surplus[bit] > 0 ? centre[bit / 8] | mask : centre[bit / 8] & (uint8_t)~mask;
    }
    return near;
}

/* Tries every radius: in tables eight times the square of the members is compared, in a ball each member with all that
 * the radius of the search takes in around it. Returns the pairs of the best one, the greatest of several; 0: no radius
 * gains. */
static uint64_t try_radii(const struct model *model, struct iscc_ball *ball)
{
    int64_t at[BITS_MAX + 1] = {0};
    int64_t free_at[BITS_MAX + 1] = {0};
    int64_t best = 0;
    int64_t pairs = 0;

    for (size_t i = 0; i < model->total; i++) {
        const unsigned distance = distance_of(model->sample[i], ball->centre);
        at[distance]++;
        free_at[distance] += i < model->free;
    }
    for (unsigned radius = 0; radius <= 3 * size; radius++) {
        int64_t members = 0;
        int64_t near = 0;
        for (unsigned distance = 0; distance <= BITS_MAX; distance++) {
            members += distance <= radius ? free_at[distance] : 0;
            near += distance <= (uint64_t)radius + model->radius ? at[distance] : 0;
        }
        const int64_t gain = 8 * members * members - members * near;
        if (members >= MEMBERS_MIN && gain > 0 && gain >= best) {
            best = gain;
            pairs = members * near;
            ball->radius = radius;
        }
    }
    return (uint64_t)pairs;
}

/* The last member changes places with the last free digest, and so on. */
static void take_away(struct model *model, const struct iscc_ball *ball)
{
    for (size_t i = model->free; i > 0; i--) {
        const uint8_t *digest = model->sample[i - 1];
        if (distance_of(digest, ball->centre) > ball->radius)
            continue;
        model->free--;
        model->sample[i - 1] = model->sample[model->free];
        model->sample[model->free] = digest;
    }
}

static void find_balls(struct model *model, const iscc_index *index, unsigned radius)
{
    const unsigned reach = 3 * (unsigned)size;

    model->radius = radius;
    model->total = count < SAMPLE_MAX ? count : SAMPLE_MAX;
    model->free = model->total;
    model->ball_count = 0;
    model->pairs = 0;
    for (size_t i = 0; i < model->total; i++)
        model->sample[i] = digests + iscc_index_sample(index, i, model->total) * size;
    for (size_t seed = 0; seed < SEEDS && model->ball_count < ISCC_BALLS_MAX && model->free >= MEMBERS_MIN; seed++) {
        struct iscc_ball ball = {{0}, 0};
        memcpy(ball.centre, model->sample[seed * model->free / SEEDS], size);
        if (move_to_majority(model, ball.centre, reach) < MEMBERS_MIN ||
            move_to_majority(model, ball.centre, 5 * reach / 6) < MEMBERS_MIN ||
            move_to_majority(model, ball.centre, 5 * reach / 6) < MEMBERS_MIN)
            continue;
        const uint64_t pairs = try_radii(model, &ball);
        if (pairs == 0)
            continue;
        model->balls[model->ball_count++] = ball;
        model->pairs += (double)pairs;
        take_away(model, &ball);
    }
}

/* The share of all pairs that are compared, and tables for as many of the digests as are free, of which there may be
 * one less where a division is rounded. */
static void assert_cost(const struct model *model, double cost)
{
    const double total = (double)model->total;
    const double scan = iscc_plan_scan_cost(8 * size, count) * model->pairs / (total * total);
    const size_t rest = (size_t)((uint64_t)model->free * count / model->total);
    double least_difference = HUGE_VAL;

    for (size_t less = 0; less <= 1 && less <= rest; less++) {
        double tables;
        iscc_plan_parts(8 * size, rest - less, model->radius, &tables);
        least_difference = fmin(least_difference, fabs(cost - scan - tables * (double)model->free / total));
    }
    assert_true(least_difference <= 1e-9 * cost);
}

/* ---- Cases ---- */

static struct model model;
static struct iscc_ball balls[BALLS];
static size_t ball_count;

/* Finds the balls of the case, which must be those of the model. */
static void check_balls(unsigned radius)
{
    iscc_index *index = NULL;

    assert_int_equal(iscc_index_new(&index, 8 * (unsigned)size), ISCC_OK);
    assert_int_equal(iscc_index_use(index, digests, count), ISCC_OK);
    index->seed = count;
    memset(balls, 0xff, sizeof balls);
    ball_count = SIZE_MAX;
    const double cost = iscc_balls_find(index, radius, balls, &ball_count);
    find_balls(&model, index, radius);
    assert_int_equal(ball_count, model.ball_count);
    for (size_t i = 0; i < ball_count; i++) {
        assert_memory_equal(balls[i].centre, model.balls[i].centre, sizeof balls[i].centre);
        assert_int_equal(balls[i].radius, model.balls[i].radius);
    }
    assert_cost(&model, cost);
    iscc_index_free(index);
}

/* Adds copies of a digest with as many bits changed. */
static void add_copies(uint64_t *random, const uint8_t *centre, size_t copies, size_t least, size_t most)
{
    for (size_t i = 0; i < copies; i++) {
        uint8_t *digest = digests + count++ * size;
        memcpy(digest, centre, size);
        digests_change(random, digest, size, least + random_below(random, most - least + 1));
    }
}

static void add_random(uint64_t *random, size_t number)
{
    random_fill(random, digests + count * size, number * size);
    count += number;
}

static void shuffle(uint64_t *random)
{
    for (size_t i = count; i > 1; i--) {
        uint8_t *last = digests + (i - 1) * size;
        uint8_t *other = digests + random_below(random, i) * size;
        uint8_t copy[32];
        memcpy(copy, last, size);
        memmove(last, other, size);
        memcpy(other, copy, size);
    }
}

/* Crowds of any size, narrow and wide, some of them close to the one before. */
static void add_crowds(uint64_t *random, size_t crowds, size_t members_max)
{
    uint8_t centre[32];

    random_fill(random, centre, size);
    for (size_t i = 0; i < crowds; i++) {
        const size_t least = random_below(random, size + 1);
        if (random_below(random, 3) == 0)
            digests_change(random, centre, size, random_below(random, 3 * size));
        else
            random_fill(random, centre, size);
        add_copies(random, centre, MEMBERS_MIN - 8 + random_below(random, members_max), least,
                   least + random_below(random, 5 * size / 2));
    }
}

static void any_crowds(void **state)
{
    uint64_t random = 1;
    size_t found = 0;

    (void)state;
    for (size = 4; size <= 32; size += 4)
        for (unsigned round = 0; round < 10; round++) {
            count = 0;
            add_crowds(&random, 1 + random_below(&random, 5), 80);
            add_random(&random, random_below(&random, 100));
            shuffle(&random);
            check_balls((unsigned)random_below(&random, 3 * size));
            check_balls((unsigned)random_below(&random, 9 * size));
            found += ball_count;
        }
    assert_true(found > 80);
}

/* Of more digests than the sample has, some balls are found, and others are too small to be seen. */
static void more_than_the_sample(void **state)
{
    static const size_t counts[] = {SAMPLE_MAX + 1, COUNT_MAX};
    uint64_t random = 2;

    (void)state;
    size = 16;
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        count = 0;
        add_crowds(&random, 10, 500);
        add_random(&random, counts[i] - count);
        shuffle(&random);
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
    for (size = 4; size <= 8; size += 4) {
        count = 0;
        add_crowds(&random, 3, 2000);
        add_random(&random, COUNT_MAX - count);
        shuffle(&random);
        check_balls(1);
        assert_true(iscc_plan_parts(8 * size, model.free, 1, &cost) > 0);
    }
}

/* The centre is not among the digests, but what most of them have is. */
static void the_centre_is_found(void **state)
{
    uint64_t random = 3;
    uint8_t centre[32] = {0};

    (void)state;
    for (size = 8; size <= 32; size += 8) {
        count = 0;
        random_fill(&random, centre, size);
        add_copies(&random, centre, 200, 1, size);
        add_random(&random, 400);
        shuffle(&random);
        check_balls((unsigned)size / 2);
        assert_int_equal(ball_count, 1);
        assert_memory_equal(balls[0].centre, centre, size);
        assert_in_range(balls[0].radius, size, 3 * size);
    }
}

/* A bit of the centre is set where more than half of the digests have it. */
static void half_is_not_most(void **state)
{
    uint64_t random = 8;
    uint8_t centre[32] = {0};

    (void)state;
    for (size = 4; size <= 32; size += 28)
        for (size_t bit = 0; bit < 8 * size; bit++)
            for (size_t more = 0; more <= 1; more++) {
                count = 0;
                add_copies(&random, centre, MEMBERS_MIN + more, 0, 0);
                for (size_t i = 0; i < MEMBERS_MIN / 2 + more; i++)
                    digests[i * size + bit / 8] ^= (uint8_t)(1u << bit % 8);
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
    for (size = 4; size <= 32; size += 4)
        for (size_t members = 1; members <= MEMBERS_MIN + 1; members++) {
            count = 0;
            add_copies(&random, centre, members, 0, 0);
            check_balls(3);
            assert_int_equal(ball_count, members < MEMBERS_MIN ? 0 : 1);
            add_random(&random, 10);
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
    size = 8;
    count = 0;
    add_copies(&random, centre, MEMBERS_MIN, 0, 0);
    add_copies(&random, centre, 7 * MEMBERS_MIN, 29, 29);
    check_balls(30);
    assert_int_equal(ball_count, 0);
    count--;
    check_balls(30);
    assert_int_equal(ball_count, 1);
    assert_int_equal(balls[0].radius, 3 * size);
}

/* What is as far as a crowd may reach is still of it. */
static void a_crowd_is_as_wide_as_its_reach(void **state)
{
    uint64_t random = 6;
    uint8_t centre[32];

    (void)state;
    random_fill(&random, centre, sizeof centre);
    for (size = 4; size <= 32; size += 4)
        for (size_t beyond = 0; beyond <= 1; beyond++) {
            count = 0;
            add_copies(&random, centre, 300, 0, 0);
            add_copies(&random, centre, 600, 3 * size + beyond, 3 * size + beyond);
            check_balls(UINT_MAX);
            assert_true(ball_count > 0);
            assert_memory_equal(balls[0].centre, centre, size);
            assert_int_equal(balls[0].radius, 3 * size);
            check_balls(6 * (unsigned)size);
            check_balls(8 * (unsigned)size);
        }
}

/* Opposite a crowd, as far as can be, is another one; the shell gets there only from the ball's edge. */
static void the_opposite_is_in_reach(void **state)
{
    uint64_t random = 9;
    uint8_t centre[32];

    (void)state;
    random_fill(&random, centre, sizeof centre);
    for (size = 4; size <= 32; size += 4)
        for (unsigned less = 0; less <= 1; less++) {
            count = 0;
            add_copies(&random, centre, 100, 0, 0);
            add_copies(&random, centre, 300, 8 * size, 8 * size);
            check_balls(8 * (unsigned)size - less);
            assert_int_equal(ball_count, 2);
            assert_int_equal(balls[0].radius, less == 0 ? 3 * size : 0);
        }
}

/* A crowd of which no seed is a member is not found, though the last crowd to be found has a member in its reach. */
static void a_crowd_needs_a_seed(void **state)
{
    enum { INTERVAL = SAMPLE_MAX / SEEDS, LAST = SAMPLE_MAX - 40 };
    uint64_t random = 10;
    uint8_t centre[32];

    (void)state;
    size = 32;
    count = 0;
    add_random(&random, 1);
    memcpy(centre, digests, size);
    for (size_t i = 0; i < MEMBERS_MIN + 1; i++) {
        if (count % INTERVAL == 0)
            add_random(&random, 1);
        add_copies(&random, centre, 1, 0, 0);
    }
    random_fill(&random, digests, size);
    add_random(&random, LAST - count);
    for (size_t bit = 0; bit < 3 * size; bit++)
        centre[bit / 8] ^= (uint8_t)(1u << bit % 8);
    add_copies(&random, centre, 1, 0, 0);
    centre[size - 1] ^= 0xff;
    add_copies(&random, centre, SAMPLE_MAX - count, 0, 0);
    check_balls(12);
    assert_int_equal(ball_count, 1);
    assert_memory_equal(balls[0].centre, centre, size);
}

/* There are more crowds than balls; each has as many digests as it must. */
static void no_more_balls_than_there_may_be(void **state)
{
    uint64_t random = 7;
    uint8_t centre[32];

    (void)state;
    size = 32;
    count = 0;
    for (size_t crowd = 0; crowd < SAMPLE_MAX / MEMBERS_MIN; crowd++) {
        random_fill(&random, centre, size);
        add_copies(&random, centre, MEMBERS_MIN, 0, 0);
    }
    shuffle(&random);
    check_balls(12);
    assert_int_equal(ball_count, ISCC_BALLS_MAX);
    assert_true(model.free >= MEMBERS_MIN);
}

static int make_room(void **state)
{
    (void)state;
    digests = malloc((size_t)COUNT_MAX * 32);
    return digests == NULL ? -1 : 0;
}

static int release_room(void **state)
{
    (void)state;
    free(digests);
    return 0;
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
    return cmocka_run_group_tests_name("index_balls", tests, make_room, release_room);
}
