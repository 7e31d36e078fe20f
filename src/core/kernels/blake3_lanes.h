/* SPDX-License-Identifier: Apache-2.0 */
/*
 * BLAKE3 of many short inputs, each chunk in a lane of a vector. An input of a few chunks leaves most lanes of the
 * BLAKE3 library empty, as that sees one input at a time. Source: the BLAKE3 paper, 2.1 to 2.4 and 5.3.
 */
#ifndef ISCC_BLAKE3_LANES_H
#define ISCC_BLAKE3_LANES_H

#include <stdint.h>

#include "kernels.h"

#define ISCC_BLAKE3_BLOCK 64u
#define ISCC_BLAKE3_CHUNK 1024u
#define ISCC_BLAKE3_WORDS 8u /* of a chaining value */

/* Domain flags. */
#define ISCC_BLAKE3_CHUNK_START 1u
#define ISCC_BLAKE3_CHUNK_END 2u
#define ISCC_BLAKE3_PARENT 4u
#define ISCC_BLAKE3_ROOT 8u

/* A chunk, or a parent, whose one block is the chaining values of its children. */
struct iscc_blake3_node {
    const uint8_t *bytes;
    uint32_t *value;     /* the result: a chaining value, or the hash */
    uint32_t blocks;     /* at least 1 */
    uint32_t last_size;  /* bytes in the last block */
    uint32_t last_flags; /* of the last block, besides those of its kind */
    uint32_t counter;    /* the chunk's number in its input */
};

/* One implementation: computes `lanes` nodes side by side. Those with fewer blocks than the first, none with more, wait
 * until that is done. The first block of a chunk has `first_flags`. */
struct iscc_blake3_lanes {
    unsigned lanes;
    void (*compute)(const struct iscc_blake3_node *nodes, uint32_t first_flags);
};

/* Implements `hash_inputs` of a kernel table. */
void iscc_blake3_hash_inputs(const struct iscc_blake3_lanes *lanes, const uint8_t *bytes, const uint32_t *ends,
                             size_t count, uint8_t (*hashes)[ISCC_BLAKE3_SIZE]);

#endif
