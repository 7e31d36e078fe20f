/* SPDX-License-Identifier: Apache-2.0 */
/* Searches for the cuts of a batch, each input in a lane. */
#include <string.h>

#include "lanes.h"
#include "portable.h"

/* With fewer inputs that can have a cut, the sequential search is as fast. */
#define INPUTS_WORTHWHILE 16u

/* Inputs are sorted by multiples of this size. */
#define SIZE_STEP 256u

static uint32_t begin_of(const uint32_t *ends, size_t input)
{
    return input > 0 ? ends[input - 1] : 0;
}

/* Where the lane of an input ends: a lane reads no byte after the last input. */
static uint32_t goal_of(const struct iscc_lanes *lanes, size_t input)
{
    const uint32_t last = lanes->size - ISCC_LANE_STEP;
    return lanes->queue->ends[input] < last ? lanes->queue->ends[input] : last;
}

/* The cuts of each input, with a spare element as iscc_lanes_collect() needs. */
static uint32_t *list_of(struct iscc_lanes *lanes, size_t input)
{
    return lanes->cuts + begin_of(lanes->queue->ends, input) / (ISCC_CHUNK_SKIP + 1) + input;
}

uint32_t iscc_lanes_refill(struct iscc_lanes *lanes, unsigned first, uint32_t idle, uint32_t *positions)
{
    struct iscc_lane_queue *queue = lanes->queue;
    uint32_t filled = 0;

    for (; idle != 0; idle &= idle - 1) {
        const unsigned bit = (unsigned)__builtin_ctz(idle);
        const unsigned lane = first + bit;
        const size_t before = queue->inputs[lane];
        if (before < ISCC_BATCH_COUNT) {
            queue->found[before] = lanes->ends[lane];
            queue->is_complete[before] = lanes->goals[lane] == queue->ends[before];
        }
        queue->inputs[lane] = ISCC_BATCH_COUNT;
        lanes->goals[lane] = 0;
        if (queue->next < queue->count) {
            const size_t input = queue->order[queue->next++];
            queue->inputs[lane] = (uint16_t)input;
            positions[bit] = begin_of(queue->ends, input) + ISCC_CHUNK_SKIP;
            lanes->goals[lane] = goal_of(lanes, input);
            lanes->ends[lane] = list_of(lanes, input);
            filled |= UINT32_C(1) << bit;
        }
    }
    return filled;
}

/* The longest first, in steps. Leaves out those without a byte to hash before the goal. */
static void fill_queue(struct iscc_lanes *lanes, size_t count)
{
    struct iscc_lane_queue *queue = lanes->queue;
    uint16_t starts[ISCC_BATCH_INPUT / SIZE_STEP + 2] = {0};
    const size_t steps = sizeof starts / sizeof starts[0] - 1;

    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < count; i++) {
            const uint32_t begin = begin_of(queue->ends, i);
            if (goal_of(lanes, i) <= begin + ISCC_CHUNK_SKIP)
                continue;
            const size_t step = steps - 1 - (queue->ends[i] - begin) / SIZE_STEP;
            if (pass == 0)
                starts[step + 1]++;
            else
                queue->order[starts[step]++] = (uint16_t)i;
        }
        for (size_t i = 0; pass == 0 && i < steps; i++)
            starts[i + 1] = (uint16_t)(starts[i + 1] + starts[i]);
    }
    queue->count = starts[steps];
}

static void run_lanes(const struct iscc_lanes_search *search, struct iscc_lanes *lanes, size_t count)
{
    struct iscc_lane_queue *queue = lanes->queue;

    memset(lanes->goals, 0, sizeof lanes->goals);
    for (size_t i = 0; i < count; i++)
        queue->found[i] = list_of(lanes, i);
    for (size_t i = 0; i < ISCC_LANES_MAX; i++) {
        queue->inputs[i] = ISCC_BATCH_COUNT;
        lanes->ends[i] = lanes->cuts + ISCC_LANES_CUTS - 1; /* a lane without an input stores cuts, too */
    }
    fill_queue(lanes, count);
    if (queue->count >= INPUTS_WORTHWHILE)
        search->run(lanes);
    for (size_t i = 0; i < ISCC_LANES_MAX; i++)
        if (queue->inputs[i] < ISCC_BATCH_COUNT)
            queue->found[queue->inputs[i]] = lanes->ends[i];
}

/* Moves the cuts of an input together with those before it, and completes them. Returns their number. */
static uint32_t move_cuts(struct iscc_lanes *lanes, size_t input, uint32_t *cuts)
{
    const struct iscc_lane_queue *queue = lanes->queue;
    const uint32_t end = queue->ends[input];
    const uint32_t *list = list_of(lanes, input);
    uint32_t count = (uint32_t)(queue->found[input] - list);

    memcpy(cuts, list, count * sizeof *cuts);
    if (!queue->is_complete[input])
        return iscc_split_input(lanes->bytes, begin_of(queue->ends, input), end, cuts, count);
    if (count == 0 || cuts[count - 1] < end)
        cuts[count++] = end;
    return count;
}

void iscc_lanes_split_batch(const struct iscc_lanes_search *search, const uint8_t *bytes, const uint32_t *ends,
                            size_t count, uint32_t *cuts, uint32_t *counts)
{
    struct iscc_lane_queue queue = {.ends = ends};
    struct iscc_lanes lanes;

    lanes.bytes = bytes;
    lanes.size = begin_of(ends, count);
    lanes.stride = 0;
    lanes.queue = &queue;
    if (count < INPUTS_WORTHWHILE || lanes.size < ISCC_LANE_STEP) {
        iscc_portable_split_batch(bytes, ends, count, cuts, counts);
        return;
    }
    run_lanes(search, &lanes, count);
    for (size_t i = 0; i < count; i++) {
        counts[i] = move_cuts(&lanes, i, cuts);
        cuts += counts[i];
    }
}
