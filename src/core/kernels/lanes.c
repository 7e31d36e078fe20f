/* SPDX-License-Identifier: Apache-2.0 */
/* Splits a block into lanes, has them searched, and joins the results to the chain of true chunks. */
#include "lanes.h"

#include "chain.h"

static void set_lanes(struct iscc_lanes *lanes, const struct iscc_lanes_search *search, const uint8_t *bytes,
                      size_t size, size_t stride)
{
    const size_t block = search->lanes * stride;
    const size_t reach = block + search->overrun + ISCC_LANE_STEP;
    const size_t cuts_max = (stride + search->overrun) / (ISCC_CHUNK_SKIP + 1) + 2;

    lanes->bytes = bytes;
    lanes->size = (uint32_t)(size < reach ? size : reach);
    lanes->stride = (uint32_t)stride;
    lanes->queue = NULL;
    for (unsigned i = 0; i < search->lanes; i++) {
        const uint32_t goal = (uint32_t)((i + 1) * stride + search->overrun);
        const uint32_t last = lanes->size - ISCC_LANE_STEP;
        lanes->goals[i] = goal < last ? goal : last;
        lanes->lists[i] = lanes->cuts + i * cuts_max;
        lanes->ends[i] = lanes->lists[i];
    }
}

/*
 * Extends the chain into a lane until it resynchronizes with the lane's own cuts: first over the cuts in `list`, which
 * are known to be true, then by the sequential search. `origin` is the offset of the block. Returns the lane's first
 * cut after that point, or NULL if the two do not resynchronize before the lane ends.
 */
static const uint32_t *resynchronize(struct iscc_chain *chain, size_t origin, const struct iscc_lanes *lanes,
                                     unsigned lane, const uint32_t **list, const uint32_t *list_end)
{
    const size_t start = (size_t)lane * lanes->stride;
    const uint32_t *cut = lanes->lists[lane];

    while (*list < list_end && **list < start)
        iscc_chain_add(chain, origin + *(*list)++);
    for (;;) {
        const size_t end = chain->end - origin;
        if (end == start)
            return cut;
        while (cut < lanes->ends[lane] && *cut < end)
            cut++;
        if (cut < lanes->ends[lane] && *cut == end)
            return cut + 1;
        if (end >= start + lanes->stride)
            return NULL;
        if (*list < list_end)
            iscc_chain_add(chain, origin + *(*list)++);
        else if (!iscc_chain_extend(chain))
            return NULL;
    }
}

/* Joins the lanes of a block to the chain, which ends where the block starts. */
static void join_lanes(struct iscc_chain *chain, const struct iscc_lanes *lanes, unsigned count)
{
    const size_t origin = chain->end;
    const uint32_t *list = lanes->lists[0];
    const uint32_t *list_end = lanes->ends[0];

    for (unsigned lane = 1; lane < count && !chain->open; lane++) {
        const uint32_t *next = resynchronize(chain, origin, lanes, lane, &list, list_end);
        if (next != NULL) {
            list = next;
            list_end = lanes->ends[lane];
        }
    }
    while (list < list_end)
        iscc_chain_add(chain, origin + *list++);
}

void iscc_lanes_search_block(struct iscc_chain *chain, const struct iscc_lanes_search *search, size_t stride)
{
    struct iscc_lanes lanes;

    set_lanes(&lanes, search, chain->bytes + chain->end, chain->size - chain->end, stride);
    search->run(&lanes);
    join_lanes(chain, &lanes, search->lanes);
}
