/* SPDX-License-Identifier: Apache-2.0 */
/* Aligned blocks, as only whole and aligned huge pages become such. */
#define _DEFAULT_SOURCE /* madvise */
#include "util/large_block.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* Only a hint, so errors do not matter. */
static void advise(void *block, size_t size, int advice)
{
    madvise(block, size, advice);
}

void *large_block_new(size_t size)
{
    void *block = aligned_alloc(LARGE_BLOCK_SIZE, size);

#ifdef MADV_HUGEPAGE
    if (block != NULL)
        advise(block, size, MADV_HUGEPAGE);
#endif
    return block;
}

/* Copies piece by piece and gives back what is copied, so that the content is never in memory twice. */
static void move_bytes(char *to, char *from, size_t size)
{
    const bool is_large = (uintptr_t)from % LARGE_BLOCK_SIZE == 0;

    for (size_t done = 0, piece; done < size; done += piece) {
        piece = size - done < LARGE_BLOCK_SIZE ? size - done : LARGE_BLOCK_SIZE;
        memcpy(to + done, from + done, piece);
        if (is_large && piece == LARGE_BLOCK_SIZE)
            advise(from + done, piece, MADV_DONTNEED);
    }
}

void *large_block_grow(void *block, size_t old_size, size_t size)
{
    void *grown = large_block_new(size);

    if (grown == NULL)
        return NULL;
    if (block != NULL)
        move_bytes(grown, block, old_size);
    free(block);
    return grown;
}
