/* SPDX-License-Identifier: Apache-2.0 */
/* Data-Code without any short cut. */
#include "naive.h"

#include <string.h>

#include "kernels/kernels.h"

/* What the standard derives from the average of 2^10 bytes. */
enum {
    BITS = 10,
    AVERAGE = 1 << BITS,
    MINIMUM = AVERAGE / 4,
    MAXIMUM = AVERAGE * 8,
    CENTRE = AVERAGE - (MINIMUM + (MINIMUM + 1) / 2)
};

size_t naive_chunk(const uint8_t *bytes, size_t size)
{
    const uint32_t strict = (UINT32_C(1) << (BITS + 1)) - 1;
    const uint32_t relaxed = (UINT32_C(1) << (BITS - 1)) - 1;
    uint32_t pattern = 0;

    for (size_t offset = 0; offset < size; offset++) {
        if (offset >= MINIMUM) {
            pattern = (pattern >> 1) + iscc_gear[bytes[offset]];
            if ((pattern & (offset < CENTRE ? strict : relaxed)) == 0)
                return offset + 1;
        }
        if (offset + 1 == MAXIMUM)
            return MAXIMUM;
    }
    return size;
}

/* ---- XXH32, after the specification in xxHash's doc/xxhash_spec.md ---- */

static const uint32_t prime[6] = {0, 0x9E3779B1u, 0x85EBCA77u, 0xC2B2AE3Du, 0x27D4EB2Fu, 0x165667B1u};

static uint32_t rotate(uint32_t value, unsigned by)
{
    return value << by | value >> (32 - by);
}

static uint32_t lane(const uint8_t *bytes)
{
    return bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

/* Step 2: stripes of 16 bytes into four accumulators. */
static uint32_t converge_stripes(const uint8_t *bytes, size_t stripes)
{
    uint32_t accumulator[4] = {prime[1] + prime[2], prime[2], 0, 0u - prime[1]};

    for (size_t i = 0; i < 4 * stripes; i++)
        accumulator[i % 4] = rotate(accumulator[i % 4] + lane(bytes + 4 * i) * prime[2], 13) * prime[1];
    return rotate(accumulator[0], 1) + rotate(accumulator[1], 7) + rotate(accumulator[2], 12) +
           rotate(accumulator[3], 18);
}

uint32_t naive_xxh32(const uint8_t *bytes, size_t size)
{
    const size_t stripes = size / 16;
    uint32_t hash = (stripes > 0 ? converge_stripes(bytes, stripes) : prime[5]) + (uint32_t)size;
    size_t i = 16 * stripes;

    for (; i + 4 <= size; i += 4)
        hash = rotate(hash + lane(bytes + i) * prime[3], 17) * prime[4];
    for (; i < size; i++)
        hash = rotate(hash + bytes[i] * prime[5], 11) * prime[1];
    hash = (hash ^ hash >> 15) * prime[2];
    hash = (hash ^ hash >> 13) * prime[3];
    return hash ^ hash >> 16;
}

uint32_t naive_permute(size_t index, uint32_t feature)
{
    const uint64_t mersenne = ((uint64_t)1 << 61) - 1;
    const uint64_t wrapped = iscc_minhash_a[index] * feature + iscc_minhash_b[index]; /* modulo 2^64, as it must be */

    return (uint32_t)(wrapped % mersenne);
}

void naive_bits(const uint32_t minima[64], uint8_t digest[32])
{
    size_t count = 0;

    memset(digest, 0, 32);
    for (unsigned bit = 0; bit < 4; bit++)
        for (size_t i = 0; i < 64; i++, count++)
            if ((minima[i] & (1u << bit)) != 0)
                digest[count / 8] = (uint8_t)(digest[count / 8] | 0x80 >> count % 8);
}

void naive_digest(const uint8_t *bytes, size_t size, uint8_t digest[32])
{
    uint32_t minima[64];
    size_t length;

    memset(minima, 0xff, sizeof minima);
    do {
        length = naive_chunk(bytes, size);
        const uint32_t feature = naive_xxh32(bytes, length);
        for (size_t i = 0; i < 64; i++) {
            const uint32_t permuted = naive_permute(i, feature);
            minima[i] = permuted < minima[i] ? permuted : minima[i];
        }
        bytes += length;
        size -= length;
    } while (size > 0);
    naive_bits(minima, digest);
}
