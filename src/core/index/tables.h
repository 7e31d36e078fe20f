/* SPDX-License-Identifier: Apache-2.0 */
/* The data of an index, and its tables. */
#ifndef ISCC_INDEX_TABLES_H
#define ISCC_INDEX_TABLES_H

#include <iscc/iscc.h>

#include "kernels/kernels.h"

/* More parts do not pay: they are narrower, so that more digests share a value, and each takes 8 bytes per digest. */
#define ISCC_PARTS_MAX 8u

/* A part has at most 2^24 values, whose offsets take 64 MiB. */
#define ISCC_PART_WIDTH_MAX 24u

/* The largest radius of a part. With a larger one there would be too many values to look up. */
#define ISCC_PART_RADIUS_MAX 3u

/* The values within distance 3 of one, of 24 bits: 1 + 24 + 24 * 23 / 2 + 24 * 23 * 22 / 6. */
#define ISCC_PART_PROBES_MAX 2325u

#define ISCC_SKETCH_BITS 32u

/* In the search for all pairs, the most entries of one key that are matched together. */
#define ISCC_QUERIES_MAX 16u

/*
 * One part of the digests: the bits [start, start + width). Read as a number they are the key. There is an entry for
 * each digest, sorted by key; the entries of key k are [offsets[k], offsets[k + 1]).
 *
 * An entry is the digest's number and its sketch: up to 32 bits from outside the part. If two digests differ in d bits
 * in the part and are within distance r, their sketches are within r - d. Few pairs of random digests are, so for most
 * entries the digest itself, which lies anywhere in memory, need not be loaded.
 */
struct iscc_part {
    unsigned start;
    unsigned width;
    unsigned sketch_bits;
    uint32_t *offsets;  /* 2^width + 1 */
    uint32_t *numbers;  /* one per entry */
    uint32_t *sketches; /* one per entry, and ISCC_SEARCH_SLACK more */
    /* Estimate of the number of digests within each distance of a digest in this part. */
    double populations[ISCC_PART_RADIUS_MAX + 1];
    /* Estimate, for keys at each distance, of the share of sketches within each distance. */
    double shares[ISCC_PART_RADIUS_MAX + 1][ISCC_SKETCH_BITS + 1];
};

/* How to search for a radius. */
struct iscc_plan {
    bool is_scan;                      /* comparing with all digests is faster */
    signed char radii[ISCC_PARTS_MAX]; /* of each part; -1 means that it is not searched */
};

/* Plans for the radii that tables can serve: up to 8 * (3 + 1) - 1, with all parts at their largest radius. */
#define ISCC_PLANS (ISCC_PARTS_MAX * (ISCC_PART_RADIUS_MAX + 1))

struct iscc_index {
    const struct iscc_kernels *kernels;
    size_t size;            /* of a digest, in bytes */
    const uint8_t *digests; /* the caller's, or `own` */
    uint8_t *own;
    size_t capacity; /* of `own`, in digests */
    size_t count;
    uint64_t seed;     /* of the choice of samples */
    size_t part_count; /* 0 if there are no tables */
    struct iscc_part parts[ISCC_PARTS_MAX];
    struct iscc_plan plans[ISCC_PLANS]; /* by radius */
};

/* Written in full, so that compilers turn it into a single load. */
static inline uint64_t iscc_load_big_endian(const uint8_t *bytes)
{
    return (uint64_t)bytes[0] << 56 | (uint64_t)bytes[1] << 48 | (uint64_t)bytes[2] << 40 | (uint64_t)bytes[3] << 32 |
           (uint64_t)bytes[4] << 24 | (uint64_t)bytes[5] << 16 | (uint64_t)bytes[6] << 8 | bytes[7];
}

/* At least 57 bits of a digest from bit `start` on, in the high bits of a word; past the digest's end they are 0. */
static inline uint64_t iscc_window(const uint8_t *digest, size_t size, unsigned start)
{
    if (size < 8) {
        const uint64_t word =
            (uint64_t)digest[0] << 24 | (uint64_t)digest[1] << 16 | (uint64_t)digest[2] << 8 | digest[3];
        return word << 32 << start;
    }
    const size_t offset = start / 8 < size - 8 ? start / 8 : size - 8;
    return iscc_load_big_endian(digest + offset) << (start - 8 * offset);
}

static inline uint32_t iscc_part_key(const struct iscc_part *part, const uint8_t *digest, size_t size)
{
    return (uint32_t)(iscc_window(digest, size, part->start) >> (64 - part->width));
}

/* The bits after the part and, if there are too few of them, the first bits of the digest, which are before it. */
static inline uint32_t iscc_part_sketch(const struct iscc_part *part, const uint8_t *digest, size_t size)
{
    const unsigned end = part->start + part->width;
    const unsigned rest = 8 * (unsigned)size - end;
    const unsigned after = rest < part->sketch_bits ? rest : part->sketch_bits;
    const unsigned before = part->sketch_bits - after;
    uint64_t sketch = 0;
    if (after > 0)
        sketch = iscc_window(digest, size, end) >> (64 - after);
    if (before > 0)
        sketch = sketch << before | iscc_window(digest, size, 0) >> (64 - before);
    return (uint32_t)sketch;
}

/* The next larger number with the same number of bits set; `mask` must not be 0. HAKMEM, item 175, with a shift instead
 * of the division. */
static inline uint32_t iscc_next_mask(uint32_t mask)
{
    const unsigned zeros = (unsigned)__builtin_ctz(mask);
    const uint32_t ripple = mask + (UINT32_C(1) << zeros);
    return ripple | (mask ^ ripple) >> (zeros + 2);
}

/* Sets the start, the width and the sketch of each part, and the shares that random digests would have. */
void iscc_tables_layout(struct iscc_part parts[], size_t part_count, size_t bits, size_t count);

/* Replaces the tables by those of `part_count` parts. On ISCC_ERROR_MEMORY there are none. */
iscc_status iscc_tables_build(iscc_index *index, size_t part_count);

void iscc_tables_drop(iscc_index *index);

/* The size of the tables in bytes. */
size_t iscc_tables_memory(const iscc_index *index);

#endif
