/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Decides when to search for cuts in lanes, which is speculative: lanes whose chains never resynchronize are searched
 * for nothing. So lanes are used only after a probe has seen two chains resynchronize, on a small block first, and
 * after a failure the sequential search runs for an exponentially growing stretch before the next probe.
 */
#include "chain.h"
#include "lanes.h"

/* The first block after a probe in a new stream, and after a failure. A block that fails costs up to 0.55 of the time
 * of the sequential search that must follow, so either is also at most a third of the bytes at hand. */
#define FIRST_BLOCK ((size_t)256 * 1024)
#define RETRY_BLOCK ((size_t)64 * 1024)

/* The n-th failure in a row is followed by FIRST_BACKOFF * 2^(n - 1) bytes of sequential search, at most 64 MiB. */
#define FIRST_BACKOFF ((size_t)256 * 1024)
#define FAILURES_MAX 8u

/* Two chains that resynchronize at all nearly always do so within PROBE_SIZE bytes. The second chain is extra work, so
 * a probe covers at most 1 / PROBE_DIVISOR of the bytes at hand. */
#define PROBE_SIZE ((size_t)6144)
#define PROBE_DIVISOR 6

/* When chunks are shorter than this on average, most bytes are skipped and the sequential search is the fastest. */
#define SHORT_CHUNK 400u

static size_t min_size(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Extends the chain by at least `size` bytes. False if the last chunk is still open at the end of the bytes. */
static bool search_sequentially(struct iscc_chain *chain, size_t size)
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

/* Whether any two chunks after chunk `first` have the same length, which is rare except in periodic data. */
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
 * Extends the chain a little and returns whether a second chain, started inside one of its chunks, resynchronizes with
 * it. If the data has no content-defined cuts, all chunks have the maximum length, and only lanes that start at
 * multiples of it resynchronize. In other periodic data that depends on where the lanes happen to start, so the answer
 * is false.
 */
static bool probe(struct iscc_chain *chain, unsigned lanes, bool *constant)
{
    const size_t start = chain->end;
    const size_t first = chain->count;

    if (!search_sequentially(chain, min_size(PROBE_SIZE, (chain->size - start) / PROBE_DIVISOR)))
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
 * The length of a lane. All lanes together are about as long as the block; the last ones may be cut short. A multiple
 * of the maximum chunk length is preferred, because lanes that start there resynchronize at once in long runs without
 * cuts, such as zeros.
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

static void back_off(struct iscc_speculation *speculation)
{
    speculation->block = 0;
    speculation->backoff = FIRST_BACKOFF << speculation->failures;
    if (speculation->failures < FAILURES_MAX)
        speculation->failures++;
}

/* Searches a block in lanes. It has failed if more than half of it had to be searched again sequentially, or if its
 * chunks are so short that this would have been faster from the start. */
static void search_block(struct iscc_chain *chain, const struct iscc_lanes_search *search, size_t block,
                         struct iscc_speculation *speculation)
{
    const size_t searched = chain->searched;
    const size_t start = chain->end;
    const size_t first = chain->count;

    iscc_lanes_search_block(chain, search, lane_stride(search->lanes, block, speculation->constant));
    if (chain->searched - searched > block / 2 || chunks_are_short(chain, start, first)) {
        back_off(speculation);
    } else {
        speculation->block = min_size(4 * block, ISCC_LANES_BLOCK);
        speculation->failures = 0;
    }
}

/* The fastest search for a block of this size; NULL means the sequential search. */
static const struct iscc_lanes_search *search_for(const struct iscc_lanes_search *search, size_t block)
{
    while (search != NULL && block < search->block_min)
        search = search->fallback;
    return search;
}

/* Does one step: a sequential stretch, a probe, or a block in lanes. False when the bytes are used up. */
static bool search_step(struct iscc_chain *chain, const struct iscc_lanes_search *fastest,
                        struct iscc_speculation *speculation)
{
    const size_t left = chain->size - chain->end;
    const size_t first_block =
        min_size(left / 3, speculation->failures > 0 && !speculation->constant ? RETRY_BLOCK : FIRST_BLOCK);
    const size_t block =
        speculation->block > 0 ? min_size(min_size(speculation->block, left), ISCC_LANES_BLOCK) : first_block;
    const struct iscc_lanes_search *search = search_for(fastest, block);

    if (search == NULL) {
        search_sequentially(chain, left);
        return false;
    }
    if (speculation->backoff > 0) {
        const size_t stretch = min_size(speculation->backoff, left);
        speculation->backoff -= stretch;
        return search_sequentially(chain, stretch);
    }
    if (speculation->block > 0)
        search_block(chain, search, block, speculation);
    else if (probe(chain, search->lanes, &speculation->constant))
        speculation->block = first_block;
    else
        back_off(speculation);
    return !chain->open;
}

size_t iscc_lanes_find_cuts(const struct iscc_lanes_search *search, const uint8_t *bytes, size_t size, uint32_t *cuts,
                            struct iscc_speculation *speculation, struct iscc_gear_scan *open)
{
    struct iscc_chain chain = {.bytes = bytes, .size = size, .cuts = cuts};
    struct iscc_speculation none = {0};

    while (search_step(&chain, search, speculation != NULL ? speculation : &none)) {
    }
    return iscc_chain_finish(&chain, open);
}
