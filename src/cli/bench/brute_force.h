/* SPDX-License-Identifier: Apache-2.0 */
/* Grouping without an index, to measure the index against and to check its results. */
#ifndef BRUTE_FORCE_H
#define BRUTE_FORCE_H

#include "similar/groups.h"

struct brute_force;

/* Uses the digests of the task without copying them. NULL if memory is short. */
struct brute_force *brute_force_new(const struct groups_task *task);

/*
 * Makes the groups of GROUPS_IN_ORDER: each reference is compared with every later digest by the library's scan, on the
 * task's threads. Stores the result in `assignments` and returns the number of comparisons.
 */
double brute_force_group(struct brute_force *comparison, struct group_assignment *assignments);

/*
 * Checks the groups in `assignments` by comparing the given references, in order, with every later digest: a digest
 * near a reference must not be in the group of a later one. Stores the number of such pairs in `wrong` and returns
 * the number of comparisons.
 */
double brute_force_check(struct brute_force *comparison, const uint32_t *references, size_t count,
                         const struct group_assignment *assignments, size_t *wrong);

void brute_force_free(struct brute_force *comparison);

#endif
