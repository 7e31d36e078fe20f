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

/* Bit 0 of all minima, then bit 1, 2 and 3 of all, filling each byte from its most significant bit. Eight minima give a
 * byte of each. With one bit in each byte of a word, the product has all eight in its highest byte, the lowest first.
 */
static inline void iscc_minhash_digest(const uint32_t minima[ISCC_MINIMA], uint8_t digest[ISCC_MINHASH_BYTES])
{
    for (unsigned i = 0; i < ISCC_MINIMA / 8; i++) {
        uint64_t word = 0;
        for (unsigned j = 0; j < 8; j++)
            word = word << 8 | (minima[8 * i + j] & 0xf);
        for (unsigned bit = 0; bit < 4; bit++)
            digest[ISCC_MINIMA / 8 * bit + i] =
                (uint8_t)((word >> bit & UINT64_C(0x0101010101010101)) * UINT64_C(0x0102040810204080) >> 56);
    }
}

#endif
