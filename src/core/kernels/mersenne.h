/* SPDX-License-Identifier: Apache-2.0 */
/* One permutation of MinHash. */
#ifndef ISCC_MERSENNE_H
#define ISCC_MERSENNE_H

#include "kernels.h"

/*
 * ((a * feature + b) mod 2^64) mod (2^61 - 1), low 32 bits.
 *
 * With M = 2^61 - 1, 2^61 mod M is 1, so x = high * 2^61 + low is congruent to high + low. That sum is at most 7 + M,
 * which is below 2M, so one conditional subtraction completes the reduction.
 */
static inline uint32_t iscc_permute(size_t index, uint32_t feature)
{
    const uint64_t mersenne = (UINT64_C(1) << 61) - 1;
    uint64_t product = iscc_minhash_a[index] * feature + iscc_minhash_b[index];
    uint64_t reduced = (product & mersenne) + (product >> 61);
    return (uint32_t)(reduced >= mersenne ? reduced - mersenne : reduced);
}

#endif
