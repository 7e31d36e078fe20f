/* SPDX-License-Identifier: Apache-2.0 */
/* Blocks of megabytes, in huge pages where the system has them. The first access to each page of 4 KiB takes 17 us on
 * some virtual machines, as long as hashing a small file. */
#ifndef LARGE_BLOCK_H
#define LARGE_BLOCK_H

#include <stddef.h>

/* The sizes of large blocks are multiples of this: a huge page on most systems. */
#define LARGE_BLOCK_SIZE ((size_t)2 * 1024 * 1024)

/* Rounds up. A size within LARGE_BLOCK_SIZE of SIZE_MAX becomes 0. */
static inline size_t large_block_size(size_t size)
{
    return size + (-size & (LARGE_BLOCK_SIZE - 1));
}

/* Returns a block to be freed by free(), or NULL if memory is short. Its alignment takes as much address space as
 * LARGE_BLOCK_SIZE, but no memory. */
void *large_block_new(size_t size);

/* Like realloc() for a block of `old_size` bytes that becomes a large one, or a larger one. While bytes are moved both
 * take address space, unless that is short. */
void *large_block_grow(void *block, size_t old_size, size_t size);

#endif
