/* SPDX-License-Identifier: Apache-2.0 */
/* The chain of true chunks in a run of bytes, as far as it is known, and the plain search that takes it on. */
#ifndef ISCC_CHAIN_H
#define ISCC_CHAIN_H

#include "gear.h"
#include "kernels.h"

struct iscc_chain {
    const uint8_t *bytes;
    size_t size;
    uint32_t *cuts;
    size_t count;
    size_t end;      /* of its last chunk */
    size_t searched; /* bytes that were searched plainly */
    bool open;       /* the next chunk has no end */
};

/* The length of the chunk that begins at `start`, 0 if it has no end before `limit`. */
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

/* Searches one more chunk. False if it has no end. */
static inline bool iscc_chain_extend(struct iscc_chain *chain)
{
    const size_t length = iscc_chain_length(chain, chain->end, chain->size);
    chain->open = length == 0;
    if (chain->open)
        return false;
    chain->searched += length;
    iscc_chain_add(chain, chain->end + length);
    return true;
}

#endif
