/* SPDX-License-Identifier: Apache-2.0 */
/* The different ones among many digests. */
#ifndef UNIQUE_DIGESTS_H
#define UNIQUE_DIGESTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Each digest that is not equal to an earlier one, in the order of the digests, numbered from 0. */
struct unique_digests {
    const uint8_t *digests; /* `copies`, or all digests where no two are equal */
    size_t count;
    uint32_t *places; /* of each among all digests */
    uint8_t *copies;
};

/*
 * Finds the different ones of `count` digests (fewer than 2^32) of `size` bytes each. `numbers` has room for `count`
 * numbers, `stride` bytes apart, and gets for each digest which of the different ones it is equal to. False if memory
 * is short.
 */
bool unique_digests_find(struct unique_digests *different, const uint8_t *digests, size_t size, size_t count,
                         uint32_t *numbers, size_t stride);

void unique_digests_free(struct unique_digests *different);

#endif
