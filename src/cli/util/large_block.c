/* SPDX-License-Identifier: Apache-2.0 */
/* Aligned blocks, as only whole and aligned huge pages become such. */
#define _DEFAULT_SOURCE /* madvise */
#include "util/large_block.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* Both are only hints, so errors do not matter. Systems without huge pages need neither. */
static void ask_for_huge_pages(void *block, size_t size)
{
#ifdef MADV_HUGEPAGE
    madvise(block, size, MADV_HUGEPAGE);
#else
    (void)block;
    (void)size;
#endif
}

static void give_back(void *bytes, size_t size)
{
#ifdef MADV_HUGEPAGE
    madvise(bytes, size, MADV_DONTNEED);
#else
    (void)bytes;
    (void)size;
#endif
}

void *large_block_new(size_t size)
{
    void *block = aligned_alloc(LARGE_BLOCK_SIZE, size);

    if (block != NULL)
        ask_for_huge_pages(block, size);
    return block;
}

/* Copies piece by piece and gives back the pages of a large block that are copied, so that its content is never
 * resident twice. */
static void move_bytes(char *to, char *from, size_t size)
{
    const size_t alignment = (uintptr_t)from % LARGE_BLOCK_SIZE;

    for (size_t done = 0, piece; done < size; done += piece) {
        piece = size - done < LARGE_BLOCK_SIZE ? size - done : LARGE_BLOCK_SIZE;
        memcpy(to + done, from + done, piece);
        if (alignment == 0 && piece == LARGE_BLOCK_SIZE)
            give_back(from + done, piece);
    }
}

void *large_block_grow(void *block, size_t old_size, size_t size)
{
    void *grown = large_block_new(size);

    if (grown == NULL)
        return realloc(block, size);
    if (block != NULL)
        move_bytes(grown, block, old_size);
    free(block);
    return grown;
}
