/* SPDX-License-Identifier: Apache-2.0 */
/* Keeps a list of the blocks that are held. */
#include "allocations.h"
#include "support/unit.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCKS_MAX = 1024, BORDER = 64, RUBBISH = 0xa5 };

static struct block {
    unsigned char *bytes;
    size_t size;
} blocks[BLOCKS_MAX];

static size_t block_count;
static size_t held;
static size_t most;
static size_t taken;
static bool is_counting;
static bool is_damaged;

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void __real_free(void *block);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);
void __wrap_free(void *block);

/* The place of a block in the list; block_count if it is not there. */
static size_t find(const void *block)
{
    size_t i = 0;
    while (i < block_count && blocks[i].bytes != block)
        i++;
    return i;
}

void *__wrap_malloc(size_t size)
{
    if (!is_counting)
        return __real_malloc(size);
    if (block_count == BLOCKS_MAX || size > SIZE_MAX - BORDER)
        return NULL;
    unsigned char *bytes = __real_malloc(size + BORDER);
    if (bytes == NULL)
        return NULL;
    memset(bytes, RUBBISH, size + BORDER);
    blocks[block_count++] = (struct block){bytes, size};
    taken++;
    held += size;
    most = held > most ? held : most;
    return bytes;
}

void *__wrap_calloc(size_t count, size_t size)
{
    if (!is_counting)
        return __real_calloc(count, size);
    if (size > 0 && count > SIZE_MAX / size)
        return NULL;
    void *bytes = __wrap_malloc(count * size);
    return bytes == NULL ? NULL : memset(bytes, 0, count * size);
}

void __wrap_free(void *block)
{
    const size_t i = find(block);
    if (block != NULL && i < block_count) {
        for (size_t j = 0; j < BORDER; j++)
            is_damaged |= blocks[i].bytes[blocks[i].size + j] != RUBBISH;
        held -= blocks[i].size;
        blocks[i] = blocks[--block_count];
    }
    __real_free(block);
}

void *__wrap_realloc(void *old, size_t size)
{
    const size_t i = find(old);
    if (old == NULL)
        return __wrap_malloc(size);
    if (i == block_count)
        return __real_realloc(old, size);
    void *bytes = __wrap_malloc(size);
    if (bytes == NULL)
        return NULL;
    memcpy(bytes, old, blocks[i].size < size ? blocks[i].size : size);
    __wrap_free(old);
    return bytes;
}

void allocations_begin(void)
{
    block_count = 0;
    held = 0;
    most = 0;
    taken = 0;
    is_damaged = false;
    is_counting = true;
}

size_t allocations_held(void)
{
    return held;
}

size_t allocations_most(void)
{
    return most;
}

size_t allocations_taken(void)
{
    return taken;
}

void allocations_end(void)
{
    is_counting = false;
    assert_int_equal(held, 0);
    assert_int_equal(block_count, 0);
    assert_false(is_damaged);
}
