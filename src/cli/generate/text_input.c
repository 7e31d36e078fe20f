/* SPDX-License-Identifier: Apache-2.0 */
/* Reads as many blocks as there are threads, prepares them on all of these, and joins them. */
#include "generate/text_input.h"

#include <stdlib.h>

#include "generate/read_some.h"
#include "hash/parallel.h"
#include "util/threads.h"

#define BLOCK_SIZE ((size_t)1024 * 1024)

struct block {
    char *bytes; /* those of the first one are the memory of all */
    size_t size;
    iscc_text_block *text;
};

static void free_blocks(struct block *blocks, int count)
{
    if (blocks == NULL)
        return;
    free(blocks->bytes);
    for (int i = 0; i < count; i++)
        iscc_text_block_free(blocks[i].text);
    free(blocks);
}

static iscc_status allocate_blocks(struct block **allocated, int count)
{
    struct block *blocks = calloc((size_t)count, sizeof *blocks);
    char *bytes = malloc((size_t)count * BLOCK_SIZE);
    iscc_status status = blocks == NULL || bytes == NULL ? ISCC_ERROR_MEMORY : ISCC_OK;

    if (blocks == NULL)
        free(bytes);
    else
        blocks->bytes = bytes;
    for (int i = 0; status == ISCC_OK && i < count; i++) {
        blocks[i].bytes = bytes + (size_t)i * BLOCK_SIZE;
        status = iscc_text_block_new(&blocks[i].text);
    }
    if (status != ISCC_OK) {
        free_blocks(blocks, count);
        blocks = NULL;
    }
    *allocated = blocks;
    return status;
}

/* Fills the blocks one after the other. Returns how many are not empty; `failure` receives 0 or an errno value. */
static int read_blocks(int descriptor, struct block *blocks, int count, int *failure)
{
    ssize_t part = 1;
    int used = 0;

    for (; used < count && part > 0; used += blocks[used].size > 0) {
        struct block *block = &blocks[used];
        block->size = 0;
        while (block->size < BLOCK_SIZE &&
               (part = read_some(descriptor, block->bytes + block->size, BLOCK_SIZE - block->size)) > 0)
            block->size += (size_t)part;
    }
    *failure = part < 0 ? errno : 0;
    return used;
}

static void prepare(void *context, size_t index)
{
    const struct block *block = (const struct block *)context + index;

    iscc_text_block_prepare(block->text, block->bytes, block->size);
}

static iscc_status add_blocks(iscc_text_hasher *hasher, struct block *blocks, int count, int threads)
{
    iscc_status status = ISCC_OK;

    if (count == 1)
        return iscc_text_hasher_update(hasher, blocks->bytes, blocks->size);
    parallel_for((size_t)count, threads, prepare, blocks);
    for (int i = 0; i < count && status == ISCC_OK; i++)
        status = iscc_text_hasher_join(hasher, blocks[i].text);
    return status;
}

int text_input_generate(int descriptor, unsigned bits, struct generated *result, iscc_status *status)
{
    const int threads = threads_default();
    iscc_text_hasher *hasher = NULL;
    struct block *blocks = NULL;
    int failure = 0;
    int used = threads;

    *status = allocate_blocks(&blocks, threads);
    if (*status == ISCC_OK)
        *status = iscc_text_hasher_new(&hasher);
    while (*status == ISCC_OK && failure == 0 && used == threads) {
        used = read_blocks(descriptor, blocks, threads, &failure);
        if (failure == 0 && used > 0)
            *status = add_blocks(hasher, blocks, used, threads);
    }
    if (*status == ISCC_OK && failure == 0)
        *status = generate_text(result, hasher, bits);
    iscc_text_hasher_free(hasher);
    free_blocks(blocks, threads);
    return failure;
}
