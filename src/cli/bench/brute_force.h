/* SPDX-License-Identifier: Apache-2.0 */
/* References compared with all later digests, one by one: what the index is measured against, and held to. */
#ifndef BRUTE_FORCE_H
#define BRUTE_FORCE_H

#include "similar/groups.h"

struct brute_force;

/* Prepares to compare the digests of a task, which stay in use. NULL if memory is short. */
struct brute_force *brute_force_new(const struct groups_task *task);

/*
 * Makes the groups of GROUPS_IN_ORDER: each reference is compared with every later digest by the library's scan, on the
 * task's threads. Returns the number of comparisons; `places` gets the result.
 */
double brute_force_group(struct brute_force *comparison, struct group_assignment *places);

/*
 * Compares some references alone, given in order, with every later digest, and holds the groups in `places` against
 * what it finds: a digest near a reference must not be in the group of a later one. Returns the number of comparisons;
 * `wrong` gets that of the digests that are.
 */
double brute_force_judge(struct brute_force *comparison, const uint32_t *references, size_t count,
                         const struct group_assignment *places, size_t *wrong);

void brute_force_free(struct brute_force *comparison);

#endif
