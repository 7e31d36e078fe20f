/* SPDX-License-Identifier: Apache-2.0 */
/* A heap of half a kilobyte of code, where that of the C library has twelve: blocks of certain sizes, and a list of the
 * free ones of each size. Memory is never returned, as WebAssembly cannot. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define PAGE 65536u
#define ALIGNMENT 16u

/* Precedes a block. */
struct header {
    uint32_t size_class;
    struct header *next; /* if the block is free */
    uint64_t padding;
};

/* Four classes for each power of two, so that at most a quarter of a block is unused. */
static struct header *free_blocks[4 * 32];
static uintptr_t heap_end; /* of what was given out */
extern char __heap_base;

static uint32_t class_of(size_t size)
{
    const uint32_t rounded = size < 64 ? 63 : (uint32_t)size - 1;
    const uint32_t power = 31 - (uint32_t)__builtin_clz(rounded);
    return 4 * power + (rounded >> (power - 2) & 3) + 1;
}

static size_t size_of(uint32_t size_class)
{
    return (4 + (size_t)(size_class & 3)) << (size_class / 4 - 2);
}

static struct header *extend(size_t size)
{
    if (heap_end == 0)
        heap_end = ((uintptr_t)&__heap_base + ALIGNMENT - 1) & ~(uintptr_t)(ALIGNMENT - 1);
    const size_t available = (size_t)__builtin_wasm_memory_size(0) * PAGE - heap_end;
    if (size > available && __builtin_wasm_memory_grow(0, (size - available + PAGE - 1) / PAGE) == SIZE_MAX)
        return NULL;
    struct header *block = (struct header *)heap_end;
    heap_end += size;
    return block;
}

void *malloc(size_t size)
{
    if (size > INT32_MAX)
        return NULL;
    const uint32_t size_class = class_of(size + sizeof(struct header));
    struct header *block = free_blocks[size_class];
    if (block != NULL)
        free_blocks[size_class] = block->next;
    else
        block = extend(size_of(size_class));
    if (block == NULL)
        return NULL;
    block->size_class = size_class;
    return block + 1;
}

void free(void *memory)
{
    if (memory == NULL)
        return;
    struct header *block = (struct header *)memory - 1;
    block->next = free_blocks[block->size_class];
    free_blocks[block->size_class] = block;
}

void *calloc(size_t count, size_t size)
{
    void *memory = size != 0 && count > SIZE_MAX / size ? NULL : malloc(count * size);
    if (memory != NULL)
        memset(memory, 0, count * size);
    return memory;
}

void *realloc(void *old, size_t size)
{
    if (old == NULL)
        return malloc(size);
    const size_t old_size = size_of(((struct header *)old - 1)->size_class) - sizeof(struct header);
    if (size <= old_size)
        return old;
    void *memory = malloc(size);
    if (memory != NULL) {
        memcpy(memory, old, old_size);
        free(old);
    }
    return memory;
}
