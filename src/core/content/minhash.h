/* SPDX-License-Identifier: Apache-2.0 */
/* The similarity digest of features (ISO 24138 "MinHash"), which Data-Code and Text-Code share. */
#ifndef ISCC_MINHASH_H
#define ISCC_MINHASH_H

#include <stdint.h>
#include <string.h>

#include "kernels/kernels.h"

#define ISCC_MINHASH_BYTES 32u

/* The minima of no features. The kernel `lower_minima` adds features. */
static inline void iscc_minhash_start(uint32_t minima[ISCC_MINIMA])
{
    memset(minima, 0xff, ISCC_MINIMA * sizeof minima[0]);
}

/* Bit 0 of all minima, then bit 1, 2 and 3 of all, filling each byte from its most significant bit. */
static inline void iscc_minhash_digest(const uint32_t minima[ISCC_MINIMA], uint8_t digest[ISCC_MINHASH_BYTES])
{
    memset(digest, 0, ISCC_MINHASH_BYTES);
    for (unsigned bit = 0; bit < 8 * ISCC_MINHASH_BYTES; bit++)
        digest[bit / 8] |= (uint8_t)((minima[bit % ISCC_MINIMA] >> (bit / ISCC_MINIMA) & 1u) << (7 - bit % 8));
}

#endif
