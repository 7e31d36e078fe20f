/* SPDX-License-Identifier: Apache-2.0 */
/* The chain of true chunks found so far in a run of bytes, and the sequential search that extends it. */
#ifndef ISCC_CHAIN_H
#define ISCC_CHAIN_H

#include "gear.h"
#include "kernels.h"

struct iscc_chain {
    const uint8_t *bytes;
    size_t size;
    uint32_t *cuts;
    size_t count;
    size_t end;                 /* of the last chunk */
    size_t searched;            /* bytes that went through the sequential search */
    bool open;                  /* the chunk at `end` has no cut before the end of the bytes */
    struct iscc_gear_scan scan; /* if it is open: the state of the search at the end of the bytes */
};

/* The length of the chunk that starts at `start`, or 0 if it has no cut before `limit`. */
static inline size_t iscc_chain_length(const struct iscc_chain *chain, size_t start, size_t limit)
{
    struct iscc_gear_scan scan = {0, 0};
    return iscc_gear_scan(&scan, chain->bytes + start, limit - start);
}

static inline void iscc_chain_add(struct iscc_chain *chain, size_t cut)
{
    chain->cuts[chain->count++] = (uint32_t)cut;
    chain->end = cut;
}

/* Searches for the end of the next chunk. False if the chunk is open. */
static inline bool iscc_chain_extend(struct iscc_chain *chain)
{
    chain->scan = (struct iscc_gear_scan){0, 0};
    const size_t length = iscc_gear_scan(&chain->scan, chain->bytes + chain->end, chain->size - chain->end);
    chain->open = length == 0;
    if (chain->open)
        return false;
    chain->searched += length;
    iscc_chain_add(chain, chain->end + length);
    return true;
}

/* Returns the number of chunks of a chain that goes up to the end of the bytes, and stores the state of the search in
 * the chunk that stays open. */
static inline size_t iscc_chain_finish(const struct iscc_chain *chain, struct iscc_gear_scan *open)
{
    if (open != NULL)
        *open = chain->open ? chain->scan : (struct iscc_gear_scan){0, 0};
    return chain->count;
}

#endif
