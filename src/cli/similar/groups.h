/* SPDX-License-Identifier: Apache-2.0 */
/* Groups of near duplicates among the digests of many files. */
#ifndef GROUPS_H
#define GROUPS_H

#include <iscc/iscc.h>
#include <stddef.h>
#include <stdint.h>

#include "similar/groups_rules.h"

/* Where a digest belongs. One that has no other near it is a reference to which nobody refers. */
struct group_place {
    uint32_t reference; /* the number of the group's reference in the order of the digests; its own for a reference */
    uint32_t distance;  /* to the reference in bits; 0 for the reference itself */
};

/*
 * Finds the place of each digest: `places` has room for `count` of them. The result depends on the digests, their
 * order, the threshold and the rule alone, and not on the number of threads or on the kernels.
 *
 * Time: pairs are found by the library's index, and equal digests count as one, so a million equal ones cost no more
 * than to see that they are equal. In order, also large groups of near digests are no burden, as only references are
 * compared with all others; nor are they for connected components, as what is known to be together is left out. What
 * the index does not help with are digests around a few points, most of them just farther from one another than the
 * threshold: the work is then up to twice that of comparing all with all, and grows with the square of their number.
 *
 * Memory: about 80 bytes for each digest of 128 bits, `digests` aside and `places` included, and 16 more where some are
 * equal.
 *
 * Gives ISCC_OK, or ISCC_ERROR_MEMORY, ISCC_ERROR_BACKEND, ISCC_ERROR_BITS, ISCC_ERROR_ARGUMENT (too many digests).
 * Without ISCC_OK, the contents of `places` mean nothing.
 */
iscc_status groups_make(const struct groups_task *task, struct group_place *places);

#endif
