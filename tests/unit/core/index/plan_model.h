/* SPDX-License-Identifier: Apache-2.0 */
/* What searches of an index cost and which plan is the cheapest, to judge those of the library. */
#ifndef PLAN_MODEL_H
#define PLAN_MODEL_H

#include "index/index.h"

/* A part is searched with any radius, or not. */
enum { PLAN_MODEL_CHOICES = ISCC_PART_RADIUS_MAX + 2 };

/* Fails unless both are the same but for rounding. */
void plan_assert_near(double value, double expected);

/* In how many ways some of all things are chosen, and at most so many. */
double plan_model_choose(size_t all, size_t some);
double plan_model_ways(size_t all, size_t most);

double plan_model_scan(size_t bits, size_t count);

/* To compare entries at a distance: what matches is measured, for each query, and loaded, once for all. */
double plan_model_entries(const struct iscc_part *part, unsigned radius, unsigned distance, double entries,
                          double queries);

/* To look up all keys at less than the distance `end` from one, and what is there. */
double plan_model_part(const struct iscc_part *part, unsigned radius, unsigned end);

/* The least cost of all ways to share the radius out. */
double plan_model_least(const struct iscc_part parts[], size_t part_count, unsigned radius);

/* Populations as they are where digests are evenly spread. */
void plan_model_spread(struct iscc_part *part, size_t count);

#endif
