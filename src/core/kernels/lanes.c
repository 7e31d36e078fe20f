/* SPDX-License-Identifier: Apache-2.0 */
/* Splits a run of bytes in blocks of lanes, has them searched, and joins what was found to one chain of chunks. */
#include "lanes.h"

#include "gear.h"

/* Lanes that do not meet cost up to a third of the plain search that comes after them, and up to two thirds in blocks
 * as small as these. So a stream whose first bytes look well risks no more than these, or half of what there is; and
 * where it went wrong, so many bytes are searched plainly before so small a block is tried again, which makes 8 %. */
#define FIRST_BLOCK ((size_t)256 * 1024)
#define RETRY_BLOCK ((size_t)64 * 1024)
#define RETRY_PAUSE ((size_t)512 * 1024)

/* Chains that are going to meet most often have done so after as many bytes. Where they did not, the first bytes do not
 * look well, and it is tried again after as many more. */
#define PROBE_SIZE ((size_t)4096)
#define PROBE_PAUSE ((size_t)128 * 1024)

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
    bool open;       /* the next chunk has no end */
    bool constant;   /* the probe found the longest of chunks */
};

/* The length of the chunk that begins at `start`, 0 if it has no end. */
static size_t chunk_length(const struct chain *chain, size_t start)
{
    struct iscc_gear_scan scan = {0, 0};
    return iscc_gear_scan(&scan, chain->bytes + start, chain->size - start);
}

static void chain_add(struct chain *chain, size_t cut)
{
    chain->cuts[chain->count++] = (uint32_t)cut;
    chain->end = cut;
}

/* Searches one more chunk. False if it has no end. */
static bool chain_extend(struct chain *chain)
{
    const size_t length = chunk_length(chain, chain->end);
    chain->open = length == 0;
    if (chain->open)
        return false;
    chain->searched += length;
    chain_add(chain, chain->end + length);
    return true;
}

/* Whether the last chunk is as long as one since chunk `first`, which in other than periodic data is rare. */
static bool repeats(const struct chain *chain, size_t first)
{
    const uint32_t *cuts = chain->cuts;
    const size_t last = chain->count - 1;
    for (size_t i = first; i < last; i++)
        if (cuts[i] - cuts[i - 1] == cuts[last] - cuts[last - 1])
            return true;
    return false;
}

/*
 * Whether another chain that begins near the end of this one soon meets it; takes this one on to find out. In data of
 * which no byte ends a chunk, all chunks have the greatest length, and only lanes at its multiples ever meet. In other
 * periodic data all depends on where lanes begin.
 */
static bool probe(struct chain *chain, unsigned lanes)
{
    const size_t start = chain->end;

    if (!chain_extend(chain))
        return false;
    chain->constant = chain->end - start == ISCC_CHUNK_MAX;
    if (chain->constant)
        return (chain->size - chain->end) / lanes >= ISCC_CHUNK_MAX;
    const size_t first = chain->count;
    const size_t limit = chain->end + PROBE_SIZE;
    for (size_t other = chain->end + ISCC_CHUNK_SKIP; other < limit;) {
        const size_t length = chunk_length(chain, other);
        other += length;
        while (length > 0 && chain->end < other && chain_extend(chain))
            if (repeats(chain, first))
                return false;
        if (chain->end == other)
            return true;
        if (length == 0 || chain->open)
            return false;
    }
    return false;
}

/*
 * The length of a lane, so that all together are about as long as the block: the last ones may end short. Lanes that
 * begin at multiples of the longest chunk meet at once in long runs without cuts, such as zeros: so that is preferred.
 */
static size_t lane_stride(const struct chain *chain, unsigned lanes, size_t block)
{
    const size_t stride = block / lanes;
    const size_t multiple = stride / ISCC_CHUNK_MAX * ISCC_CHUNK_MAX;
    const size_t missing = multiple + ISCC_CHUNK_MAX - stride;

    if (missing <= stride / 16)
        return multiple + ISCC_CHUNK_MAX;
    if (multiple > 0 && (chain->constant || stride - multiple <= stride / 16))
        return multiple;
    return stride;
}

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

    for (unsigned lane = 1; lane < count && !chain->open; lane++) {
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

/* Searches some bytes the way that their stream's past commends. False where that was all. */
static bool search_some(struct chain *chain, const struct iscc_lanes_search *search, struct iscc_trust *trust)
{
    const size_t left = chain->size - chain->end;

    while (left < search->least && search->smaller != NULL)
        search = search->smaller;
    if (left < search->least) {
        search_plainly(chain, left);
        return false;
    }
    if (trust->pause > 0) {
        const size_t pause = smaller(trust->pause, left);
        trust->pause -= pause;
        return search_plainly(chain, pause);
    }
    if (trust->block == 0) {
        if (probe(chain, search->lanes))
            trust->block = left / 2 > FIRST_BLOCK ? left / 2 : FIRST_BLOCK;
        else
            trust->pause = PROBE_PAUSE;
        return !chain->open;
    }
    const size_t wanted = trust->block < search->least ? search->least : trust->block;
    const size_t block = smaller(smaller(wanted, left), ISCC_LANES_BLOCK);
    if (search_block(chain, search, lane_stride(chain, search->lanes, block))) {
        trust->block = smaller(4 * block, ISCC_LANES_BLOCK);
    } else {
        trust->block = RETRY_BLOCK;
        trust->pause = RETRY_PAUSE;
    }
    return !chain->open;
}

size_t iscc_lanes_find_cuts(const struct iscc_lanes_search *search, const uint8_t *bytes, size_t size, uint32_t *cuts,
                            struct iscc_trust *trust)
{
    struct chain chain = {.bytes = bytes, .size = size, .cuts = cuts};
    struct iscc_trust unknown = {0, 0};

    while (search_some(&chain, search, trust != NULL ? trust : &unknown)) {
    }
    return chain.count;
}
