/* SPDX-License-Identifier: Apache-2.0 */
/* Groups of near duplicates among the digests of many files. */
#ifndef GROUPS_H
#define GROUPS_H

#include <iscc/iscc.h>
#include <stddef.h>
#include <stdint.h>

#include "similar/groups_rules.h"

/* The group that a digest is in. A digest with no other near it is a reference, and alone in its group. */
struct group_assignment {
    uint32_t reference; /* index of the group's reference; for a reference its own index */
    uint32_t distance;  /* from the reference, in bits */
};

/*
 * Assigns each digest to a group: `assignments` must hold task->count of them. The result depends only on the digests,
 * their order, the threshold and the rule, not on the number of threads or the kernels.
 *
 * Time: the library's index finds the pairs, and equal digests count once, so that a million equal digests cost no more
 * than finding out that they are equal. Large groups are cheap: in order, only references are compared with all other
 * digests; for connected components, pairs known to be connected are skipped. The index does not help with digests
 * around a few points if most of them are just farther from one another than the threshold. Then the time grows with
 * the square of their number: on one processor, 100,000 digests that are each 14 random changes away from one point
 * take 1.3 seconds, and 400,000 around eight points 26 seconds. At worst, one such crowd costs about three times as
 * much as comparing all with all.
 *
 * Memory: about 80 bytes for each digest of 128 bits, including `assignments` but not `digests`, and 16 more if some
 * are equal.
 *
 * Returns ISCC_OK, ISCC_ERROR_MEMORY, ISCC_ERROR_BACKEND, ISCC_ERROR_BITS, or ISCC_ERROR_ARGUMENT if there are too many
 * digests. After an error the contents of `assignments` are unspecified.
 */
iscc_status groups_make(const struct groups_task *task, struct group_assignment *assignments);

#endif
