/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The compression function of BLAKE3 in all lanes of a vector. The file that includes this defines LANES, and says how
 * to rotate a vector and to load a block of each lane.
 */
#include <string.h>

#include "blake3_lanes.h"

/* One word of each lane. */
typedef uint32_t words __attribute__((vector_size(4 * LANES)));

static inline words rotate_right(words value, int bits);

/* Word i of the block of each lane goes to message[i]. */
static inline void load_blocks(words message[16], const uint8_t *const blocks[LANES]);

static const uint32_t initial[ISCC_BLAKE3_WORDS] = {0x6a09e667u, 0xbb67ae85u, 0x3c6ef372u, 0xa54ff53au,
                                                    0x510e527fu, 0x9b05688cu, 0x1f83d9abu, 0x5be0cd19u};

static inline words in_all(uint32_t word)
{
    return word - (words){0};
}

static inline __attribute__((always_inline)) void mix(words state[16], size_t a, size_t b, size_t c, size_t d,
                                                      words first, words second)
{
    state[a] += state[b] + first;
    state[d] = rotate_right(state[d] ^ state[a], 16);
    state[c] += state[d];
    state[b] = rotate_right(state[b] ^ state[c], 12);
    state[a] += state[b] + second;
    state[d] = rotate_right(state[d] ^ state[a], 8);
    state[c] += state[d];
    state[b] = rotate_right(state[b] ^ state[c], 7);
}

/* The columns, then the diagonals. */
static inline __attribute__((always_inline)) void mix_all(words state[16], const words m[16], const uint8_t order[16])
{
#pragma GCC unroll 4
    for (size_t i = 0; i < 4; i++)
        mix(state, i, i + 4, i + 8, i + 12, m[order[2 * i]], m[order[2 * i + 1]]);
#pragma GCC unroll 4
    for (size_t i = 0; i < 4; i++)
        mix(state, i, (i + 1) % 4 + 4, (i + 2) % 4 + 8, (i + 3) % 4 + 12, m[order[2 * i + 8]], m[order[2 * i + 9]]);
}

/* Each round takes the words of the message in another order: that of the round before, permuted. */
static inline void compress(words value[ISCC_BLAKE3_WORDS], const words message[16], words counter, words size,
                            words flags)
{
    static const uint8_t orders[7][16] = {
        {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}, {2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8},
        {3, 4, 10, 12, 13, 2, 7, 14, 6, 5, 9, 0, 11, 15, 8, 1}, {10, 7, 12, 9, 14, 3, 13, 15, 4, 0, 11, 2, 5, 8, 1, 6},
        {12, 13, 9, 11, 15, 10, 14, 8, 7, 2, 5, 3, 0, 1, 6, 4}, {9, 14, 11, 5, 8, 12, 15, 1, 13, 3, 0, 10, 2, 6, 4, 7},
        {11, 15, 5, 0, 1, 9, 8, 6, 14, 10, 2, 12, 3, 4, 7, 13}};
    words state[16];

#pragma GCC unroll 8
    for (unsigned i = 0; i < ISCC_BLAKE3_WORDS; i++)
        state[i] = value[i];
#pragma GCC unroll 4
    for (unsigned i = 0; i < 4; i++)
        state[8 + i] = in_all(initial[i]);
    state[12] = counter;
    state[13] = in_all(0);
    state[14] = size;
    state[15] = flags;
#pragma GCC unroll 7
    for (unsigned round = 0; round < 7; round++)
        mix_all(state, message, orders[round]);
#pragma GCC unroll 8
    for (unsigned i = 0; i < ISCC_BLAKE3_WORDS; i++)
        value[i] = state[i] ^ state[i + 8];
}

/* What differs from lane to lane. */
struct lanes {
    words counter;
    words last; /* the number of the last block */
    words last_size;
    words last_flags;
    const uint8_t *last_block[LANES]; /* padded with zeros */
    uint8_t padded[LANES][ISCC_BLAKE3_BLOCK];
};

static inline void set_lanes(struct lanes *lanes, const struct iscc_blake3_node *nodes)
{
    for (unsigned i = 0; i < LANES; i++) {
        const struct iscc_blake3_node *node = &nodes[i];
        lanes->counter[i] = node->counter;
        lanes->last[i] = node->blocks - 1;
        lanes->last_size[i] = node->last_size;
        lanes->last_flags[i] = node->last_flags;
        lanes->last_block[i] = node->bytes + (size_t)(node->blocks - 1) * ISCC_BLAKE3_BLOCK;
        if (node->last_size < ISCC_BLAKE3_BLOCK) {
            memset(lanes->padded[i], 0, ISCC_BLAKE3_BLOCK);
            memcpy(lanes->padded[i], lanes->last_block[i], node->last_size);
            lanes->last_block[i] = lanes->padded[i];
        }
    }
}

/* Adds a block of each lane, or nothing where there are no more. */
static inline void add_blocks(words value[ISCC_BLAKE3_WORDS], const struct lanes *lanes,
                              const struct iscc_blake3_node *nodes, uint32_t number, uint32_t flags)
{
    const uint8_t *blocks[LANES];
    words message[16];
    words result[ISCC_BLAKE3_WORDS];

    for (unsigned i = 0; i < LANES; i++)
        blocks[i] =
            number + 1 < nodes[i].blocks ? nodes[i].bytes + (size_t)number * ISCC_BLAKE3_BLOCK : lanes->last_block[i];
    load_blocks(message, blocks);
    const words is_last = (words)(lanes->last == number);
    const words is_over = (words)(lanes->last < number);
    const words size = (is_last & lanes->last_size) | (~is_last & ISCC_BLAKE3_BLOCK);
#pragma GCC unroll 8
    for (unsigned i = 0; i < ISCC_BLAKE3_WORDS; i++)
        result[i] = value[i];
    compress(result, message, lanes->counter, size, (is_last & lanes->last_flags) | flags);
#pragma GCC unroll 8
    for (unsigned i = 0; i < ISCC_BLAKE3_WORDS; i++)
        value[i] = (is_over & value[i]) | (~is_over & result[i]);
}

static void compute(const struct iscc_blake3_node *nodes, uint32_t first_flags)
{
    words value[ISCC_BLAKE3_WORDS];
    struct lanes lanes;

    set_lanes(&lanes, nodes);
    for (unsigned i = 0; i < ISCC_BLAKE3_WORDS; i++)
        value[i] = in_all(initial[i]);
    for (uint32_t number = 0; number < nodes[0].blocks; number++)
        add_blocks(value, &lanes, nodes, number, number == 0 ? first_flags : 0);
    for (unsigned i = 0; i < LANES; i++)
        for (unsigned word = 0; word < ISCC_BLAKE3_WORDS; word++)
            nodes[i].value[word] = value[word][i];
}
