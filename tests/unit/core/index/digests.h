/* SPDX-License-Identifier: Apache-2.0 */
/* Digests for tests of the search: of several kinds, each hard for it in its way. */
#ifndef DIGESTS_H
#define DIGESTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum digests_kind {
    DIGESTS_RANDOM,
    DIGESTS_CLUSTERS,     /* copies of some digests with a few bits changed */
    DIGESTS_EQUAL,        /* all the same */
    DIGESTS_FEW,          /* of a handful of different ones */
    DIGESTS_BEGIN_EQUAL,  /* the first part of all is the same */
    DIGESTS_SPARSE,       /* few bits are set, so that many keys are shared */
    DIGESTS_AT_DISTANCES, /* at distances of 10 to 14 from the first one, most of all at 12 and 13 */
    DIGESTS_CROWDED,      /* around a few centres, most of them farther from one another than a tenth of the bits */
    DIGESTS_SHARE_KEYS,   /* each fifth is near one of three others, and begins as it does but for one bit */
    DIGESTS_KINDS
};

/* Fills `count` digests of `size` bytes each. */
void digests_fill(uint64_t *state, enum digests_kind kind, uint8_t *digests, size_t size, size_t count);

/* Changes as many different bits of a digest. */
void digests_change(uint64_t *state, uint8_t *digest, size_t size, size_t bits);

/* The Hamming distance, by the compiler's count of bits. */
unsigned digests_distance(const uint8_t *a, const uint8_t *b, size_t size);

/* Whether two digests have different labels; NULL: each has its own. */
bool digests_labels_differ(const uint32_t *labels, size_t a, size_t b);

#endif
