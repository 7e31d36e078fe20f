/* SPDX-License-Identifier: Apache-2.0 */
/* Searches for the cuts of a batch, each piece of an input in a lane. */
#include <string.h>

#include "chain.h"
#include "lanes.h"

/* With fewer pieces that can have a cut, the search in one input after another is as fast. */
#define PIECES_WORTHWHILE 16u

/* Pieces are sorted by multiples of this size. */
#define SIZE_STEP 256u
#define STEPS ((ISCC_LANE_PIECE + ISCC_LANE_OVERRUN) / SIZE_STEP + 1)

uint32_t iscc_lanes_refill(struct iscc_lanes *lanes, unsigned first, uint32_t idle, uint32_t *positions)
{
    struct iscc_lane_queue *queue = lanes->queue;
    uint32_t filled = 0;

    for (; idle != 0; idle &= idle - 1) {
        const unsigned bit = (unsigned)__builtin_ctz(idle);
        const unsigned lane = first + bit;
        const size_t before = queue->searched[lane];
        if (before < ISCC_LANE_PIECES_MAX) {
            queue->pieces[before].cuts_end = lanes->ends[lane];
            queue->pieces[before].is_complete = queue->pieces[before].goal == queue->pieces[before].end;
        }
        queue->searched[lane] = ISCC_LANE_PIECES_MAX;
        lanes->goals[lane] = 0;
        if (queue->next < queue->count) {
            const uint16_t next = queue->order[queue->next++];
            queue->searched[lane] = next;
            positions[bit] = queue->pieces[next].begin + ISCC_CHUNK_SKIP;
            lanes->goals[lane] = queue->pieces[next].goal;
            lanes->ends[lane] = queue->pieces[next].cuts;
            filled |= UINT32_C(1) << bit;
        }
    }
    return filled;
}

/* Adds the pieces of an input. A lane reads no byte after the last input. Returns where the next cuts have room. */
static uint32_t *add_pieces(const struct iscc_lanes *lanes, uint32_t begin, uint32_t end, uint32_t *cuts)
{
    struct iscc_lane_queue *queue = lanes->queue;
    const uint32_t last = lanes->size - ISCC_LANE_STEP;

    do {
        struct iscc_lane_piece *piece = &queue->pieces[queue->piece_count++];
        piece->begin = begin;
        piece->end = iscc_min_u32(begin + (uint32_t)ISCC_LANE_PIECE, end);
        piece->goal = iscc_min_u32(iscc_min_u32(piece->end + ISCC_LANE_OVERRUN, end), last);
        piece->is_complete = false;
        piece->cuts = piece->cuts_end = cuts;
        cuts += piece->goal > begin ? ISCC_LANE_CUTS(piece->goal - begin) : 0;
        begin = piece->end;
    } while (begin < end);
    return cuts;
}

/* The longest first, in steps. Leaves out those without a byte to hash before the goal. */
static void sort_pieces(struct iscc_lane_queue *queue)
{
    uint16_t starts[STEPS + 1] = {0};

    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < queue->piece_count; i++) {
            const struct iscc_lane_piece *piece = &queue->pieces[i];
            if (piece->goal <= piece->begin + ISCC_CHUNK_SKIP)
                continue;
            const size_t step = STEPS - 1 - (piece->goal - piece->begin) / SIZE_STEP;
            if (pass == 0)
                starts[step + 1]++;
            else
                queue->order[starts[step]++] = (uint16_t)i;
        }
        for (size_t i = 0; pass == 0 && i < STEPS; i++)
            starts[i + 1] = (uint16_t)(starts[i + 1] + starts[i]);
    }
    queue->count = starts[STEPS];
}

static void run_lanes(const struct iscc_lanes_search *search, struct iscc_lanes *lanes)
{
    struct iscc_lane_queue *queue = lanes->queue;

    memset(lanes->goals, 0, sizeof lanes->goals);
    for (size_t i = 0; i < ISCC_LANES_MAX; i++) {
        queue->searched[i] = ISCC_LANE_PIECES_MAX;
        lanes->ends[i] = lanes->cuts + ISCC_LANES_CUTS - 1; /* a lane without a piece stores cuts, too */
    }
    search->run(lanes);
    for (size_t i = 0; i < ISCC_LANES_MAX; i++)
        if (queue->searched[i] < ISCC_LANE_PIECES_MAX)
            queue->pieces[queue->searched[i]].cuts_end = lanes->ends[i];
}

/* Joins the pieces of an input, and searches the rest if the last of them is not complete. Returns the number of its
 * chunks. */
static uint32_t join_input(const uint8_t *bytes, const struct iscc_lane_piece *pieces, size_t count, uint32_t *cuts)
{
    const uint32_t end = pieces[count - 1].end;
    struct iscc_chain chain = {.bytes = bytes, .size = end, .cuts = cuts, .end = pieces[0].begin};

    if (!iscc_lanes_join(&chain, 0, pieces, count) || !pieces[count - 1].is_complete)
        while (chain.end < end && iscc_chain_extend(&chain)) {
        }
    if (chain.end < end || chain.count == 0)
        iscc_chain_add(&chain, end);
    return (uint32_t)chain.count;
}

bool iscc_lanes_split_batch(const struct iscc_lanes_search *search, const uint8_t *bytes, const uint32_t *ends,
                            size_t count, uint32_t *cuts, uint32_t *counts)
{
    struct iscc_lane_queue queue;
    struct iscc_lanes lanes;
    uint32_t *room = lanes.cuts;

    lanes.bytes = bytes;
    lanes.size = count > 0 ? ends[count - 1] : 0;
    lanes.stride = 0;
    lanes.queue = &queue;
    if (lanes.size < PIECES_WORTHWHILE * ISCC_CHUNK_SKIP) /* and so at least ISCC_LANE_STEP */
        return false;
    queue.piece_count = queue.next = 0;
    for (size_t i = 0; i < count; i++)
        room = add_pieces(&lanes, i > 0 ? ends[i - 1] : 0, ends[i], room);
    sort_pieces(&queue);
    if (queue.count < PIECES_WORTHWHILE)
        return false;
    run_lanes(search, &lanes);
    for (size_t i = 0, first = 0, next = 0; i < count; i++, first = next) {
        do
            next++;
        while (queue.pieces[next - 1].end < ends[i]);
        counts[i] = join_input(bytes, queue.pieces + first, next - first, cuts);
        cuts += counts[i];
    }
    return true;
}
