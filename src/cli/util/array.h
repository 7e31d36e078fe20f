/* SPDX-License-Identifier: Apache-2.0 */
/* Blocks that grow. */
#ifndef ARRAY_H
#define ARRAY_H

#include <stddef.h>

/* Room for `needed` elements of a size: the block itself where its `room`, counted in elements, suffices, else what has
 * taken its place. That has half as much again, so that adding one after another takes linear time. NULL if memory is
 * short: the block stays as it is. */
void *array_grow(void *block, size_t *room, size_t needed, size_t element);

#endif
