/* SPDX-License-Identifier: Apache-2.0 */
/* The Data-Code of a stream in blocks, prepared independently and joined in order. */
#include <stdlib.h>

#include "hashers.h"

/* Offsets within a block have 32 bits; this stays well below. */
#define BLOCK_SIZE_MAX ((size_t)1 << 30)

struct iscc_data_block {
    const struct iscc_kernels *kernels;
    size_t size_max;
    const uint8_t *bytes; /* NULL if the block is not prepared */
    size_t size;
    size_t count; /* chunks, as if one started at the first byte; the open one at the end is not counted */
    uint32_t *cuts;
    uint32_t *features;
    struct iscc_speculation speculation; /* kept between blocks, which usually belong to one stream */
};

iscc_status iscc_data_block_new(iscc_data_block **block, size_t size_max)
{
    if (block == NULL || size_max == 0 || size_max > BLOCK_SIZE_MAX)
        return ISCC_ERROR_ARGUMENT;
    const struct iscc_kernels *kernels = iscc_kernels_selected();
    if (kernels == NULL)
        return ISCC_ERROR_BACKEND;
    const size_t cuts_max = ISCC_CUTS_MAX(size_max) + 1; /* not 0, because malloc(0) may return NULL */
    iscc_data_block *created = malloc(sizeof *created);
    uint32_t *cuts = malloc(cuts_max * sizeof *cuts);
    uint32_t *features = malloc(cuts_max * sizeof *features);
    if (created == NULL || cuts == NULL || features == NULL) {
        free(created);
        free(cuts);
        free(features);
        return ISCC_ERROR_MEMORY;
    }
    *created = (iscc_data_block){.kernels = kernels, .size_max = size_max, .cuts = cuts, .features = features};
    *block = created;
    return ISCC_OK;
}

iscc_status iscc_data_block_prepare(iscc_data_block *block, const void *data, size_t size)
{
    if (block == NULL || data == NULL || size == 0 || size > block->size_max)
        return ISCC_ERROR_ARGUMENT;
    block->bytes = data;
    block->size = size;
    block->count = block->kernels->find_cuts(block->bytes, size, block->cuts, &block->speculation, NULL);
    block->kernels->hash_chunks(block->bytes, 0, block->cuts, block->count, block->features);
    return ISCC_OK;
}

/*
 * Continues the true chain of chunks into the block until it resynchronizes, that is until a chunk ends where a
 * prepared one does. Returns the offset of that end, or the block's size if there is none. Sets `skipped` to the number
 * of prepared chunks before it, which are not true ones.
 */
static size_t resynchronize(iscc_data_hasher *hasher, const iscc_data_block *block, size_t *skipped)
{
    size_t offset = 0;
    size_t passed = 0;

    while (hasher->stream.scan.offset > 0 || offset > 0) {
        offset +=
            iscc_data_stream_extend(&hasher->stream, hasher->kernels, block->bytes + offset, block->size - offset);
        while (passed < block->count && block->cuts[passed] < offset)
            passed++;
        if (offset == block->size)
            break;
        if (passed < block->count && block->cuts[passed] == offset) {
            passed++;
            break;
        }
    }
    *skipped = passed;
    return offset;
}

iscc_status iscc_data_hasher_join(iscc_data_hasher *hasher, const iscc_data_block *block, size_t *rechunked)
{
    if (hasher == NULL || block == NULL || block->bytes == NULL)
        return ISCC_ERROR_ARGUMENT;

    iscc_data_hasher_flush(hasher);
    size_t skipped;
    size_t offset = resynchronize(hasher, block, &skipped);
    if (rechunked != NULL)
        *rechunked = offset;
    hasher->stream.size += block->size;
    if (offset == block->size)
        return ISCC_OK;
    hasher->kernels->lower_minima(hasher->stream.minima, block->features + skipped, block->count - skipped);
    if (skipped < block->count)
        offset = block->cuts[block->count - 1];
    /* The bytes after the last cut start a chunk that stays open. */
    if (offset < block->size)
        iscc_data_stream_extend(&hasher->stream, hasher->kernels, block->bytes + offset, block->size - offset);
    return ISCC_OK;
}

void iscc_data_block_free(iscc_data_block *block)
{
    if (block == NULL)
        return;
    free(block->cuts);
    free(block->features);
    free(block);
}
