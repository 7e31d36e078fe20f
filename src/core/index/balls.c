/* SPDX-License-Identifier: Apache-2.0 */
/* Finds balls in which digests are crowded, on a sample of them. */
#include <stdlib.h>
#include <string.h>

#include "index/index.h"

/* Digests that are looked at, spread over all; and how many of them must lie in a ball: with fewer, tables do as well.
 */
enum { SAMPLE = 8192, MEMBERS_MIN = 32 };

/* Digests of the sample around which a ball is looked for. With 256 one is met in nine cases of ten of a crowd that has
 * a hundredth of all. */
enum { SEEDS = 256 };

/* The centre moves to the middle of what is around it, as often. */
enum { MOVES = 3 };

/* Digests of a ball are compared by its scan, at about an eighth or less of what tables would cost, as most keys and
 * sketches of a crowd are near; but so is every digest of the shell. */
#define SCAN_GAIN 8.0

struct sample {
    const iscc_index *index;
    uint8_t *digests; /* the first `count` are in no ball yet */
    size_t count;
    size_t total;
    /* What is not within as many bits of a centre is not of its crowd: random digests hardly ever are. */
    unsigned reach;
    uint32_t near[SAMPLE + ISCC_SEARCH_SLACK];
};

static bool sample_take(struct sample *sample, const iscc_index *index)
{
    const size_t size = index->size;

    sample->index = index;
    sample->reach = 3 * (unsigned)size;
    sample->total = index->count < SAMPLE ? index->count : SAMPLE;
    sample->count = sample->total;
    sample->digests = malloc(sample->total * size);
    for (size_t i = 0; sample->digests != NULL && i < sample->count; i++)
        memcpy(sample->digests + i * size, index->digests + iscc_index_sample(index, i, sample->count) * size, size);
    return sample->digests != NULL;
}

/* Finds the digests within some bits of a centre: their numbers are in sample->near then. */
static size_t find_near(struct sample *sample, const uint8_t *centre, unsigned limit)
{
    return sample->index->kernels->find_near(sample->digests, sample->index->size, sample->count, centre, limit,
                                             sample->near);
}

/* Moves a centre to where each bit is that of most digests within reach. Returns how many these are. */
static size_t move_centre(struct sample *sample, uint8_t *centre, unsigned reach)
{
    const size_t size = sample->index->size;
    const size_t near = find_near(sample, centre, reach);
    size_t set[256] = {0};

    for (size_t i = 0; i < near; i++)
        for (size_t bit = 0; bit < 8 * size; bit++)
            set[bit] += sample->digests[sample->near[i] * size + bit / 8] >> bit % 8 & 1;
    memset(centre, 0, size);
    for (size_t bit = 0; bit < 8 * size; bit++)
        if (2 * set[bit] > near)
            centre[bit / 8] |= (uint8_t)(1u << bit % 8);
    return near;
}

/* How many digests of the sample from `begin` to `end` are within each distance of a centre: `within` holds zeros
 * before. */
static void count_within(const struct sample *sample, const uint8_t *centre, size_t begin, size_t end,
                         double within[257])
{
    const iscc_index *index = sample->index;

    for (size_t i = begin; i < end; i++)
        within[index->kernels->hamming(centre, sample->digests + i * index->size, index->size)]++;
    for (size_t i = 1; i < 257; i++)
        within[i] += within[i - 1];
}

/*
 * Finds the radius with which a ball gains most, the greatest of several: as the sample has few of the digests. What
 * its members cost in tables grows with the square of their number; a scan of them is done for all that are in the ball
 * or in the shell of thickness `radius`. Returns the cost of that, as pairs of the sample that are compared; 0 where
 * there is nothing to gain.
 */
static double choose_radius(const struct sample *sample, unsigned radius, struct iscc_ball *ball)
{
    const unsigned bits = 8 * (unsigned)sample->index->size;
    double free_within[257] = {0};
    double taken_within[257] = {0};
    double best = 0;
    double pairs = 0;

    count_within(sample, ball->centre, 0, sample->count, free_within);
    count_within(sample, ball->centre, sample->count, sample->total, taken_within);
    for (unsigned distance = 0; distance <= sample->reach; distance++) {
        const unsigned reached = radius < bits - distance ? radius + distance : bits;
        const double members = free_within[distance];
        const double near = free_within[reached] + taken_within[reached];
        const double gain = members * (SCAN_GAIN * members - near);
        if (members < MEMBERS_MIN || gain <= 0 || gain < best)
            continue;
        best = gain;
        pairs = members * near;
        ball->radius = distance;
    }
    return pairs;
}

/* Puts what is in a ball behind what is in none. */
static void remove_members(struct sample *sample, const struct iscc_ball *ball)
{
    const size_t size = sample->index->size;

    for (size_t i = find_near(sample, ball->centre, ball->radius); i-- > 0;) {
        uint8_t *member = sample->digests + sample->near[i] * size;
        uint8_t *last = sample->digests + --sample->count * size;
        uint8_t copy[32];
        memcpy(copy, member, size);
        memmove(member, last, size);
        memcpy(last, copy, size);
    }
}

/* What a search costs, of which so many pairs of the sample are compared because of the balls. */
static double sum_costs(const struct sample *sample, unsigned radius, double pairs)
{
    const size_t bits = 8 * sample->index->size;
    const double total = (double)sample->total;
    const double rest = (double)sample->count / total;
    double look_up;

    iscc_plan_parts(bits, (size_t)(rest * (double)sample->index->count), radius, &look_up);
    return pairs / total / total * iscc_plan_scan_cost(bits, sample->index->count) + rest * look_up;
}

double iscc_balls_find(const iscc_index *index, unsigned radius, struct iscc_ball balls[], size_t *count)
{
    struct sample sample; /* its arrays stay as they are */
    double pairs = 0;

    *count = 0;
    if (!sample_take(&sample, index))
        return -1;
    for (size_t seed = 0; seed < SEEDS && *count < ISCC_BALLS_MAX && sample.count >= MEMBERS_MIN; seed++) {
        struct iscc_ball *ball = &balls[*count];
        size_t near = sample.count;
        memset(ball->centre, 0, sizeof ball->centre);
        memcpy(ball->centre, sample.digests + seed * sample.count / SEEDS * index->size, index->size);
        for (unsigned move = 0; move < MOVES && near >= MEMBERS_MIN; move++)
            near = move_centre(&sample, ball->centre, move == 0 ? sample.reach : 5 * sample.reach / 6);
        const double ball_pairs = near < MEMBERS_MIN ? 0 : choose_radius(&sample, radius, ball);
        if (ball_pairs == 0)
            continue;
        remove_members(&sample, ball);
        pairs += ball_pairs;
        ++*count;
    }
    free(sample.digests);
    return sum_costs(&sample, radius, pairs);
}
