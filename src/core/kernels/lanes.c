/* SPDX-License-Identifier: Apache-2.0 */
/* Splits a run of bytes in blocks of lanes, has them searched, and joins what was found to one chain of chunks. */
#include "lanes.h"

#include "gear.h"

/* Where lanes did not meet, so many bytes are searched plainly before the next try, and that one is small: it costs a
 * third of its size at most, or 4 % of the bytes in between. */
#define TRUST_PAUSE ((size_t)512 * 1024)
#define TRUST_RETRY ((size_t)64 * 1024)

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* The chain of true chunks so far. */
struct chain {
    const uint8_t *bytes;
    size_t size;
    uint32_t *cuts;
    size_t count;
    size_t end;      /* of its last chunk */
    size_t searched; /* bytes that were searched plainly */
};

static void chain_add(struct chain *chain, size_t cut)
{
    chain->cuts[chain->count++] = (uint32_t)cut;
    chain->end = cut;
}

/* Searches one more chunk. False if it has no end. */
static bool chain_extend(struct chain *chain)
{
    struct iscc_gear_scan scan = {0, 0};
    const size_t length = iscc_gear_scan(&scan, chain->bytes + chain->end, chain->size - chain->end);
    if (length == 0)
        return false;
    chain->searched += length;
    chain_add(chain, chain->end + length);
    return true;
}

/* The lengths of blocks: as much as the trust allows, as whole lanes. Lanes that begin at multiples of the longest
 * chunk meet at once in long runs without cuts, such as zeros. */
static size_t block_stride(const struct iscc_lanes_search *search, size_t block)
{
    const size_t stride = block / search->lanes;
    return stride - stride % (stride < ISCC_CHUNK_MAX ? ISCC_LANE_STEP : ISCC_CHUNK_MAX);
}

static void set_lanes(struct iscc_lanes *lanes, const struct iscc_lanes_search *search, const uint8_t *bytes,
                      size_t size, size_t stride)
{
    const size_t block = search->lanes * stride;
    const size_t reach = block + ISCC_LANE_OVERRUN + ISCC_LANE_STEP;
    const size_t room = (stride + ISCC_LANE_OVERRUN) / (ISCC_CHUNK_SKIP + 1) + 2;

    lanes->bytes = bytes;
    lanes->size = (uint32_t)(size < reach ? size : reach);
    lanes->stride = (uint32_t)stride;
    for (unsigned i = 0; i < search->lanes; i++) {
        const uint32_t goal = (uint32_t)((i + 1) * stride + ISCC_LANE_OVERRUN);
        const uint32_t last = lanes->size - ISCC_LANE_STEP;
        lanes->goals[i] = goal < last ? goal : last;
        lanes->lists[i] = lanes->cuts + i * room;
        lanes->ends[i] = lanes->lists[i];
    }
}

/*
 * Runs the chain on to the lane that begins at `start`, first over the cuts in `list`, which are its own, then plainly.
 * Returns the lane's first cut that the chain has not got yet, or NULL where the two do not meet before `stop`.
 */
static const uint32_t *chain_meet(struct chain *chain, size_t origin, const struct iscc_lanes *lanes, unsigned lane,
                                  const uint32_t **list, const uint32_t *list_end)
{
    const size_t start = lane * lanes->stride;
    const uint32_t *cut = lanes->lists[lane];

    while (*list < list_end && **list < start)
        chain_add(chain, origin + *(*list)++);
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
            chain_add(chain, origin + *(*list)++);
        else if (!chain_extend(chain))
            return NULL;
    }
}

/* Joins the lanes of a block to the chain, which ends where the block begins. */
static void chain_join(struct chain *chain, const struct iscc_lanes *lanes, unsigned count)
{
    const size_t origin = chain->end;
    const uint32_t *list = lanes->lists[0];
    const uint32_t *list_end = lanes->ends[0];

    for (unsigned lane = 1; lane < count; lane++) {
        const uint32_t *met = chain_meet(chain, origin, lanes, lane, &list, list_end);
        if (met != NULL) {
            list = met;
            list_end = lanes->ends[lane];
        }
    }
    while (list < list_end)
        chain_add(chain, origin + *list++);
}

/* Searches a block in lanes. False if more than half of it had to be searched again: then it did not pay. */
static bool search_block(struct chain *chain, const struct iscc_lanes_search *search, size_t stride)
{
    struct iscc_lanes lanes;
    const size_t searched = chain->searched;

    set_lanes(&lanes, search, chain->bytes + chain->end, chain->size - chain->end, stride);
    search->run(&lanes);
    chain_join(chain, &lanes, search->lanes);
    return chain->searched - searched <= search->lanes * stride / 2;
}

/* Searches plainly until `size` bytes or more have passed. False if the last chunk has no end. */
static bool search_plainly(struct chain *chain, size_t size)
{
    const size_t goal = chain->end + size;
    while (chain->end < goal)
        if (!chain_extend(chain))
            return false;
    return true;
}

size_t iscc_lanes_find_cuts(const struct iscc_lanes_search *search, const uint8_t *bytes, size_t size, uint32_t *cuts,
                            struct iscc_trust *trust)
{
    struct chain chain = {.bytes = bytes, .size = size, .cuts = cuts};
    struct iscc_trust unknown = {0, 0};

    if (trust == NULL)
        trust = &unknown;
    /* Where nothing is known yet, only half is risked. */
    if (trust->block == 0)
        trust->block = size / 2;
    for (;;) {
        const size_t left = size - chain.end;
        if (left < search->least) {
            search_plainly(&chain, left);
            return chain.count;
        }
        if (trust->pause > 0) {
            const size_t pause = trust->pause < left ? trust->pause : left;
            trust->pause -= pause;
            if (!search_plainly(&chain, pause))
                return chain.count;
            continue;
        }
        size_t block = trust->block < search->least ? search->least : trust->block;
        block = smaller(smaller(block, left), ISCC_LANES_BLOCK);
        if (search_block(&chain, search, block_stride(search, block))) {
            trust->block = smaller(4 * block, ISCC_LANES_BLOCK);
        } else {
            trust->block = TRUST_RETRY;
            trust->pause = TRUST_PAUSE;
        }
    }
}
