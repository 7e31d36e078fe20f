/* SPDX-License-Identifier: Apache-2.0 */
/* Deals the chunks of a batch to the lanes, and then the parents, level by level. */
#include "blake3_lanes.h"

#include <string.h>

#define LANES_MAX 16u
#define BLOCKS_MAX (ISCC_BLAKE3_CHUNK / ISCC_BLAKE3_BLOCK)

/* The most chunks that are dealt at a time: what they take lies on the stack. */
#define CHUNKS_MAX 512u
_Static_assert(ISCC_BATCH_INPUT / ISCC_BLAKE3_CHUNK <= CHUNKS_MAX, "an input is dealt as a whole");

/* A node waits here until there is one for each lane. */
struct group {
    const struct iscc_blake3_lanes *lanes;
    uint32_t first_flags;
    unsigned count;
    struct iscc_blake3_node nodes[LANES_MAX];
};

struct input {
    const uint8_t *bytes;
    uint32_t size;
    uint16_t first; /* its nodes of one level have values[first] and those that follow */
    uint16_t count; /* of these nodes */
};

struct batch {
    size_t count;
    struct input inputs[ISCC_BATCH_COUNT];
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

/* Adds inputs from `first` on to an empty batch, as many as fit. An empty input has an empty chunk. */
static void fill(struct batch *batch, const uint8_t *bytes, const uint32_t *ends, size_t first, size_t count)
{
    uint32_t begin = first > 0 ? ends[first - 1] : 0;
    size_t chunks = 0;

    for (batch->count = 0; first < count; begin = ends[first++]) {
        const uint32_t size = ends[first] - begin;
        const size_t added = size > 0 ? (size - 1) / ISCC_BLAKE3_CHUNK + 1 : 1;
        if (chunks + added > CHUNKS_MAX)
            return;
        batch->inputs[batch->count++] =
            (struct input){.bytes = bytes + begin, .size = size, .first = (uint16_t)chunks, .count = (uint16_t)added};
        chunks += added;
    }
}

/* Adds the chunks of an input, each to the group of those with as many blocks. */
static void add_chunks(struct batch *batch, const struct input *input, struct group groups[BLOCKS_MAX])
{
    for (uint32_t i = 0; i < input->count; i++) {
        const uint32_t offset = i * ISCC_BLAKE3_CHUNK;
        const uint32_t size = i + 1 < input->count ? ISCC_BLAKE3_CHUNK : input->size - offset;
        const uint32_t blocks = size > 0 ? (size - 1) / ISCC_BLAKE3_BLOCK + 1 : 1;
        const struct iscc_blake3_node chunk = {
            .bytes = input->bytes + offset,
            .value = batch->values[input->first + i],
            .blocks = blocks,
            .last_size = size - (blocks - 1) * ISCC_BLAKE3_BLOCK,
            .last_flags = ISCC_BLAKE3_CHUNK_END | (input->count == 1 ? ISCC_BLAKE3_ROOT : 0),
            .counter = i,
        };
        add(&groups[blocks - 1], &chunk);
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
        add_chunks(batch, &batch->inputs[i], groups);
    for (size_t i = BLOCKS_MAX; i-- > 0;)
        for (unsigned j = 0; j < groups[i].count; j++)
            add(&mixed, &groups[i].nodes[j]);
    compute(&mixed);
}

/* ---- Parents ---- */

/* The left subtree of BLAKE3 is the largest complete one, so pairs of neighbours have a parent, level by level, and one
 * without a neighbour moves up as it is. The parents take the place of the first of their children. */
static void add_parents(struct batch *batch, const struct input *input, struct group *group)
{
    uint32_t(*values)[ISCC_BLAKE3_WORDS] = batch->values + input->first;

    for (uint32_t i = 0; i < input->count / 2u; i++) {
        const struct iscc_blake3_node parent = {
            .bytes = (const uint8_t *)values[(size_t)2 * i],
            .value = values[i],
            .blocks = 1,
            .last_size = ISCC_BLAKE3_BLOCK,
            .last_flags = ISCC_BLAKE3_PARENT | (input->count == 2 ? ISCC_BLAKE3_ROOT : 0),
        };
        add(group, &parent);
    }
}

/* Returns whether there are more levels. */
static bool end_level(struct batch *batch)
{
    bool has_more = false;

    for (size_t i = 0; i < batch->count; i++) {
        struct input *input = &batch->inputs[i];
        uint32_t(*values)[ISCC_BLAKE3_WORDS] = batch->values + input->first;
        if (input->count > 1 && input->count % 2 != 0)
            memcpy(values[input->count / 2], values[input->count - 1], sizeof *values);
        input->count = (uint16_t)((input->count + 1) / 2);
        has_more = has_more || input->count > 1;
    }
    return has_more;
}

static void compute_parents(struct batch *batch, const struct iscc_blake3_lanes *lanes)
{
    struct group group = {.lanes = lanes};

    do {
        for (size_t i = 0; i < batch->count; i++)
            add_parents(batch, &batch->inputs[i], &group);
        compute(&group);
    } while (end_level(batch));
}

void iscc_blake3_hash_inputs(const struct iscc_blake3_lanes *lanes, const uint8_t *bytes, const uint32_t *ends,
                             size_t count, uint8_t (*hashes)[ISCC_BLAKE3_SIZE])
{
    struct batch batch;

    for (size_t first = 0; first < count; first += batch.count) {
        fill(&batch, bytes, ends, first, count);
        compute_chunks(&batch, lanes);
        compute_parents(&batch, lanes);
        for (size_t i = 0; i < batch.count; i++)
            memcpy(hashes[first + i], batch.values[batch.inputs[i].first], ISCC_BLAKE3_SIZE);
    }
}
