/* SPDX-License-Identifier: Apache-2.0 */
/* Splits a block in lanes, has them searched, and joins what was found to the chain of true chunks. */
#include "lanes.h"

#include "chain.h"

static void set_lanes(struct iscc_lanes *lanes, const struct iscc_lanes_search *search, const uint8_t *bytes,
                      size_t size, size_t stride)
{
    const size_t block = search->lanes * stride;
    const size_t reach = block + search->overrun + ISCC_LANE_STEP;
    const size_t room = (stride + search->overrun) / (ISCC_CHUNK_SKIP + 1) + 2;

    lanes->bytes = bytes;
    lanes->size = (uint32_t)(size < reach ? size : reach);
    lanes->stride = (uint32_t)stride;
    for (unsigned i = 0; i < search->lanes; i++) {
        const uint32_t goal = (uint32_t)((i + 1) * stride + search->overrun);
        const uint32_t last = lanes->size - ISCC_LANE_STEP;
        lanes->goals[i] = goal < last ? goal : last;
        lanes->lists[i] = lanes->cuts + i * room;
        lanes->ends[i] = lanes->lists[i];
    }
}

/*
 * Runs the chain on into a lane, first over the cuts in `list`, which are its own, then plainly; `origin` is where the
 * block begins. Returns the lane's first cut that the chain has not got yet, or NULL where the two do not meet before
 * the lane ends.
 */
static const uint32_t *chain_meet(struct iscc_chain *chain, size_t origin, const struct iscc_lanes *lanes,
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

/* Joins the lanes of a block to the chain, which ends where the block begins. */
static void chain_join(struct iscc_chain *chain, const struct iscc_lanes *lanes, unsigned count)
{
    const size_t origin = chain->end;
    const uint32_t *list = lanes->lists[0];
    const uint32_t *list_end = lanes->ends[0];

    for (unsigned lane = 1; lane < count && !chain->open; lane++) {
        const uint32_t *met = chain_meet(chain, origin, lanes, lane, &list, list_end);
        if (met != NULL) {
            list = met;
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
    chain_join(chain, &lanes, search->lanes);
}
