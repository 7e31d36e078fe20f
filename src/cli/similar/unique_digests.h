/* SPDX-License-Identifier: Apache-2.0 */
/* Removes duplicates from an array of digests. */
#ifndef UNIQUE_DIGESTS_H
#define UNIQUE_DIGESTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The digests that are not equal to an earlier one, in their original order. */
struct unique_digests {
    const uint8_t *digests; /* `copies`, or the caller's array if no two digests are equal */
    size_t count;
    uint32_t *positions; /* index of each in the caller's array */
    uint8_t *copies;     /* owned; may be NULL */
};

/*
 * Finds the unique ones among `count` digests, fewer than 2^32, of `size` bytes each. For digest i, numbers[i * stride]
 * receives the index of its equal among the unique ones. The caller's array must outlive the result, which is freed
 * with unique_digests_free(). Returns false if memory is short.
 */
bool unique_digests_find(struct unique_digests *unique, const uint8_t *digests, size_t size, size_t count,
                         uint32_t *numbers, size_t stride);

void unique_digests_free(struct unique_digests *unique);

#endif
