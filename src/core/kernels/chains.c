/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The search for cuts in four lanes without vectors, for processors without kernels of their own. Each byte's hash
 * depends on the one before it; four independent chains of them overlap in the pipeline.
 */
#include "gear.h"
#include "lanes.h"
#include "portable.h"

#define LANES 4u

/* Measured: twice as fast as the sequential search from 48 KiB on. */
#define CHAINS_BLOCK_MIN 18000u
#define CHAINS_OVERRUN 1536u

/* With fewer lanes short of their goals, the sequential search is as fast. */
#define LANES_WORTHWHILE 2u

struct lane {
    uint32_t position;
    uint32_t hash;
    uint32_t mask;
    uint32_t limit; /* where the mask changes or the chunk reaches its maximum length, but not beyond the goal */
    uint32_t chunk; /* first byte of the chunk */
    bool parked;    /* past its goal: keeps reading but finds no cuts */
};

static void begin_chunk(struct lane *lane, uint32_t chunk, uint32_t goal)
{
    /* No hash matches this mask: gear values are not 0, so no hash is 0. */
    *lane = (struct lane){.position = 0, .mask = UINT32_MAX, .limit = UINT32_MAX, .parked = true};
    if (chunk >= goal || goal - chunk <= ISCC_CHUNK_SKIP)
        return;
    *lane = (struct lane){
        .position = chunk + ISCC_CHUNK_SKIP,
        .mask = ISCC_MASK_STRICT,
        .limit = iscc_min_u32(chunk + ISCC_CHUNK_CENTRE, goal),
        .chunk = chunk,
    };
}

/* Advances all lanes by `steps` bytes, or until any of them has a hit. Returns the number of bytes. */
static uint32_t scan(struct lane lanes[LANES], const uint8_t *bytes, uint32_t steps)
{
    const uint8_t *const at0 = bytes + lanes[0].position;
    const uint8_t *const at1 = bytes + lanes[1].position;
    const uint8_t *const at2 = bytes + lanes[2].position;
    const uint8_t *const at3 = bytes + lanes[3].position;
    const uint32_t mask0 = lanes[0].mask;
    const uint32_t mask1 = lanes[1].mask;
    const uint32_t mask2 = lanes[2].mask;
    const uint32_t mask3 = lanes[3].mask;
    uint32_t hash0 = lanes[0].hash;
    uint32_t hash1 = lanes[1].hash;
    uint32_t hash2 = lanes[2].hash;
    uint32_t hash3 = lanes[3].hash;
    uint32_t done = 0;

    while (done < steps) {
        hash0 = (hash0 >> 1) + iscc_gear[at0[done]];
        hash1 = (hash1 >> 1) + iscc_gear[at1[done]];
        hash2 = (hash2 >> 1) + iscc_gear[at2[done]];
        hash3 = (hash3 >> 1) + iscc_gear[at3[done]];
        done++;
        if ((hash0 & mask0) == 0 || (hash1 & mask1) == 0 || (hash2 & mask2) == 0 || (hash3 & mask3) == 0)
            break;
    }
    lanes[0].hash = hash0;
    lanes[1].hash = hash1;
    lanes[2].hash = hash2;
    lanes[3].hash = hash3;
    return done;
}

/* Records a cut, parks the lane, or changes its mask, as its new position requires. */
static void update_lane(struct iscc_lanes *lanes, struct lane *lane, unsigned index)
{
    const uint32_t goal = lanes->goals[index];

    if (lane->parked)
        return;
    if ((lane->hash & lane->mask) == 0 || lane->position == lane->chunk + ISCC_CHUNK_MAX) {
        *lanes->ends[index]++ = lane->position;
        begin_chunk(lane, lane->position, goal);
    } else if (lane->position >= goal) {
        begin_chunk(lane, goal, goal);
    } else if (lane->position == lane->limit) {
        lane->mask = ISCC_MASK_RELAXED;
        lane->limit = iscc_min_u32(lane->chunk + ISCC_CHUNK_MAX, goal);
    }
}

static void run(struct iscc_lanes *lanes)
{
    struct lane all[LANES];
    unsigned searching = 0;

    for (unsigned i = 0; i < LANES; i++) {
        begin_chunk(&all[i], i * lanes->stride, lanes->goals[i]);
        searching += !all[i].parked;
    }
    while (searching >= LANES_WORTHWHILE) {
        uint32_t steps = UINT32_MAX;
        for (unsigned i = 0; i < LANES; i++)
            steps = iscc_min_u32(steps, all[i].limit - all[i].position);
        const uint32_t done = scan(all, lanes->bytes, steps);
        searching = 0;
        for (unsigned i = 0; i < LANES; i++) {
            all[i].position += done;
            update_lane(lanes, &all[i], i);
            searching += !all[i].parked;
        }
    }
}

const struct iscc_lanes_search iscc_chains_search = {
    .lanes = LANES, .block_min = CHAINS_BLOCK_MIN, .overrun = CHAINS_OVERRUN, .run = run};

static size_t find_cuts(const uint8_t *bytes, size_t size, uint32_t *cuts, struct iscc_speculation *speculation,
                        struct iscc_gear_scan *open)
{
    return iscc_lanes_find_cuts(&iscc_chains_search, bytes, size, cuts, speculation, open);
}

const struct iscc_kernels iscc_kernels_chains = {
    .name = "chains",
    .find_cuts = find_cuts,
    .hash_chunks = iscc_portable_hash_chunks,
    .hash_windows = iscc_portable_hash_windows,
    .collapse_ascii = iscc_portable_collapse_ascii,
    .lower_minima = iscc_portable_lower_minima,
    .hamming = iscc_portable_hamming,
    .find_near = iscc_portable_find_near,
    .match_sketches = iscc_portable_match_sketches,
    .measure_pairs = iscc_portable_measure_pairs,
};
