/* SPDX-License-Identifier: Apache-2.0 */
/* A search for the balls in which digests are crowded that does everything the long way. */
#include "balls_model.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "crowded.h"

enum { BITS_MAX = 256 };

/* Each bit of the centre becomes that of more than half of the free digests within reach. Returns how many these are.
 */
static size_t move_to_majority(const struct balls_model *model, uint8_t *centre, unsigned reach)
{
    int surplus[BITS_MAX] = {0};
    size_t near = 0;

    for (size_t i = 0; i < model->free; i++) {
        if (crowded_distance(model->sample[i], centre) > reach)
            continue;
        near++;
        for (size_t bit = 0; bit < 8 * crowded.size; bit++)
            surplus[bit] += (model->sample[i][bit / 8] & 1u << bit % 8) != 0 ? 1 : -1;
    }
    for (size_t bit = 0; bit < 8 * crowded.size; bit++) {
        const uint8_t mask = (uint8_t)(1u << bit % 8);
        centre[bit / 8] = surplus[bit] > 0 ? centre[bit / 8] | mask : centre[bit / 8] & (uint8_t)~mask;
    }
    return near;
}

/* Tries every radius: in tables eight times the square of the members is compared, in a ball each member with all that
 * the radius of the search takes in around it. Returns the pairs of the best one, the greatest of several; 0: no radius
 * gains. */
static uint64_t try_radii(const struct balls_model *model, struct iscc_ball *ball)
{
    int64_t at[BITS_MAX + 1] = {0};
    int64_t free_at[BITS_MAX + 1] = {0};
    int64_t best = 0;
    int64_t pairs = 0;

    for (size_t i = 0; i < model->total; i++) {
        const unsigned distance = crowded_distance(model->sample[i], ball->centre);
        at[distance]++;
        free_at[distance] += i < model->free;
    }
    for (unsigned radius = 0; radius <= 3 * crowded.size; radius++) {
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
static void take_away(struct balls_model *model, const struct iscc_ball *ball)
{
    for (size_t i = model->free; i > 0; i--) {
        const uint8_t *digest = model->sample[i - 1];
        if (crowded_distance(digest, ball->centre) > ball->radius)
            continue;
        model->free--;
        model->sample[i - 1] = model->sample[model->free];
        model->sample[model->free] = digest;
    }
}

void balls_model_find(struct balls_model *model, const iscc_index *index, unsigned radius)
{
    const unsigned reach = 3 * (unsigned)crowded.size;

    model->radius = radius;
    model->total = crowded.count < SAMPLE_MAX ? crowded.count : SAMPLE_MAX;
    model->free = model->total;
    model->ball_count = 0;
    model->pairs = 0;
    for (size_t i = 0; i < model->total; i++)
        model->sample[i] = crowded_digest(iscc_index_sample(index, i, model->total));
    for (size_t seed = 0; seed < SEEDS && model->ball_count < ISCC_BALLS_MAX && model->free >= MEMBERS_MIN; seed++) {
        struct iscc_ball ball = {{0}, 0};
        memcpy(ball.centre, model->sample[seed * model->free / SEEDS], crowded.size);
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

/* Where a division is rounded, one less of the digests may be free. */
void balls_model_assert_cost(const struct balls_model *model, double cost)
{
    const double total = (double)model->total;
    const double scan = iscc_plan_scan_cost(8 * crowded.size, crowded.count) * model->pairs / (total * total);
    const size_t rest = (size_t)((uint64_t)model->free * crowded.count / model->total);
    double least_difference = HUGE_VAL;

    for (size_t less = 0; less <= 1 && less <= rest; less++) {
        double tables;
        iscc_plan_parts(8 * crowded.size, rest - less, model->radius, &tables);
        least_difference = fmin(least_difference, fabs(cost - scan - tables * (double)model->free / total));
    }
    assert_true(least_difference <= 1e-9 * cost);
}
