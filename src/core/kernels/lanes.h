/* SPDX-License-Identifier: Apache-2.0 */
/* The search for cuts in many places of a block at once, and how the pieces become one chain of chunks. */
#ifndef ISCC_LANES_H
#define ISCC_LANES_H

#include "kernels.h"

/*
 * A chunk depends on nothing before its first byte. So a block is split in lanes of equal length, each searched as if a
 * chunk began at its first byte, all of them side by side in vector registers. Afterwards they are joined: the true
 * chain of chunks runs on from one lane until it cuts where the next lane does; from there on that lane's cuts are the
 * true ones. On ordinary data the chains meet within a few chunks, which the lanes search as well since each runs on
 * into the next one. Where they have not met, the chain is searched plainly until they do.
 */
#define ISCC_LANES_MAX 32u

/* Bytes that a lane reads between two looks at what was found. It divides the 384 bytes under the strict mask and the
 * 7936 bytes that are looked at in the longest chunk: so both limits fall on a look. A lane that found a cut reads the
 * rest of its bytes in vain, 16 on the average. */
#define ISCC_LANE_STEP 32u

/* The farthest that a lane runs into the next: three chunks, after which nearly all chains have met. */
#define ISCC_LANE_OVERRUN 3072u

/* A larger block has no advantage, and this one is still in the second-level cache for the kernels that follow. */
#define ISCC_LANES_BLOCK ((size_t)1 << 20)

/* Room for the cuts of all lanes of a block, and of what they overrun. One more for each lane lets a store go ahead of
 * the decision whether it counts. */
#define ISCC_LANES_CUTS                                                                                                \
    (ISCC_LANES_BLOCK / (ISCC_CHUNK_SKIP + 1) +                                                                        \
     (size_t)ISCC_LANES_MAX * (ISCC_LANE_OVERRUN / (ISCC_CHUNK_SKIP + 1) + 3))

struct iscc_lanes {
    const uint8_t *bytes;
    uint32_t size;                   /* bytes that may be read, from the block's first one on */
    uint32_t stride;                 /* length of a lane */
    uint32_t goals[ISCC_LANES_MAX];  /* a lane's cuts beyond are dropped */
    uint32_t *lists[ISCC_LANES_MAX]; /* the first cut of each lane */
    uint32_t *ends[ISCC_LANES_MAX];  /* the place after its last cut so far */
    uint32_t cuts[ISCC_LANES_CUTS];
};

/* A way to search lanes. */
struct iscc_lanes_search {
    unsigned lanes;
    size_t least;     /* the shortest block that pays */
    uint32_t overrun; /* how far a lane runs into the next, at most ISCC_LANE_OVERRUN */
    /* Runs all lanes until all but a few have reached their goals: with fewer the plain search is faster. */
    void (*run)(struct iscc_lanes *lanes);
    const struct iscc_lanes_search *smaller; /* for shorter blocks, or NULL */
};

/* In four lanes without vectors. */
extern const struct iscc_lanes_search iscc_chains_search;

/* Takes what a group of lanes found, a row for each look: the cut of each lane, 0 where it found none. Without branches
 * on the cuts, which nothing predicts. */
static inline void iscc_lanes_collect(struct iscc_lanes *lanes, size_t first, size_t width, const uint32_t *rows,
                                      size_t count)
{
    for (const uint32_t *row = rows; row != rows + count * width; row += width)
        for (size_t i = 0; i < width; i++) {
            *lanes->ends[first + i] = row[i];
            /* Zero becomes the largest number. */
            lanes->ends[first + i] += row[i] - 1 < lanes->goals[first + i];
        }
}

/* The same for cuts that come one by one, each with the number of its lane above the bits of any cut. */
#define ISCC_LANE_MARK 24u

static inline void iscc_lanes_collect_marked(struct iscc_lanes *lanes, const uint32_t *found, size_t count)
{
    for (const uint32_t *next = found; next != found + count; next++) {
        const uint32_t lane = *next >> ISCC_LANE_MARK;
        const uint32_t cut = *next & ((UINT32_C(1) << ISCC_LANE_MARK) - 1);
        *lanes->ends[lane] = cut;
        lanes->ends[lane] += cut - 1 < lanes->goals[lane];
    }
}

struct iscc_chain;

/* Takes a chain on by a block of as many lanes as the search has, `stride` bytes each. */
void iscc_lanes_search_block(struct iscc_chain *chain, const struct iscc_lanes_search *search, size_t stride);

/* `find_cuts` of a kernel table by such a search. */
size_t iscc_lanes_find_cuts(const struct iscc_lanes_search *search, const uint8_t *bytes, size_t size, uint32_t *cuts,
                            struct iscc_trust *trust);

#endif
