/* SPDX-License-Identifier: Apache-2.0 */
/* The kernels in plain C: right on any machine, of either byte order, and the reference for all others. */
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "gear.h"
#include "kernels.h"
#include "mersenne.h"
#include "portable.h"

static size_t find_cuts(const uint8_t *bytes, size_t size, uint32_t *cuts, struct iscc_trust *trust)
{
    (void)trust;
    size_t count = 0;
    size_t start = 0;
    while (start < size) {
        struct iscc_gear_scan scan = {0, 0};
        size_t length = iscc_gear_scan(&scan, bytes + start, size - start);
        if (length == 0)
            break;
        start += length;
        cuts[count++] = (uint32_t)start;
    }
    return count;
}

void iscc_portable_hash_chunks(const uint8_t *bytes, uint32_t start, const uint32_t *cuts, size_t count,
                               uint32_t *features)
{
    for (size_t i = 0; i < count; i++) {
        features[i] = XXH32(bytes + start, cuts[i] - start, 0);
        start = cuts[i];
    }
}

void iscc_portable_lower_minima(uint32_t minima[ISCC_MINIMA], const uint32_t *features, size_t count)
{
    for (size_t i = 0; i < ISCC_MINIMA; i++) {
        uint32_t minimum = minima[i];
        for (size_t j = 0; j < count; j++) {
            uint32_t permuted = iscc_permute(i, features[j]);
            minimum = permuted < minimum ? permuted : minimum;
        }
        minima[i] = minimum;
    }
}

unsigned iscc_portable_hamming(const uint8_t *a, const uint8_t *b, size_t size)
{
    unsigned distance = 0;
    for (size_t i = 0; i < size; i++)
        for (unsigned bits = (unsigned)(a[i] ^ b[i]); bits != 0; bits &= bits - 1)
            distance++;
    return distance;
}

const struct iscc_kernels iscc_kernels_portable = {
    .name = "portable",
    .find_cuts = find_cuts,
    .hash_chunks = iscc_portable_hash_chunks,
    .lower_minima = iscc_portable_lower_minima,
    .hamming = iscc_portable_hamming,
    .find_near = iscc_portable_find_near,
    .match_sketches = iscc_portable_match_sketches,
    .measure_pairs = iscc_portable_measure_pairs,
};
