/* SPDX-License-Identifier: Apache-2.0 */
/* References compared with all later digests, one by one: what the index is measured against, and held to. */
#ifndef COMPARISON_H
#define COMPARISON_H

#include "similar/groups.h"

struct comparison;

/* Prepares to compare the digests of a task, which stay in use. NULL if memory is short. */
struct comparison *comparison_new(const struct groups_task *task);

/*
 * Makes the groups of GROUPS_IN_ORDER: each reference is compared with every later digest by the library's scan, on the
 * task's threads. Returns the number of comparisons; `places` gets the result.
 */
double comparison_group(struct comparison *comparison, struct group_place *places);

/*
 * Compares some references alone, given in order, with every later digest, and holds the groups in `places` against
 * what it finds: a digest near a reference must not be in the group of a later one. Returns the number of comparisons;
 * `wrong` gets that of the digests that are.
 */
double comparison_judge(struct comparison *comparison, const uint32_t *references, size_t count,
                        const struct group_place *places, size_t *wrong);

void comparison_free(struct comparison *comparison);

#endif
