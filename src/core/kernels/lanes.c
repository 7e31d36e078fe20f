/* SPDX-License-Identifier: Apache-2.0 */
/* Splits a block into lanes, has them searched, and joins the results to the chain of true chunks. */
#include "lanes.h"

#include "chain.h"

static void set_lanes(struct iscc_lanes *lanes, const struct iscc_lanes_search *search, const uint8_t *bytes,
                      size_t size, size_t stride)
{
    const size_t block = search->lanes * stride;
    const size_t reach = block + search->overrun + ISCC_LANE_STEP;
    const size_t cuts_max = ISCC_LANE_CUTS(stride + search->overrun);

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
 * Extends the chain into a piece until it resynchronizes with the piece's own cuts: first over the cuts in `list`,
 * which are known to be true, then by the sequential search. Returns the piece's first cut after that point, or NULL if
 * the two do not resynchronize before the piece ends.
 */
static const uint32_t *resynchronize(struct iscc_chain *chain, size_t origin, const struct iscc_lane_piece *piece,
                                     const uint32_t **list, const uint32_t *list_end)
{
    const uint32_t *cut = piece->cuts;

    while (*list < list_end && **list < piece->begin)
        iscc_chain_add(chain, origin + *(*list)++);
    for (;;) {
        const size_t end = chain->end - origin;
        if (end == piece->begin)
            return cut;
        while (cut < piece->cuts_end && *cut < end)
            cut++;
        if (cut < piece->cuts_end && *cut == end)
            return cut + 1;
        if (end >= piece->end)
            return NULL;
        if (*list < list_end)
            iscc_chain_add(chain, origin + *(*list)++);
        else if (!iscc_chain_extend(chain))
            return NULL;
    }
}

bool iscc_lanes_join(struct iscc_chain *chain, size_t origin, const struct iscc_lane_piece *pieces, size_t count)
{
    const uint32_t *list = pieces[0].cuts;
    const uint32_t *list_end = pieces[0].cuts_end;
    bool is_joined = true;

    for (size_t i = 1; i < count && !chain->open; i++) {
        const uint32_t *next = resynchronize(chain, origin, &pieces[i], &list, list_end);
        is_joined = next != NULL;
        if (is_joined) {
            list = next;
            list_end = pieces[i].cuts_end;
        }
    }
    while (list < list_end)
        iscc_chain_add(chain, origin + *list++);
    return is_joined && !chain->open;
}

void iscc_lanes_search_block(struct iscc_chain *chain, const struct iscc_lanes_search *search, size_t stride)
{
    struct iscc_lane_piece pieces[ISCC_LANES_MAX];
    struct iscc_lanes lanes;

    set_lanes(&lanes, search, chain->bytes + chain->end, chain->size - chain->end, stride);
    search->run(&lanes);
    unsigned i = 0;
    do
        pieces[i] = (struct iscc_lane_piece){.begin = (uint32_t)(i * stride),
                                             .end = (uint32_t)((i + 1) * stride),
                                             .cuts = lanes.lists[i],
                                             .cuts_end = lanes.ends[i]};
    while (++i < search->lanes);
    iscc_lanes_join(chain, chain->end, pieces, search->lanes);
}
