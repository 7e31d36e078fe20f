/* SPDX-License-Identifier: Apache-2.0 */
/* The search for the end of one chunk, one byte after the other: it can stop anywhere and be taken up again. */
#ifndef ISCC_GEAR_H
#define ISCC_GEAR_H

#include "kernels.h"

/* Where the search stands in a chunk that is still open. All zero at a chunk's first byte. */
struct iscc_gear_scan {
    uint32_t offset; /* bytes of the chunk that were looked at or skipped: below ISCC_CHUNK_MAX */
    uint32_t hash;   /* gear hash of the bytes from ISCC_CHUNK_SKIP on */
};

/* Runs the hash over bytes[from..to) up to the first byte after which no bit of `mask` is set. Returns the offset
 * behind that byte, or 0 where there is none. The hash cannot overflow: every gear value is below 2^31. */
static inline size_t iscc_gear_run(uint32_t *hash, const uint8_t *bytes, size_t from, size_t to, uint32_t mask)
{
    uint32_t rolling = *hash;
    /* In a short loop the speed depends on where in the code it happens to lie. */
#pragma GCC unroll 8
    for (size_t i = from; i < to; i++) {
        rolling = (rolling >> 1) + iscc_gear[bytes[i]];
        if ((rolling & mask) == 0)
            return i + 1;
    }
    *hash = rolling;
    return 0;
}

/* Where in the next `size` bytes a limit of the chunk lies of which `before` bytes have passed. */
static inline size_t iscc_gear_limit(uint32_t limit, uint32_t before, size_t size)
{
    size_t ahead = limit > before ? limit - before : 0;
    return ahead < size ? ahead : size;
}

/*
 * Goes on with a chunk in `size` more bytes. Returns how many of them belong to the chunk if it ends there (at least
 * one), and 0 if it is still open behind them. After a cut the scan must be zeroed before it is used again.
 */
static inline size_t iscc_gear_scan(struct iscc_gear_scan *scan, const uint8_t *bytes, size_t size)
{
    const size_t skip = iscc_gear_limit(ISCC_CHUNK_SKIP, scan->offset, size);
    const size_t centre = iscc_gear_limit(ISCC_CHUNK_CENTRE, scan->offset, size);
    const size_t end = iscc_gear_limit(ISCC_CHUNK_MAX, scan->offset, size);

    size_t cut = iscc_gear_run(&scan->hash, bytes, skip, centre, ISCC_MASK_STRICT);
    if (cut == 0)
        cut = iscc_gear_run(&scan->hash, bytes, centre, end, ISCC_MASK_RELAXED);
    scan->offset += (uint32_t)end;
    if (cut == 0 && scan->offset == ISCC_CHUNK_MAX)
        cut = end;
    return cut;
}

#endif
