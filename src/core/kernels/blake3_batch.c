/* SPDX-License-Identifier: Apache-2.0 */
/* Deals the chunks of a batch to the lanes, and then the parents, level by level. */
#include "blake3_lanes.h"

#include <string.h>

#define LANES_MAX 16u
#define BLOCKS_MAX (ISCC_BLAKE3_CHUNK / ISCC_BLAKE3_BLOCK)

/* The most chunks in a batch. */
#define CHUNKS_MAX (ISCC_BATCH_SIZE / ISCC_BLAKE3_CHUNK + ISCC_BATCH_COUNT)

/* A node waits here until there is one for each lane. */
struct group {
    const struct iscc_blake3_lanes *lanes;
    uint32_t first_flags;
    unsigned count;
    struct iscc_blake3_node nodes[LANES_MAX];
};

struct batch {
    const uint8_t *bytes;
    const uint32_t *ends;
    size_t count;
    /* An input's nodes of one level: values[firsts[i]] and those that follow. */
    uint16_t firsts[ISCC_BATCH_COUNT];
    uint16_t counts[ISCC_BATCH_COUNT];
    uint32_t values[CHUNKS_MAX][ISCC_BLAKE3_WORDS];
};

/* Idle lanes compute the last node once more. */
static void compute(struct group *group)
{
    if (group->count == 0)
        return;
    for (unsigned i = group->count; i < group->lanes->lanes; i++)
        group->nodes[i] = group->nodes[group->count - 1];
    group->lanes->compute(group->nodes, group->first_flags);
    group->count = 0;
}

static void add(struct group *group, const struct iscc_blake3_node *node)
{
    group->nodes[group->count++] = *node;
    if (group->count == group->lanes->lanes)
        compute(group);
}

/* ---- Chunks ---- */

static struct iscc_blake3_node chunk_of(const uint8_t *bytes, uint32_t size, uint32_t counter, uint32_t *value)
{
    const uint32_t blocks = size > 0 ? (size - 1) / ISCC_BLAKE3_BLOCK + 1 : 1;

    return (struct iscc_blake3_node){.bytes = bytes,
                                     .value = value,
                                     .blocks = blocks,
                                     .last_size = size - (blocks - 1) * ISCC_BLAKE3_BLOCK,
                                     .last_flags = ISCC_BLAKE3_CHUNK_END,
                                     .counter = counter};
}

/* Adds the chunks of an input to the groups of chunks of as many blocks. An empty input has an empty chunk. */
static void add_input(struct batch *batch, size_t input, struct group groups[BLOCKS_MAX])
{
    const uint32_t begin = input > 0 ? batch->ends[input - 1] : 0;
    const uint32_t size = batch->ends[input] - begin;
    const uint32_t count = size > 0 ? (size - 1) / ISCC_BLAKE3_CHUNK + 1 : 1;
    const uint32_t first = input > 0 ? batch->firsts[input - 1] + batch->counts[input - 1] : 0u;

    batch->firsts[input] = (uint16_t)first;
    batch->counts[input] = (uint16_t)count;
    for (uint32_t i = 0; i < count; i++) {
        const uint32_t offset = i * ISCC_BLAKE3_CHUNK;
        struct iscc_blake3_node chunk =
            chunk_of(batch->bytes + begin + offset, i + 1 < count ? ISCC_BLAKE3_CHUNK : size - offset, i,
                     batch->values[first + i]);
        if (count == 1)
            chunk.last_flags |= ISCC_BLAKE3_ROOT;
        add(&groups[chunk.blocks - 1], &chunk);
    }
}

/* Where lanes are left, chunks of several lengths share a vector, the longest first. */
static void compute_chunks(struct batch *batch, const struct iscc_blake3_lanes *lanes)
{
    struct group mixed = {.lanes = lanes, .first_flags = ISCC_BLAKE3_CHUNK_START};
    struct group groups[BLOCKS_MAX];

    for (size_t i = 0; i < BLOCKS_MAX; i++) {
        groups[i].lanes = lanes;
        groups[i].first_flags = ISCC_BLAKE3_CHUNK_START;
        groups[i].count = 0;
    }
    for (size_t i = 0; i < batch->count; i++)
        add_input(batch, i, groups);
    for (size_t i = BLOCKS_MAX; i-- > 0;)
        for (unsigned j = 0; j < groups[i].count; j++)
            add(&mixed, &groups[i].nodes[j]);
    compute(&mixed);
}

/* ---- Parents ---- */

/* The left subtree of BLAKE3 is the largest complete one, so pairs of neighbours have a parent, level by level, and one
 * without a neighbour moves up as it is. The parents take the place of the first of their children. */
static void add_parents(struct batch *batch, size_t input, struct group *group)
{
    const uint32_t last_flags = ISCC_BLAKE3_PARENT | (batch->counts[input] == 2 ? ISCC_BLAKE3_ROOT : 0);

    for (uint32_t i = 0; i < batch->counts[input] / 2u; i++) {
        const struct iscc_blake3_node parent = {.bytes = (const uint8_t *)batch->values[batch->firsts[input] + 2 * i],
                                                .value = batch->values[batch->firsts[input] + i],
                                                .blocks = 1,
                                                .last_size = ISCC_BLAKE3_BLOCK,
                                                .last_flags = last_flags};
        add(group, &parent);
    }
}

/* Returns whether there are more levels. */
static bool end_level(struct batch *batch)
{
    bool has_more = false;

    for (size_t i = 0; i < batch->count; i++) {
        uint32_t(*values)[ISCC_BLAKE3_WORDS] = batch->values + batch->firsts[i];
        const unsigned count = batch->counts[i];
        if (count % 2 != 0)
            memcpy(values[count / 2], values[count - 1], sizeof *values);
        batch->counts[i] = (uint16_t)((count + 1) / 2);
        has_more = has_more || batch->counts[i] > 1;
    }
    return has_more;
}

static void compute_parents(struct batch *batch, const struct iscc_blake3_lanes *lanes)
{
    struct group group = {.lanes = lanes};

    do {
        for (size_t i = 0; i < batch->count; i++)
            add_parents(batch, i, &group);
        compute(&group);
    } while (end_level(batch));
}

void iscc_blake3_hash_inputs(const struct iscc_blake3_lanes *lanes, const uint8_t *bytes, const uint32_t *ends,
                             size_t count, uint8_t (*hashes)[ISCC_BLAKE3_SIZE])
{
    struct batch batch;

    batch.bytes = bytes;
    batch.ends = ends;
    batch.count = count;
    compute_chunks(&batch, lanes);
    compute_parents(&batch, lanes);
    for (size_t i = 0; i < count; i++)
        memcpy(hashes[i], batch.values[batch.firsts[i]], ISCC_BLAKE3_SIZE);
}
