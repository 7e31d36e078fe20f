/* SPDX-License-Identifier: Apache-2.0 */
/* The Hamming distance by the population count that every processor with AVX2 has. */
#include <string.h>

#include "avx2.h"

unsigned iscc_avx2_hamming(const uint8_t *a, const uint8_t *b, size_t size)
{
    unsigned distance = 0;
    size_t i = 0;
    for (; i + 8 <= size; i += 8) {
        uint64_t left;
        uint64_t right;
        memcpy(&left, a + i, sizeof left);
        memcpy(&right, b + i, sizeof right);
        distance += (unsigned)__builtin_popcountll(left ^ right);
    }
    for (; i < size; i++)
        distance += (unsigned)__builtin_popcount((unsigned)(a[i] ^ b[i]));
    return distance;
}
