/* SPDX-License-Identifier: Apache-2.0 */
/* The decoder of LZMA, as its specification has it (Igor Pavlov, public domain), for one set of parameters. */
#include "lzma.h"

#include <stdbool.h>

/* lp = pb = 1: the lowest bit of the position selects among literals and among lengths. */
enum { STATES = 12, PARITIES = 2, LITERAL = 0x300, FULL_SLOTS = 14, FULL_DISTANCES = 128 };

struct lengths {
    uint16_t choice[2];
    uint16_t low[PARITIES][8];
    uint16_t middle[PARITIES][8];
    uint16_t high[256];
};

/* Probabilities of 11 bits that the next bit is 0. */
struct probabilities {
    uint16_t is_match[STATES][PARITIES];
    uint16_t is_repeat[STATES];
    uint16_t is_older[3][STATES]; /* the distance is that of the last match but one, two, three */
    uint16_t is_long[STATES][PARITIES];
    uint16_t slots[4][64];
    uint16_t distances[1 + FULL_DISTANCES - FULL_SLOTS];
    uint16_t align[16];
    struct lengths match;
    struct lengths repeat;
    uint16_t literals[PARITIES][LITERAL];
};

static struct probabilities all;

struct coder {
    const uint8_t *in;
    uint32_t range;
    uint32_t code;
};

static void normalize(struct coder *coder)
{
    if (coder->range < 1u << 24) {
        coder->range <<= 8;
        coder->code = coder->code << 8 | *coder->in++;
    }
}

static unsigned read_bit(struct coder *coder, uint16_t *probability)
{
    normalize(coder);
    const uint32_t bound = (coder->range >> 11) * *probability;
    if (coder->code < bound) {
        coder->range = bound;
        *probability += (uint16_t)((2048 - *probability) >> 5);
        return 0;
    }
    coder->range -= bound;
    coder->code -= bound;
    *probability -= (uint16_t)(*probability >> 5);
    return 1;
}

static unsigned read_tree(struct coder *coder, uint16_t *tree, unsigned bits)
{
    unsigned node = 1;
    for (unsigned i = 0; i < bits; i++)
        node = node << 1 | read_bit(coder, &tree[node]);
    return node - (1u << bits);
}

/* The same with the lowest bit first. */
static unsigned read_reverse(struct coder *coder, uint16_t *tree, unsigned bits)
{
    unsigned node = 1;
    unsigned value = 0;
    for (unsigned i = 0; i < bits; i++) {
        const unsigned bit = read_bit(coder, &tree[node]);
        node = node << 1 | bit;
        value |= bit << i;
    }
    return value;
}

static unsigned read_direct(struct coder *coder, unsigned bits)
{
    unsigned value = 0;
    while (bits-- > 0) {
        normalize(coder);
        coder->range >>= 1;
        const unsigned bit = coder->code >= coder->range;
        coder->code -= bit ? coder->range : 0;
        value = value << 1 | bit;
    }
    return value;
}

static unsigned read_length(struct coder *coder, struct lengths *lengths, unsigned parity)
{
    if (!read_bit(coder, &lengths->choice[0]))
        return read_tree(coder, lengths->low[parity], 3);
    if (!read_bit(coder, &lengths->choice[1]))
        return 8 + read_tree(coder, lengths->middle[parity], 3);
    return 16 + read_tree(coder, lengths->high, 8);
}

static uint32_t read_distance(struct coder *coder, unsigned length)
{
    const unsigned slot = read_tree(coder, all.slots[length < 4 ? length : 3], 6);
    if (slot < 4)
        return slot;
    const unsigned bits = (slot >> 1) - 1;
    const uint32_t base = (2u | (slot & 1)) << bits;
    if (slot < FULL_SLOTS)
        return base + read_reverse(coder, all.distances + base - slot, bits);
    const uint32_t high = read_direct(coder, bits - 4) << 4;
    return base + high + read_reverse(coder, all.align, 4);
}

/* After a match, the byte that the match would have continued with is part of the context. */
static uint8_t read_literal(struct coder *coder, uint16_t *literal, bool after_match, unsigned expected)
{
    unsigned symbol = 1;

    while (after_match && symbol < 0x100) {
        const unsigned bit = expected >> 7 & 1;
        expected <<= 1;
        symbol = symbol << 1 | read_bit(coder, &literal[((1 + bit) << 8) + symbol]);
        after_match = (symbol & 1) == bit;
    }
    while (symbol < 0x100)
        symbol = symbol << 1 | read_bit(coder, &literal[symbol]);
    return (uint8_t)symbol;
}

/* Moves the distance of an older match to the front. Is false for the last match's, which is there. */
static bool read_repeat(struct coder *coder, unsigned state, uint32_t distances[4])
{
    unsigned older = 0;

    while (older < 3 && read_bit(coder, &all.is_older[older][state]))
        older++;
    const uint32_t distance = distances[older];
    for (unsigned i = older; i > 0; i--)
        distances[i] = distances[i - 1];
    distances[0] = distance;
    return older > 0;
}

/* Reads a match and returns its length; 1 is a single byte at the last distance. */
static unsigned read_match(struct coder *coder, unsigned *state, unsigned parity, uint32_t distances[4])
{
    const bool after_match = *state >= 7;

    if (!read_bit(coder, &all.is_repeat[*state])) {
        for (unsigned i = 3; i > 0; i--)
            distances[i] = distances[i - 1];
        const unsigned length = read_length(coder, &all.match, parity);
        distances[0] = read_distance(coder, length);
        *state = after_match ? 10 : 7;
        return 2 + length;
    }
    const unsigned before = *state;
    if (!read_repeat(coder, before, distances) && !read_bit(coder, &all.is_long[before][parity])) {
        *state = after_match ? 11 : 9;
        return 1;
    }
    *state = after_match ? 11 : 8;
    return 2 + read_length(coder, &all.repeat, parity);
}

void lzma_decode(const uint8_t *in, uint8_t *out, size_t size)
{
    struct coder coder = {.in = in + 1, .range = 0xffffffff};
    uint32_t distances[4] = {0, 0, 0, 0};
    unsigned state = 0;
    size_t done = 0;

    for (uint16_t *next = (uint16_t *)&all; next != (uint16_t *)(&all + 1); next++)
        *next = 1024;
    for (unsigned i = 0; i < 4; i++)
        coder.code = coder.code << 8 | *coder.in++;
    while (done < size) {
        const unsigned parity = (unsigned)done & 1;
        if (read_bit(&coder, &all.is_match[state][parity])) {
            for (unsigned length = read_match(&coder, &state, parity, distances); length > 0 && done < size; length--) {
                out[done] = out[done - distances[0] - 1];
                done++;
            }
        } else {
            const unsigned expected = state >= 7 ? out[done - distances[0] - 1] : 0;
            out[done++] = read_literal(&coder, all.literals[parity], state >= 7, expected);
            state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
        }
    }
}
