/* SPDX-License-Identifier: Apache-2.0 */
/* Plans of an index that nobody would make, but that find all. */
#include "any_plan.h"

#include <string.h>

#include "support/random.h"

void any_plan(uint64_t *random, iscc_index *index, unsigned radius)
{
    struct iscc_plan *plan = &index->plans[radius];
    unsigned sum = 0;

    plan->is_scan = radius + 1 > index->part_count * (ISCC_PART_RADIUS_MAX + 1);
    memset(plan->radii, -1, sizeof plan->radii);
    while (!plan->is_scan && sum < radius + 1) {
        const size_t part = random_below(random, index->part_count);
        if (plan->radii[part] < (int)ISCC_PART_RADIUS_MAX) {
            plan->radii[part]++;
            sum++;
        }
    }
}
