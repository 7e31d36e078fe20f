/* SPDX-License-Identifier: Apache-2.0 */
/* What is in the pieces of an index, and which of them a search compares with what. */
#ifndef PIECES_MODEL_H
#define PIECES_MODEL_H

#include "counting.h"
#include "pieces.h"

enum { PIECES_DIGESTS_MAX = 5000 };

/* The numbers of each piece's digests, in order. */
struct pieces_model {
    uint32_t members[PIECES_MAX][PIECES_DIGESTS_MAX];
    size_t sizes[PIECES_MAX];
};

extern struct pieces_model pieces_model;

/* Shares the digests out among the pieces: each goes to the first ball that has it. */
void pieces_model_share_out(void);

/* The work of a query, of an index of which no piece has tables. */
struct work pieces_model_query(const uint8_t *digest, unsigned radius);

/* The work of a slice between the pieces: a row is compared with all crowds that stand behind its own piece. `labels`
 * may be NULL. */
struct work pieces_model_across(unsigned radius, const uint32_t *labels, size_t slice, size_t slices);

#endif
