/* SPDX-License-Identifier: Apache-2.0 */
/* A search for the balls in which digests are crowded that does everything the long way. */
#ifndef BALLS_MODEL_H
#define BALLS_MODEL_H

#include "index/index.h"

/* So many digests are the sample, so many of them are tried as centres, and so many make a crowd; and one ball more
 * than there may be. */
enum { SAMPLE_MAX = 8192, SEEDS = 256, MEMBERS_MIN = 32, BALLS = ISCC_BALLS_MAX + 1 };

/* The sample: those in no ball come first. */
struct balls_model {
    unsigned radius;
    size_t total;
    size_t free;
    const uint8_t *sample[SAMPLE_MAX];
    struct iscc_ball balls[BALLS];
    size_t ball_count;
    double pairs;
};

/* The balls of an index of the `crowded` digests, of which it takes the sample. */
void balls_model_find(struct balls_model *model, const iscc_index *index, unsigned radius);

/* The cost is the share of all pairs that are compared, and that of tables for as many of the digests as are free. */
void balls_model_assert_cost(const struct balls_model *model, double cost);

#endif
