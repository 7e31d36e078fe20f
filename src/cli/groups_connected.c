/* SPDX-License-Identifier: Apache-2.0 */
/* Connected components by union and find, on several threads at once. */
#include <stdatomic.h>
#include <stdlib.h>

#include "groups_rules.h"
#include "near_pairs.h"

typedef _Atomic(uint32_t) parent;

/*
 * The root of a digest's tree. On the way each is led past its parent, to its grandparent, which shortens the way of
 * all that come later. Where several threads do so at once each of them writes something true: a parent is only ever
 * replaced by one that is nearer to the root.
 */
static uint32_t find_root(parent *parents, uint32_t number)
{
    for (;;) {
        uint32_t next = atomic_load_explicit(&parents[number], memory_order_relaxed);
        const uint32_t beyond = atomic_load_explicit(&parents[next], memory_order_relaxed);
        if (next == beyond)
            return next;
        atomic_compare_exchange_weak_explicit(&parents[number], &next, beyond, memory_order_relaxed,
                                              memory_order_relaxed);
        number = beyond;
    }
}

/* Puts two trees together. A root's parent is always a smaller number: so there are no circles, and the last root of a
 * tree is its first digest, whatever the order of the pairs was. */
static int join_trees(void *context, uint32_t first, uint32_t second, unsigned distance)
{
    parent *parents = context;

    (void)distance;
    for (;;) {
        uint32_t a = find_root(parents, first);
        uint32_t b = find_root(parents, second);
        if (a == b)
            return 0;
        uint32_t greater = a > b ? a : b;
        if (atomic_compare_exchange_strong_explicit(&parents[greater], &greater, a < b ? a : b, memory_order_relaxed,
                                                    memory_order_relaxed))
            return 0;
    }
}

iscc_status groups_connected(const struct groups_task *task, const uint8_t *digests, size_t count, uint32_t *references)
{
    parent *parents = malloc((count + 1) * sizeof *parents);
    iscc_index *index = NULL;

    if (parents == NULL)
        return ISCC_ERROR_MEMORY;
    for (size_t i = 0; i < count; i++)
        atomic_init(&parents[i], (uint32_t)i);
    const iscc_status status = near_index_make(&index, digests, count, task->bits, task->threshold);
    if (status == ISCC_OK)
        near_pairs_tell(index, task->threshold, task->threads, join_trees, parents);
    for (size_t i = 0; i < count && status == ISCC_OK; i++)
        references[i] = find_root(parents, (uint32_t)i);
    iscc_index_free(index);
    free(parents);
    return status;
}
