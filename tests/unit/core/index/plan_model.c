/* SPDX-License-Identifier: Apache-2.0 */
/* Costs as formulas, and the cheapest plan by trying all. */
#include "plan_model.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* What things cost, in nanoseconds: who measures anew changes them here and in index_plan.c. */
static const double cost_of_probe = 9;
static const double cost_of_entry = 0.15;
static const double cost_of_load = 7;
static const double cost_of_measure = 3;
static const double cost_of_scan = 0.12;

double plan_model_choose(size_t all, size_t some)
{
    uint64_t ways = 1;
    for (size_t i = 0; i < some; i++)
        ways = i < all ? ways * (all - i) / (i + 1) : 0;
    return (double)ways;
}

double plan_model_ways(size_t all, size_t most)
{
    double sum = 0;
    for (size_t some = 0; some <= most; some++)
        sum += plan_model_choose(all, some);
    return sum;
}

void plan_assert_near(double value, double expected)
{
    if (!(fabs(value - expected) <= 1e-9 * fabs(expected)))
        fail_msg("%.17g is not %.17g", value, expected);
}

double plan_model_scan(size_t bits, size_t count)
{
    return cost_of_scan * ceil((double)bits / 64) * (double)count;
}

double plan_model_entries(const struct iscc_part *part, unsigned radius, unsigned distance, double entries,
                          double queries)
{
    double share = 0;
    if (distance <= radius)
        share = part->shares[distance][part->sketch_bits];
    if (distance <= radius && radius - distance <= part->sketch_bits)
        share = part->shares[distance][radius - distance];
    const double loads = queries * share > 1 ? 1 / queries : share;
    return entries * cost_of_entry + entries * share * cost_of_measure + entries * loads * cost_of_load;
}

double plan_model_part(const struct iscc_part *part, unsigned radius, unsigned end)
{
    double cost = 0;
    for (unsigned distance = 0; distance < end; distance++) {
        const double nearer = distance == 0 ? 0 : part->populations[distance - 1];
        cost += cost_of_probe * plan_model_choose(part->width, distance);
        cost += plan_model_entries(part, radius, distance, part->populations[distance] - nearer,
                                   fmin(part->populations[0], ISCC_QUERIES_MAX));
    }
    return cost;
}

/* More than anything costs. */
#define IMPOSSIBLE 1e300

/* Tries all ways to share the radius out: the least cost. */
static double try_all(double (*costs)[PLAN_MODEL_CHOICES], size_t part_count, size_t needed)
{
    double least = IMPOSSIBLE;

    if (part_count == 0)
        return needed == 0 ? 0 : IMPOSSIBLE;
    for (size_t choice = 0; choice < PLAN_MODEL_CHOICES; choice++) {
        const double cost =
            costs[0][choice] + try_all(costs + 1, part_count - 1, needed > choice ? needed - choice : 0);
        if (cost < least)
            least = cost;
    }
    return least;
}

double plan_model_least(const struct iscc_part parts[], size_t part_count, unsigned radius)
{
    double costs[ISCC_PARTS_MAX][PLAN_MODEL_CHOICES];

    for (size_t i = 0; i < part_count; i++)
        for (unsigned choice = 0; choice < PLAN_MODEL_CHOICES; choice++)
            costs[i][choice] = plan_model_part(&parts[i], radius, choice);
    return try_all(costs, part_count, (size_t)radius + 1);
}

void plan_model_spread(struct iscc_part *part, size_t count)
{
    for (size_t distance = 0; distance <= ISCC_PART_RADIUS_MAX; distance++)
        part->populations[distance] = (double)count * plan_model_ways(part->width, distance) / exp2(part->width);
}
