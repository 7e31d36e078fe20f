/* SPDX-License-Identifier: Apache-2.0 */
/* An index of digests whose searches are compared with a comparison of all. */
#ifndef COMPARED_H
#define COMPARED_H

#include "digests.h"
#include "index/index.h"

enum { COMPARED_MAX = 400, COMPARED_BYTES_MAX = 32 };

struct compared {
    uint8_t digests[COMPARED_MAX * COMPARED_BYTES_MAX];
    size_t size; /* of one */
    size_t count;
    iscc_index *index;
};

extern struct compared compared;

/* One of them, or where the next one goes. */
uint8_t *compared_digest(size_t number);

/* Makes so many digests, and an index to which they are added some at a time. The test frees it. */
void compared_make(uint64_t *random, enum digests_kind kind, size_t number);

/* Searches for a digest in each way there is, with room for as many hits. */
void compared_query(const uint8_t *digest, unsigned radius, size_t capacity);

/* Searches for the pairs, in so many slices. `labels` may be NULL. */
void compared_labelled_pairs(unsigned radius, size_t slices, const uint32_t *labels);

/* Searches for the pairs with labels and without. */
void compared_pairs(uint64_t *random, unsigned radius, size_t slices);

/* Searches for some digests, near and far, and for the pairs. */
void compared_search(uint64_t *random, unsigned radius);

#endif
