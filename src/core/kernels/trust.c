/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Decides how a run of bytes is searched. Lanes that do not meet are searched in vain, and so they are risked only
 * where two chains were seen to meet, and the less the less is known; where it went wrong, longer and longer stretches
 * are searched plainly before it is tried again.
 */
#include "chain.h"
#include "lanes.h"

/* The first block in a stream, but no more than a third of what there is, and one after a failure. Lanes that do not
 * meet cost up to 0.55 of the plain search that follows. */
#define FIRST_BLOCK ((size_t)256 * 1024)
#define RETRY_BLOCK ((size_t)64 * 1024)

/* Stretches between tries. The longest is 64 MiB. */
#define PAUSE ((size_t)256 * 1024)
#define FAILURES_MAX 8u

/* After so many bytes, two chains that are going to meet have nearly always met. No more than a part of what there is:
 * the second chain is extra work. */
#define PROBE_SIZE ((size_t)6144)
#define PROBE_PART 6

/* Where chunks are as short as these, most bytes are skipped, and the plain search is the fastest. */
#define SHORT_CHUNK 400u

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Searches `size` bytes or a little more. False if the last chunk has no end. */
static bool search_plainly(struct iscc_chain *chain, size_t size)
{
    const size_t goal = chain->end + size;
    while (chain->end < goal)
        if (!iscc_chain_extend(chain))
            return false;
    return true;
}

static bool chunks_are_short(const struct iscc_chain *chain, size_t start, size_t first)
{
    return chain->end - start < (chain->count - first) * SHORT_CHUNK;
}

/* Whether two chunks after chunk `first` are equally long, which in other than periodic data is rare. */
static bool lengths_repeat(const struct iscc_chain *chain, size_t first)
{
    const uint32_t *cuts = chain->cuts;
    for (size_t i = first + 1; i < chain->count; i++)
        for (size_t j = i + 1; j < chain->count; j++)
            if (cuts[i] - cuts[i - 1] == cuts[j] - cuts[j - 1])
                return true;
    return false;
}

/*
 * Takes the chain on a little and tells whether another one that begins between meets it. In data of which no byte ends
 * a chunk, all chunks have the greatest length, and only lanes at its multiples ever meet. In other periodic data all
 * depends on where lanes begin.
 */
static bool probe(struct iscc_chain *chain, unsigned lanes, bool *constant)
{
    const size_t start = chain->end;
    const size_t first = chain->count;

    if (!search_plainly(chain, smaller(PROBE_SIZE, (chain->size - start) / PROBE_PART)))
        return false;
    const uint32_t *cut = chain->cuts + first;
    *constant = *cut - start == ISCC_CHUNK_MAX;
    if (*constant)
        return (chain->size - chain->end) / lanes >= ISCC_CHUNK_MAX;
    if (chunks_are_short(chain, start, first) || lengths_repeat(chain, first))
        return false;
    for (size_t other = *cut + ISCC_CHUNK_SKIP; other < chain->end;) {
        const size_t length = iscc_chain_length(chain, other, chain->end);
        if (length == 0)
            return false;
        other += length;
        while (*cut < other)
            cut++;
        if (*cut == other)
            return true;
    }
    return false;
}

/*
 * The length of a lane, so that all together are about as long as the block: the last ones may end short. Lanes that
 * begin at multiples of the longest chunk meet at once in long runs without cuts, such as zeros: so that is preferred.
 */
static size_t lane_stride(unsigned lanes, size_t block, bool constant)
{
    const size_t stride = block / lanes;
    const size_t multiple = stride / ISCC_CHUNK_MAX * ISCC_CHUNK_MAX;
    const size_t missing = multiple + ISCC_CHUNK_MAX - stride;

    if (missing <= stride / 16)
        return multiple + ISCC_CHUNK_MAX;
    if (multiple > 0 && (constant || stride - multiple <= stride / 16))
        return multiple;
    return stride;
}

/* Postpones the next try, the longer the more of them have failed. */
static void lose_trust(struct iscc_trust *trust)
{
    trust->block = 0;
    trust->pause = PAUSE << trust->failures;
    if (trust->failures < FAILURES_MAX)
        trust->failures++;
}

/* Searches a block in lanes. Loses trust where more than half of it had to be searched again, or might as well be. */
static void search_block(struct iscc_chain *chain, const struct iscc_lanes_search *search, size_t block,
                         struct iscc_trust *trust)
{
    const size_t searched = chain->searched;
    const size_t start = chain->end;
    const size_t first = chain->count;

    iscc_lanes_search_block(chain, search, lane_stride(search->lanes, block, trust->constant));
    if (chain->searched - searched > block / 2 || chunks_are_short(chain, start, first)) {
        lose_trust(trust);
    } else {
        trust->block = smaller(4 * block, ISCC_LANES_BLOCK);
        trust->failures = 0;
    }
}

/* The fastest search for a block, NULL where that is the plain one. */
static const struct iscc_lanes_search *search_for(const struct iscc_lanes_search *search, size_t block)
{
    while (search != NULL && block < search->least)
        search = search->smaller;
    return search;
}

/* Searches some bytes the way that their stream's past commends. False where that was all. */
static bool search_some(struct iscc_chain *chain, const struct iscc_lanes_search *fastest, struct iscc_trust *trust)
{
    const size_t left = chain->size - chain->end;
    const size_t risk = smaller(left / 3, trust->failures > 0 && !trust->constant ? RETRY_BLOCK : FIRST_BLOCK);
    const size_t block = trust->block > 0 ? smaller(smaller(trust->block, left), ISCC_LANES_BLOCK) : risk;
    const struct iscc_lanes_search *search = search_for(fastest, block);

    if (search == NULL) {
        search_plainly(chain, left);
        return false;
    }
    if (trust->pause > 0) {
        const size_t pause = smaller(trust->pause, left);
        trust->pause -= pause;
        return search_plainly(chain, pause);
    }
    if (trust->block > 0)
        search_block(chain, search, block, trust);
    else if (probe(chain, search->lanes, &trust->constant))
        trust->block = risk;
    else
        lose_trust(trust);
    return !chain->open;
}

size_t iscc_lanes_find_cuts(const struct iscc_lanes_search *search, const uint8_t *bytes, size_t size, uint32_t *cuts,
                            struct iscc_trust *trust)
{
    struct iscc_chain chain = {.bytes = bytes, .size = size, .cuts = cuts};
    struct iscc_trust unknown = {0};

    while (search_some(&chain, search, trust != NULL ? trust : &unknown)) {
    }
    return chain.count;
}
