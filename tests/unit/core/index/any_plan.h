/* SPDX-License-Identifier: Apache-2.0 */
/* Plans of an index that nobody would make, but that find all. */
#ifndef ANY_PLAN_H
#define ANY_PLAN_H

#include "index/index.h"

/* Shares a radius out by chance: parts that are not searched, and radii beyond what is needed, are among them. A scan
 * where no tables reach so far. */
void any_plan(uint64_t *random, iscc_index *index, unsigned radius);

#endif
