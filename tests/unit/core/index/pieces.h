/* SPDX-License-Identifier: Apache-2.0 */
/* An index of pieces that counts what is looked at: `crowded` digests, and the balls that part them. */
#ifndef PIECES_H
#define PIECES_H

#include "index/index.h"

/* So many digests of a piece are compared together. */
enum { PIECES_TILE = 1024, PIECES_MAX = ISCC_BALLS_MAX + 1 };

/* The first ball is none, that of the rest. */
struct pieces {
    struct iscc_ball balls[PIECES_MAX];
    size_t count;
    iscc_index *index;
};

extern struct pieces pieces;

/* Begins a case: without digests, and without balls but that of the rest. */
void pieces_begin(void);

/* Adds a crowd around a centre, and its ball. */
void pieces_add(uint64_t *random, const uint8_t *centre, size_t number, unsigned radius);

/* Makes a case of some crowds in a row, each a few bits from the one before, so that digests of one reach some of the
 * others; and of a rest. */
void pieces_fill(uint64_t *random, const size_t *numbers, size_t crowds, size_t distance, size_t rest);

/* Splits the digests by the balls. The test frees the index. */
void pieces_build(unsigned radius);

#endif
