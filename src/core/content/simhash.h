/* SPDX-License-Identifier: Apache-2.0 */
/* The similarity hash of digests (ISO 24138 "SimHash"): each of its bits is the one that most digests have. */
#ifndef ISCC_SIMHASH_H
#define ISCC_SIMHASH_H

#include <stddef.h>
#include <stdint.h>

#define ISCC_SIMHASH_SIZE_MAX 32u
#define ISCC_SIMHASH_WORDS (ISCC_SIMHASH_SIZE_MAX / 8u)

/* How many digests have each bit set. The counts are stored by binary digit: bit i of planes[k] is digit k of the count
 * for bit i. So adding a digest is an addition of one bit in 64 places at a time. */
struct iscc_simhash {
    uint64_t count; /* digests */
    unsigned used;  /* planes */
    uint64_t planes[64][ISCC_SIMHASH_WORDS];
};

void iscc_simhash_start(struct iscc_simhash *simhash);

/* Adds a digest of `size` bytes, at most ISCC_SIMHASH_SIZE_MAX, which is the same for all digests. */
void iscc_simhash_add(struct iscc_simhash *simhash, const uint8_t *digest, size_t size);

/* Sets a bit where at least half of the digests have it: a tie gives 1. Without digests all bits are 0. */
void iscc_simhash_digest(const struct iscc_simhash *simhash, uint8_t *digest, size_t size);

#endif
