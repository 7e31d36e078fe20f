/* SPDX-License-Identifier: Apache-2.0 */
/* The rules by which groups are made, each over digests that are different from one another. */
#ifndef GROUPS_RULES_H
#define GROUPS_RULES_H

#include "groups.h"

/* Each finds the reference of each of `count` digests, which is its own number for a reference; of the task they use
 * all but its digests. */
iscc_status groups_in_order(const struct groups_task *task, const uint8_t *digests, size_t count, uint32_t *references);
iscc_status groups_connected(const struct groups_task *task, const uint8_t *digests, size_t count,
                             uint32_t *references);

#endif
