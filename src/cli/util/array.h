/* SPDX-License-Identifier: Apache-2.0 */
/* Growable arrays. */
#ifndef ARRAY_H
#define ARRAY_H

#include <stddef.h>

/*
 * Ensures that `block` has a capacity of at least `needed` elements of `element` bytes each. Returns `block` itself if
 * `*capacity` (in elements) is enough; otherwise reallocates it and updates `*capacity`. Growth is by at least half, so
 * appending one element at a time takes linear time overall. NULL if memory is short; `block` is then unchanged.
 */
void *array_grow(void *block, size_t *capacity, size_t needed, size_t element);

#endif
