/* SPDX-License-Identifier: Apache-2.0 */
/* What searches of an index cost, and the cheapest way to do them. */
#ifndef ISCC_INDEX_PLAN_H
#define ISCC_INDEX_PLAN_H

#include "index/tables.h"

/* The number of parts that is best for digests that are evenly spread; 0 where a scan is. */
size_t iscc_plan_parts(size_t bits, size_t count, unsigned radius);

/* Divides a radius among parts as cheaply as possible. Returns the cost in nanoseconds, or that of a scan if it is
 * less. */
double iscc_plan_make(const struct iscc_part parts[], size_t part_count, size_t bits, size_t count, unsigned radius,
                      struct iscc_plan *plan);

/* Builds the tables of this many parts, and plans the searches of every radius. */
iscc_status iscc_plan_build(iscc_index *index, size_t part_count);

/* The plan of a query. */
const struct iscc_plan *iscc_plan_of(const iscc_index *index, unsigned radius);

/* The cost, in nanoseconds, of comparing a digest with all others. */
double iscc_plan_scan_cost(size_t bits, size_t count);

/* The cost of looking at `entries` at this distance in a part, some of which must be measured; for each of `queries`
 * queries that are compared with them together. */
double iscc_plan_entries_cost(const struct iscc_part *part, unsigned radius, unsigned distance, double entries,
                              double queries);

#endif
