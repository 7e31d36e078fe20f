/* SPDX-License-Identifier: Apache-2.0 */
/* Searches for near pairs with the library's index, one slice at a time on each thread. */
#include "similar/near_pairs.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "hash/parallel.h"

/* Digests in a slice: a few milliseconds of work, and at the end no thread waits longer than that for another. */
enum { SLICE_DIGESTS = 2048 };

/* A slice collects this many pairs before it reserves space for them in the shared array: fewer atomic operations. */
enum { BATCH = 256 };

iscc_status near_index_make(iscc_index **index, const uint8_t *digests, size_t count, unsigned bits, unsigned radius)
{
    iscc_index *made = NULL;
    iscc_status status = iscc_index_new(&made, bits);
    if (status == ISCC_OK)
        status = iscc_index_use(made, digests, count);
    if (status == ISCC_OK)
        status = iscc_index_build(made, radius);
    if (status == ISCC_OK)
        *index = made;
    else
        iscc_index_free(made);
    return status;
}

size_t near_pairs_slice_count(const iscc_index *index)
{
    return iscc_index_count(index) / SLICE_DIGESTS + 1;
}

struct visit {
    const struct near_slices *slices;
    iscc_pair_function *found;
    void *context;
};

static void visit_slice(void *context, size_t number)
{
    const struct visit *visit = context;
    const struct near_slices *slices = visit->slices;
    iscc_index_pairs_across(slices->index, slices->radius, slices->labels, slices->begin + number,
                            near_pairs_slice_count(slices->index), visit->found, visit->context);
}

void near_pairs_visit(const struct near_slices *slices, int threads, iscc_pair_function *found, void *context)
{
    struct visit visit = {slices, found, context};
    parallel_for(slices->end - slices->begin, threads, visit_slice, &visit);
}

/* Shared by all slices. */
struct collector {
    const iscc_index *index;
    unsigned radius;
    size_t slices;
    struct near_pair *pairs;
    size_t limit;
    atomic_size_t used; /* pairs reserved; may exceed `limit`, at which point the search stops */
};

struct batch {
    struct collector *collector;
    size_t count;
    struct near_pair pairs[BATCH];
};

/* Moves the batch to the shared array. Returns false if the limit is reached. */
static bool flush(struct batch *batch)
{
    struct collector *collector = batch->collector;
    const size_t at = atomic_fetch_add_explicit(&collector->used, batch->count, memory_order_relaxed);

    if (at > collector->limit || batch->count > collector->limit - at)
        return false;
    if (batch->count > 0)
        memcpy(collector->pairs + at, batch->pairs, batch->count * sizeof batch->pairs[0]);
    batch->count = 0;
    return true;
}

static int collect_pair(void *context, uint32_t first, uint32_t second, unsigned distance)
{
    struct batch *batch = context;

    (void)distance;
    batch->pairs[batch->count++] = (struct near_pair){first, second};
    return batch->count == BATCH && !flush(batch);
}

static void collect_slice(void *context, size_t slice)
{
    struct collector *collector = context;
    struct batch batch;

    if (atomic_load_explicit(&collector->used, memory_order_relaxed) > collector->limit)
        return;
    batch.collector = collector;
    batch.count = 0;
    iscc_index_pairs(collector->index, collector->radius, slice, collector->slices, collect_pair, &batch);
    flush(&batch);
}

iscc_status near_pairs_collect(struct near_pairs *near, const iscc_index *index, unsigned radius, size_t limit,
                               int threads)
{
    struct collector collector = {
        .index = index, .radius = radius, .slices = near_pairs_slice_count(index), .limit = limit};

    *near = (struct near_pairs){0};
    collector.pairs = malloc((limit + 1) * sizeof *collector.pairs);
    if (collector.pairs == NULL)
        return ISCC_ERROR_MEMORY;
    parallel_for(collector.slices, threads, collect_slice, &collector);
    const size_t used = atomic_load(&collector.used);
    near->is_complete = used <= limit;
    near->count = near->is_complete ? used : 0;
    near->pairs = collector.pairs;
    return ISCC_OK;
}

void near_pairs_free(struct near_pairs *near)
{
    free(near->pairs);
    *near = (struct near_pairs){0};
}
