/* SPDX-License-Identifier: Apache-2.0 */
/* The search for the end of one chunk, byte by byte. It can stop after any byte and resume there. */
#ifndef ISCC_GEAR_H
#define ISCC_GEAR_H

#include "kernels.h"

/* Hashes bytes[from..to) up to and including the first byte after which the hash has no bit of `mask` set. Returns the
 * offset after that byte, or 0 if there is none. The hash cannot overflow: every gear value is below 2^31. */
static inline size_t iscc_gear_run(uint32_t *hash, const uint8_t *bytes, size_t from, size_t to, uint32_t mask)
{
    uint32_t rolling = *hash;
    /* The speed of a short loop would depend on its alignment in the code. */
#pragma GCC unroll 8
    for (size_t i = from; i < to; i++) {
        rolling = (rolling >> 1) + iscc_gear[bytes[i]];
        if ((rolling & mask) == 0)
            return i + 1;
    }
    *hash = rolling;
    return 0;
}

/* Where a limit of the chunk lies within the next `size` bytes, if the chunk already has `before` bytes. */
static inline size_t iscc_gear_limit(uint32_t limit, uint32_t before, size_t size)
{
    size_t ahead = limit > before ? limit - before : 0;
    return ahead < size ? ahead : size;
}

/*
 * Continues the chunk with `size` more bytes. If it ends within them, returns how many belong to it (at least one); if
 * it is still open after them, returns 0. After a cut, zero the scan before using it again.
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
