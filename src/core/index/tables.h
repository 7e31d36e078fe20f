/* SPDX-License-Identifier: Apache-2.0 */
/* An index of digests: what it holds, and how its tables are built. */
#ifndef ISCC_INDEX_TABLES_H
#define ISCC_INDEX_TABLES_H

#include <iscc/iscc.h>

#include "kernels/kernels.h"

/* More parts do not pay: they are narrower, so that more digests share each value, and take 8 bytes a digest. */
#define ISCC_PARTS_MAX 8u

/* A part's values are at most 2^24: a table of 64 MiB. */
#define ISCC_PART_WIDTH_MAX 24u

/* The greatest distance within a part. Beyond, there are too many values to look up. */
#define ISCC_PART_RADIUS_MAX 3u

/* 1 + 24 + 24 * 23 / 2 + 24 * 23 * 22 / 6 values lie within distance 3 of one. */
#define ISCC_PART_PROBES_MAX 2325u

#define ISCC_SKETCH_BITS 32u

/* Entries of one key that are searched together, where all pairs are. */
#define ISCC_QUERIES_MAX 16u

/*
 * One part of the digests: the bits [start, start + width), read as a number, the key. The entries of all digests stand
 * sorted by their keys, those of key k from offsets[k] to offsets[k + 1].
 *
 * An entry is the digest's number and its sketch: up to 32 bits from outside of the part. Where two digests differ in d
 * bits in the part and are within r, their sketches are within r - d. Of random digests few are, so that most entries
 * need no look at the digest itself, which lies anywhere in memory.
 */
struct iscc_part {
    unsigned start;
    unsigned width;
    unsigned sketch_bits;
    uint32_t *offsets;  /* 2^width + 1 */
    uint32_t *numbers;  /* one for each digest */
    uint32_t *sketches; /* likewise, and ISCC_SEARCH_SLACK more */
    /* About how many digests are within each distance of a digest, in this part. */
    double populations[ISCC_PART_RADIUS_MAX + 1];
    /* Where keys are at a distance: the share of sketches within as many bits. */
    double shares[ISCC_PART_RADIUS_MAX + 1][ISCC_SKETCH_BITS + 1];
};

/* How a radius is shared out. */
struct iscc_plan {
    bool is_scan;                      /* a comparison with all digests is faster */
    signed char radii[ISCC_PARTS_MAX]; /* of each part; -1 where it is not searched */
};

/* With every part's radius at its greatest, all digests within 8 * (3 + 1) - 1 are found. */
#define ISCC_PLANS (ISCC_PARTS_MAX * (ISCC_PART_RADIUS_MAX + 1))

struct iscc_index {
    const struct iscc_kernels *kernels;
    size_t size;            /* of a digest in bytes */
    const uint8_t *digests; /* the caller's, or `own` */
    uint8_t *own;
    size_t capacity; /* of `own`, in digests */
    size_t count;
    uint64_t seed;     /* of the samples */
    size_t part_count; /* 0: no tables */
    struct iscc_part parts[ISCC_PARTS_MAX];
    struct iscc_plan plans[ISCC_PLANS]; /* by radius */
};

/* Written out, as compilers make one load of it then. */
static inline uint64_t iscc_load_big_endian(const uint8_t *bytes)
{
    return (uint64_t)bytes[0] << 56 | (uint64_t)bytes[1] << 48 | (uint64_t)bytes[2] << 40 | (uint64_t)bytes[3] << 32 |
           (uint64_t)bytes[4] << 24 | (uint64_t)bytes[5] << 16 | (uint64_t)bytes[6] << 8 | bytes[7];
}

/* Up to 57 bits of a digest from bit `start` on, which is below its length, as the highest bits of a word. */
static inline uint64_t iscc_window(const uint8_t *digest, size_t size, unsigned start)
{
    if (size < 8) {
        const uint64_t word =
            (uint64_t)digest[0] << 24 | (uint64_t)digest[1] << 16 | (uint64_t)digest[2] << 8 | digest[3];
        return word << 32 << start;
    }
    const size_t at = start / 8 < size - 8 ? start / 8 : size - 8;
    return iscc_load_big_endian(digest + at) << (start - 8 * at);
}

static inline uint32_t iscc_part_key(const struct iscc_part *part, const uint8_t *digest, size_t size)
{
    return (uint32_t)(iscc_window(digest, size, part->start) >> (64 - part->width));
}

/* The bits behind the part and, where they do not suffice, the digest's first ones, which then lie before it. */
static inline uint32_t iscc_part_sketch(const struct iscc_part *part, const uint8_t *digest, size_t size)
{
    const unsigned end = part->start + part->width;
    const unsigned rest = 8 * (unsigned)size - end;
    const unsigned behind = rest < part->sketch_bits ? rest : part->sketch_bits;
    const unsigned before = part->sketch_bits - behind;
    uint64_t sketch = 0;
    if (behind > 0)
        sketch = iscc_window(digest, size, end) >> (64 - behind);
    if (before > 0)
        sketch = sketch << before | iscc_window(digest, size, 0) >> (64 - before);
    return (uint32_t)sketch;
}

/* The next larger number with as many bits set, for one that is not 0 (HAKMEM, item 175, with a
 * shift in place of the division). */
static inline uint32_t iscc_next_mask(uint32_t mask)
{
    const unsigned zeros = (unsigned)__builtin_ctz(mask);
    const uint32_t ripple = mask + (UINT32_C(1) << zeros);
    return ripple | (mask ^ ripple) >> (zeros + 2);
}

/* Sets the places and widths of the parts and their sketches, and the shares of sketches that random digests have. */
void iscc_tables_layout(struct iscc_part parts[], size_t part_count, size_t bits, size_t count);

/* Builds the tables of this many parts, in place of those there are. After ISCC_ERROR_MEMORY there are none. */
iscc_status iscc_tables_build(iscc_index *index, size_t part_count);

void iscc_tables_drop(iscc_index *index);

size_t iscc_tables_memory(const iscc_index *index);

#endif
