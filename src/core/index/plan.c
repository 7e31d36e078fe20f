/* SPDX-License-Identifier: Apache-2.0 */
/* Estimates what a search costs, and chooses the cheapest plan. */
#include <string.h>

#include "index/plan.h"

/*
 * In nanoseconds, measured on one thread of a 2023 Xeon with AVX-512, with a million digests, whose tables exceed the
 * second-level cache. Only the ratios matter, and they are similar on other machines.
 */
#define COST_PROBE 9.0   /* to look up a key and load the first of its entries */
#define COST_ENTRY 0.15  /* to compare a sketch */
#define COST_LOAD 7.0    /* to load a digest from memory */
#define COST_MEASURE 3.0 /* to compute its distance */
#define COST_SCAN 0.12   /* to compare 64 bits of a digest in a scan */

/* The possible radii of a part: -1, which means no search, to ISCC_PART_RADIUS_MAX. */
enum { CHOICES = ISCC_PART_RADIUS_MAX + 2 };

double iscc_plan_scan_cost(size_t bits, size_t count)
{
    const size_t words = (bits + 63) / 64;

    return COST_SCAN * (double)words * (double)count;
}

double iscc_plan_entries_cost(const struct iscc_part *part, unsigned radius, unsigned distance, double entries,
                              double queries)
{
    double share = 0;
    if (radius >= distance)
        share = part->shares[distance][radius - distance < part->sketch_bits ? radius - distance : part->sketch_bits];
    /* A digest that matches several of the queries is loaded only once. */
    const double loads = share * queries > 1 ? 1 / queries : share;
    return entries * (COST_ENTRY + share * COST_MEASURE + loads * COST_LOAD);
}

/* The number of values at exactly this distance from one: the binomial coefficient. */
static double shell(unsigned width, unsigned distance)
{
    double values = 1;
    for (unsigned i = 0; i < distance; i++)
        values *= (double)(width > i ? width - i : 0) / (i + 1);
    return values;
}

/* The cost of searching a part with each radius. */
static void part_costs(const struct iscc_part *part, unsigned radius, double costs[CHOICES])
{
    const double queries = part->populations[0] < ISCC_QUERIES_MAX ? part->populations[0] : ISCC_QUERIES_MAX;
    double cost = 0;
    double nearer = 0;
    costs[0] = 0;
    for (unsigned distance = 0; distance <= ISCC_PART_RADIUS_MAX; distance++) {
        cost += COST_PROBE * shell(part->width, distance);
        cost += iscc_plan_entries_cost(part, radius, distance, part->populations[distance] - nearer, queries);
        nearer = part->populations[distance];
        costs[distance + 1] = cost;
    }
}

/*
 * The radii r_i must satisfy sum(r_i + 1) >= radius + 1. Otherwise two digests that differ in r_i + 1 bits in every
 * part would be within the radius, but not be found. Dynamic programming over the parts: best[n] is the lowest cost of
 * the parts so far with sum(r_i + 1) = n.
 */
double iscc_plan_make(const struct iscc_part parts[], size_t part_count, size_t bits, size_t count, unsigned radius,
                      struct iscc_plan *plan)
{
    const double scan = iscc_plan_scan_cost(bits, count);
    double best[ISCC_PLANS + 1] = {0};
    signed char choices[ISCC_PARTS_MAX][ISCC_PLANS + 1];
    size_t reach = 0;

    memset(plan->radii, -1, sizeof plan->radii);
    memset(choices, -1, sizeof choices);
    for (size_t i = 0; i < part_count; i++) {
        double costs[CHOICES];
        double next[ISCC_PLANS + 1] = {0};
        part_costs(&parts[i], radius, costs);
        for (size_t sum = 0; sum <= reach + CHOICES - 1; sum++)
            for (size_t choice = 0; choice < CHOICES && choice <= sum; choice++)
                if (sum - choice <= reach && (choices[i][sum] < 0 || best[sum - choice] + costs[choice] < next[sum])) {
                    next[sum] = best[sum - choice] + costs[choice];
                    choices[i][sum] = (signed char)choice;
                }
        reach += CHOICES - 1;
        memcpy(best, next, (reach + 1) * sizeof best[0]);
    }
    plan->is_scan = radius >= reach || best[radius + 1] >= scan;
    if (plan->is_scan)
        return scan;
    size_t sum = radius + 1;
    for (size_t i = part_count; i-- > 0;) {
        const size_t choice = (size_t)choices[i][sum];
        plan->radii[i] = (signed char)((int)choice - 1);
        sum -= choice;
    }
    return best[radius + 1];
}

/* Sets the populations that evenly distributed digests would have. */
static void assume_even(struct iscc_part *part, size_t count)
{
    double values = 0;
    for (unsigned distance = 0; distance <= ISCC_PART_RADIUS_MAX; distance++) {
        values += shell(part->width, distance);
        part->populations[distance] = (double)count * values / (double)((size_t)1 << part->width);
    }
}

size_t iscc_plan_parts(size_t bits, size_t count, unsigned radius)
{
    double lowest = iscc_plan_scan_cost(bits, count);
    size_t best = 0;

    for (size_t part_count = 1; part_count <= ISCC_PARTS_MAX; part_count++) {
        struct iscc_part parts[ISCC_PARTS_MAX];
        struct iscc_plan plan;
        iscc_tables_layout(parts, part_count, bits, count);
        for (size_t i = 0; i < part_count; i++)
            assume_even(&parts[i], count);
        const double cost = iscc_plan_make(parts, part_count, bits, count, radius, &plan);
        if (cost < lowest) {
            lowest = cost;
            best = part_count;
        }
    }
    return best;
}

iscc_status iscc_plan_build(iscc_index *index, size_t part_count)
{
    const iscc_status status = iscc_tables_build(index, part_count);

    for (unsigned radius = 0; radius < ISCC_PLANS && index->part_count > 0; radius++)
        iscc_plan_make(index->parts, index->part_count, 8 * index->size, index->count, radius, &index->plans[radius]);
    return status;
}

const struct iscc_plan *iscc_plan_of(const iscc_index *index, unsigned radius)
{
    static const struct iscc_plan scan = {.is_scan = true};
    return index->part_count > 0 && radius < ISCC_PLANS ? &index->plans[radius] : &scan;
}
