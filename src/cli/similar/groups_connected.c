/* SPDX-License-Identifier: Apache-2.0 */
/* Connected components by union and find, on several threads at once. */
#include <stdatomic.h>
#include <stdlib.h>

#include "similar/groups_rules.h"
#include "similar/near_pairs.h"

/* The first round is this part of all the work. */
enum { FIRST_ROUND = 64 };

typedef _Atomic(uint32_t) parent;

struct forest {
    parent *parents;
    atomic_size_t idle; /* pairs that were in one tree already */
};

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
    struct forest *forest = context;
    parent *parents = forest->parents;

    (void)distance;
    for (;;) {
        uint32_t a = find_root(parents, first);
        uint32_t b = find_root(parents, second);
        if (a == b) {
            atomic_fetch_add_explicit(&forest->idle, 1, memory_order_relaxed);
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
 * Where digests are crowded there are many more pairs than matter: k digests in one tree have k * k / 2. So the work is
 * done in rounds, each of as many slices as all before it together, and as soon as there promise to be more idle pairs
 * than digests, what is in one tree before a round begins is left out in it. Once a small part is done most of those
 * that are near are together.
 */
static void join_all(const struct groups_task *task, const iscc_index *index, size_t count, struct forest *forest,
                     uint32_t *labels)
{
    const size_t slices = near_pairs_slices(index);
    struct near_slices round = {.index = index, .radius = task->threshold, .end = slices / FIRST_ROUND + 1};

    while (round.begin < slices) {
        near_pairs_tell(&round, task->threads, join_trees, forest);
        if (round.labels != NULL ||
            (double)atomic_load(&forest->idle) * (double)slices > (double)count * (double)round.end) {
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
        join_all(task, index, count, &forest, references);
        set_labels(forest.parents, count, references);
    }
    iscc_index_free(index);
    free(forest.parents);
    return status;
}
