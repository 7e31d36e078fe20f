/* SPDX-License-Identifier: Apache-2.0 */
/* Searches for cuts in several places of a block at once, and joins the pieces into one chain of chunks. */
#ifndef ISCC_LANES_H
#define ISCC_LANES_H

#include "kernels.h"

/*
 * A chunk does not depend on anything before its first byte. So a block is split into lanes of equal length, and each
 * is searched as if a chunk started at its first byte, all of them side by side in vector registers. Then they are
 * joined: the true chain of chunks continues from one lane until it has a cut where the next lane has one too; from
 * there on that lane's cuts are the true ones. The chains have resynchronized. On ordinary data this takes a few
 * chunks, and the lanes have searched those already, because each overruns into the next one. Where the chains have not
 * resynchronized by then, the sequential search extends the true one until they do.
 */
#define ISCC_LANES_MAX 32u

/* Bytes that a lane reads in a round, after which it checks for a cut. This divides the 384 bytes under the strict mask
 * and the 7936 bytes that are examined in a chunk of maximum length, so that both limits fall between rounds. A lane
 * that has found a cut reads the rest of its bytes for nothing, 16 on average. */
#define ISCC_LANE_STEP 32u

/* The most that a lane overruns into the next one: three chunks, after which nearly all chains have resynchronized. */
#define ISCC_LANE_OVERRUN 3072u

/* A larger block gains nothing, and one of this size is still in the second-level cache for the kernels that follow. */
#define ISCC_LANES_BLOCK ((size_t)1 << 20)

/* Bytes that a lane searches as if a chunk started at the first of them. The pieces of a block or of an input follow
 * one another, and all but the last overrun into the next one. */
struct iscc_lane_piece {
    uint32_t begin;
    uint32_t end;
    uint32_t goal;    /* of the search; cuts beyond are dropped */
    bool is_complete; /* searched up to its goal, and that is the end of the input */
    uint32_t *cuts;   /* what was found */
    uint32_t *cuts_end;
};

/*
 * A batch of inputs is cut into pieces of this size: a multiple of the maximum chunk length, for the sake of long runs
 * without cuts. Each is searched by one lane, which then goes on to the next piece, the longest first, so that all
 * lanes end at about the same time. What reaches into the last bytes, or is not ended when few lanes are left, is
 * completed by the sequential search. There is no probe before: periodic data, whose pieces never meet, is searched
 * twice, which makes its codes take up to 1.3 times as long with AVX-512, or 1.6 times with AVX2.
 */
#define ISCC_LANE_PIECE ((size_t)4 * ISCC_CHUNK_MAX)
#define ISCC_LANE_PIECES_MAX (ISCC_BATCH_SIZE / ISCC_LANE_PIECE + ISCC_BATCH_COUNT)

struct iscc_lane_queue {
    size_t piece_count;
    size_t next;  /* the position in `order` of the next one */
    size_t count; /* of those in `order`: pieces that are too short to have a cut are left out */
    uint16_t order[ISCC_LANE_PIECES_MAX];
    uint16_t searched[ISCC_LANES_MAX]; /* the piece of each lane, or ISCC_LANE_PIECES_MAX */
    struct iscc_lane_piece pieces[ISCC_LANE_PIECES_MAX];
};

/* Room for the cuts of a piece: with a spare element, so that a cut can be stored before it is known whether it counts.
 */
#define ISCC_LANE_CUTS(size) ((size) / (ISCC_CHUNK_SKIP + 1) + 2)

/* The cuts of all pieces of a batch or of a block, and one for lanes without a piece. */
#define ISCC_LANES_CUTS                                                                                                \
    (ISCC_CUTS_MAX(ISCC_BATCH_SIZE + ISCC_BATCH_SIZE / ISCC_LANE_PIECE * ISCC_LANE_OVERRUN) +                          \
     2 * ISCC_LANE_PIECES_MAX + 1)
_Static_assert(ISCC_BATCH_SIZE >= ISCC_LANES_BLOCK && ISCC_BATCH_SIZE / ISCC_LANE_PIECE >= ISCC_LANES_MAX,
               "what has room for a batch has room for a block");

struct iscc_lanes {
    const uint8_t *bytes;
    uint32_t size;                   /* bytes that may be read, from the start of the block */
    uint32_t stride;                 /* length of a lane of a block */
    struct iscc_lane_queue *queue;   /* of a batch; NULL for a block */
    uint32_t goals[ISCC_LANES_MAX];  /* where each lane ends; cuts beyond are dropped */
    uint32_t *lists[ISCC_LANES_MAX]; /* the cuts of each lane of a block */
    uint32_t *ends[ISCC_LANES_MAX];  /* one past the last cut of each lane so far */
    uint32_t cuts[ISCC_LANES_CUTS];
};

/* One implementation of the search in lanes. */
struct iscc_lanes_search {
    unsigned lanes;
    size_t block_min; /* in shorter blocks this search does not pay */
    uint32_t overrun; /* how far a lane overruns into the next one, at most ISCC_LANE_OVERRUN */
    /* Runs the lanes until so few are short of their goals that the sequential search is faster. Those with vectors
     * also run batches. */
    void (*run)(struct iscc_lanes *lanes);
    const struct iscc_lanes_search *fallback; /* for shorter blocks, or NULL */
};

/* Four lanes without vectors. */
extern const struct iscc_lanes_search iscc_chains_search;

/* Appends the cuts of a group of lanes to their lists. Each row is one round: the cut of each lane, or 0 if it found
 * none. There is no branch on the cuts, because it could not be predicted. */
static inline void iscc_lanes_collect(struct iscc_lanes *lanes, size_t first, size_t width, const uint32_t *rows,
                                      size_t count)
{
    for (const uint32_t *row = rows; row != rows + count * width; row += width)
        for (size_t i = 0; i < width; i++) {
            *lanes->ends[first + i] = row[i];
            /* 0 - 1 is the largest number and exceeds every goal. */
            lanes->ends[first + i] += row[i] - 1 < lanes->goals[first + i];
        }
}

/* The same for single cuts, each with the number of its lane in the bits from ISCC_LANE_MARK on, above any cut. */
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

static inline uint32_t iscc_min_u32(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/* Whether pieces wait for a lane. */
static inline bool iscc_lanes_have_more(const struct iscc_lanes *lanes)
{
    return lanes->queue != NULL && lanes->queue->next < lanes->queue->count;
}

/* Records the results of the lanes in the set `idle`, bit 0 for lane `first`, and gives them the next pieces: sets
 * their goals and the positions of the first bytes to hash. Returns the set of those that got one. Collect the cuts
 * first. */
uint32_t iscc_lanes_refill(struct iscc_lanes *lanes, unsigned first, uint32_t idle, uint32_t *positions);

/* Implements `split_batch` of a kernel table with this search. */
bool iscc_lanes_split_batch(const struct iscc_lanes_search *search, const uint8_t *bytes, const uint32_t *ends,
                            size_t count, uint32_t *cuts, uint32_t *counts);

struct iscc_chain;

/* Extends a chain by the cuts of pieces, the first of which begins where it ends, and by what the sequential search
 * finds in between. `origin` is added to their offsets. Returns whether it resynchronized with the last piece. */
bool iscc_lanes_join(struct iscc_chain *chain, size_t origin, const struct iscc_lane_piece *pieces, size_t count);

/* Extends a chain by a block in lanes of `stride` bytes each. */
void iscc_lanes_search_block(struct iscc_chain *chain, const struct iscc_lanes_search *search, size_t stride);

/* Implements `find_cuts` of a kernel table with this search. */
size_t iscc_lanes_find_cuts(const struct iscc_lanes_search *search, const uint8_t *bytes, size_t size, uint32_t *cuts,
                            struct iscc_speculation *speculation, struct iscc_gear_scan *open);

#endif
