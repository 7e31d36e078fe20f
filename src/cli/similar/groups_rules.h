/* SPDX-License-Identifier: Apache-2.0 */
/* The rules that form groups. Each works on digests of which no two are equal. */
#ifndef GROUPS_RULES_H
#define GROUPS_RULES_H

#include <iscc/iscc.h>
#include <stddef.h>
#include <stdint.h>

enum groups_rule {
    /* Each digest in turn that is in no group yet becomes the reference of a new one, and every later digest that is in
     * no group yet and within the threshold of the reference joins it. So each digest is in the group of the first
     * reference near it. */
    GROUPS_IN_ORDER,
    /* Connected components: two digests are in one group if a chain of steps within the threshold links them. The
     * reference is the first digest of the group; others may be farther from it than the threshold. Which digests form
     * a group does not depend on their order. */
    GROUPS_CONNECTED
};

struct groups_task {
    const uint8_t *digests; /* `count` times bits / 8 bytes, contiguous */
    size_t count;           /* 0 to ISCC_INDEX_MAX, which is more than four billion */
    unsigned bits;          /* of each digest: 32 to 256 in steps of 32 */
    unsigned threshold;     /* the greatest distance, in bits, that counts as near */
    enum groups_rule rule;
    int threads; /* at least 1 */
};

/* Store in `references` the index of each digest's reference, which for a reference is its own. They use `digests` and
 * `count` instead of those of the task. Errors as groups_make(). */
iscc_status groups_in_order(const struct groups_task *task, const uint8_t *digests, size_t count, uint32_t *references);
iscc_status groups_connected(const struct groups_task *task, const uint8_t *digests, size_t count,
                             uint32_t *references);

#endif
