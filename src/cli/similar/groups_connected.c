/* SPDX-License-Identifier: Apache-2.0 */
/* Connected components by a union-find forest that several threads update at once. */
#include <stdatomic.h>
#include <stdlib.h>

#include "similar/groups_rules.h"
#include "similar/near_pairs.h"

/* The first round is about this fraction of the work: 1/64. */
enum { FIRST_ROUND_SHARE = 64 };

typedef _Atomic(uint32_t) parent;

struct forest {
    parent *parents;
    atomic_size_t redundant; /* pairs whose digests were in the same tree already */
};

/*
 * Finds the root of a digest's tree, and halves the path on the way: each node visited gets its grandparent as its
 * parent. Several threads may do so at once, because a parent is only ever replaced by an ancestor.
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

/* Joins two trees. A root only gets a parent with a smaller index, so there are no cycles, and the final root of a tree
 * is its first digest, whatever the order of the pairs. */
static int join_trees(void *context, uint32_t first, uint32_t second, unsigned distance)
{
    struct forest *forest = context;
    parent *parents = forest->parents;

    (void)distance;
    for (;;) {
        uint32_t a = find_root(parents, first);
        uint32_t b = find_root(parents, second);
        if (a == b) {
            atomic_fetch_add_explicit(&forest->redundant, 1, memory_order_relaxed);
            return 0;
        }
        uint32_t greater = a > b ? a : b;
        if (atomic_compare_exchange_strong_explicit(&parents[greater], &greater, a < b ? a : b, memory_order_relaxed,
                                                    memory_order_relaxed))
            return 0;
    }
}

static void set_labels(parent *parents, size_t count, uint32_t *labels)
{
    for (size_t i = 0; i < count; i++)
        labels[i] = find_root(parents, (uint32_t)i);
}

/*
 * k digests near one another have k * k / 2 pairs, and k - 1 of them are enough to connect them. So the work is done in
 * rounds, each with as many slices as all rounds before it. As soon as the number of redundant pairs, extrapolated to
 * all slices, exceeds the number of digests, each round skips the pairs that were in one tree when it started. After a
 * small part of the work, most digests that are near one another are connected.
 */
static void connect_all(const struct groups_task *task, const iscc_index *index, size_t count, struct forest *forest,
                        uint32_t *labels)
{
    const size_t slices = near_pairs_slice_count(index);
    struct near_slices round = {.index = index, .radius = task->threshold, .end = slices / FIRST_ROUND_SHARE + 1};

    while (round.begin < slices) {
        near_pairs_visit(&round, task->threads, join_trees, forest);
        if (round.labels != NULL ||
            (double)atomic_load(&forest->redundant) * (double)slices > (double)count * (double)round.end) {
            set_labels(forest->parents, count, labels);
            round.labels = labels;
        }
        round.begin = round.end;
        round.end = 2 * round.end < slices ? 2 * round.end : slices;
    }
}

iscc_status groups_connected(const struct groups_task *task, const uint8_t *digests, size_t count, uint32_t *references)
{
    struct forest forest = {.parents = malloc((count + 1) * sizeof *forest.parents)};
    iscc_index *index = NULL;

    if (forest.parents == NULL)
        return ISCC_ERROR_MEMORY;
    for (size_t i = 0; i < count; i++)
        atomic_init(&forest.parents[i], (uint32_t)i);
    const iscc_status status = near_index_make(&index, digests, count, task->bits, task->threshold);
    if (status == ISCC_OK) {
        connect_all(task, index, count, &forest, references);
        set_labels(forest.parents, count, references);
    }
    iscc_index_free(index);
    free(forest.parents);
    return status;
}
