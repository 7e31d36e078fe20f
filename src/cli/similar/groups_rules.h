/* SPDX-License-Identifier: Apache-2.0 */
/* The rules by which groups are made, each over digests that are different from one another. */
#ifndef GROUPS_RULES_H
#define GROUPS_RULES_H

#include <iscc/iscc.h>
#include <stddef.h>
#include <stdint.h>

enum groups_rule {
    /* In the order of the digests: one that is in no group yet becomes a reference, and every later one that is in no
     * group yet and lies within the threshold of it joins it. So each belongs to the first reference near it. */
    GROUPS_IN_ORDER,
    /* Connected components: two digests are in one group if a chain leads from one to the other of which each step is
     * within the threshold. The reference is the first of the group; others may lie farther from it than the threshold.
     * Which digests are together does not depend on their order. */
    GROUPS_CONNECTED
};

struct groups_task {
    const uint8_t *digests; /* `count` times bits / 8 bytes, one behind the other */
    size_t count;           /* 0 to ISCC_INDEX_MAX, which is more than four billion */
    unsigned bits;          /* of each digest: 32 to 256 in steps of 32 */
    unsigned threshold;     /* the greatest distance in bits that is near */
    enum groups_rule rule;
    int threads; /* from 1 on */
};

/* Each finds the reference of each of `count` digests, which is its own number for a reference; of the task they use
 * all but its digests. */
iscc_status groups_in_order(const struct groups_task *task, const uint8_t *digests, size_t count, uint32_t *references);
iscc_status groups_connected(const struct groups_task *task, const uint8_t *digests, size_t count,
                             uint32_t *references);

#endif
