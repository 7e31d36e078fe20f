/* SPDX-License-Identifier: Apache-2.0 */
/* The near pairs among digests by the library's index, in slices. */
#include "similar/near_pairs.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "hash/parallel.h"

/* Digests of a slice: some milliseconds of work. The last slices decide how long a thread waits for the others. */
enum { SLICE_DIGESTS = 2048 };

/* Pairs that a slice keeps before it takes room for them. */
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

size_t near_pairs_slices(const iscc_index *index)
{
    return iscc_index_count(index) / SLICE_DIGESTS + 1;
}

struct telling {
    const struct near_slices *slices;
    iscc_pair_function *found;
    void *context;
};

static void tell_slice(void *context, size_t number)
{
    const struct telling *telling = context;
    const struct near_slices *slices = telling->slices;
    iscc_index_pairs_across(slices->index, slices->radius, slices->labels, slices->begin + number,
                            near_pairs_slices(slices->index), telling->found, telling->context);
}

void near_pairs_tell(const struct near_slices *slices, int threads, iscc_pair_function *found, void *context)
{
    struct telling telling = {slices, found, context};
    parallel_for(slices->end - slices->begin, threads, tell_slice, &telling);
}

/* What all slices share. */
struct collecting {
    const iscc_index *index;
    unsigned radius;
    size_t slices;
    struct near_pair *pairs;
    size_t most;
    atomic_size_t used; /* may grow beyond `most` */
};

struct batch {
    struct collecting *collecting;
    size_t count;
    struct near_pair pairs[BATCH];
};

/* Returns false where there is no more room. */
static bool store(struct batch *batch)
{
    struct collecting *collecting = batch->collecting;
    const size_t at = atomic_fetch_add_explicit(&collecting->used, batch->count, memory_order_relaxed);

    if (at > collecting->most || batch->count > collecting->most - at)
        return false;
    if (batch->count > 0)
        memcpy(collecting->pairs + at, batch->pairs, batch->count * sizeof batch->pairs[0]);
    batch->count = 0;
    return true;
}

static int collect_pair(void *context, uint32_t first, uint32_t second, unsigned distance)
{
    struct batch *batch = context;

    (void)distance;
    batch->pairs[batch->count++] = (struct near_pair){first, second};
    return batch->count == BATCH && !store(batch);
}

static void collect_slice(void *context, size_t slice)
{
    struct collecting *collecting = context;
    struct batch batch;

    if (atomic_load_explicit(&collecting->used, memory_order_relaxed) > collecting->most)
        return;
    batch.collecting = collecting;
    batch.count = 0;
    iscc_index_pairs(collecting->index, collecting->radius, slice, collecting->slices, collect_pair, &batch);
    store(&batch);
}

iscc_status near_pairs_collect(struct near_pairs *near, const iscc_index *index, unsigned radius, size_t most,
                               int threads)
{
    struct collecting collecting = {.index = index, .radius = radius, .slices = near_pairs_slices(index), .most = most};

    *near = (struct near_pairs){0};
    collecting.pairs = malloc((most + 1) * sizeof *collecting.pairs);
    if (collecting.pairs == NULL)
        return ISCC_ERROR_MEMORY;
    parallel_for(collecting.slices, threads, collect_slice, &collecting);
    const size_t used = atomic_load(&collecting.used);
    near->are_all = used <= most;
    near->count = near->are_all ? used : 0;
    near->pairs = collecting.pairs;
    return ISCC_OK;
}

void near_pairs_free(struct near_pairs *near)
{
    free(near->pairs);
    *near = (struct near_pairs){0};
}
