/* SPDX-License-Identifier: Apache-2.0 */
/* Estimates the cost of searches of an index, and chooses the cheapest plan. */
#ifndef ISCC_INDEX_PLAN_H
#define ISCC_INDEX_PLAN_H

#include "index/tables.h"

/* The number of parts that is cheapest for evenly distributed digests, or 0 if a scan is. */
size_t iscc_plan_parts(size_t bits, size_t count, unsigned radius);

/* Finds the cheapest plan for a radius: its division among the parts, or a scan. Returns the cost in nanoseconds. */
double iscc_plan_make(const struct iscc_part parts[], size_t part_count, size_t bits, size_t count, unsigned radius,
                      struct iscc_plan *plan);

/* Builds the tables of `part_count` parts, and plans the searches for every radius. */
iscc_status iscc_plan_build(iscc_index *index, size_t part_count);

/* The plan for a radius. */
const struct iscc_plan *iscc_plan_of(const iscc_index *index, unsigned radius);

/* The cost, in nanoseconds, of comparing a digest with all `count` others. */
double iscc_plan_scan_cost(size_t bits, size_t count);

/* The cost per query of matching `entries` entries whose keys are at this distance, and of comparing the digests of
 * those whose sketches match, if `queries` queries share them. */
double iscc_plan_entries_cost(const struct iscc_part *part, unsigned radius, unsigned distance, double entries,
                              double queries);

#endif
