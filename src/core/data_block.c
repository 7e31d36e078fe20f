/* SPDX-License-Identifier: Apache-2.0 */
/* The Data-Code of a stream in blocks that are prepared apart and joined in order. */
#include <stdlib.h>

#include "hashers.h"

/* Offsets within a block are 32 bits wide; this leaves room to spare. */
#define BLOCK_SIZE_MAX ((size_t)1 << 30)

struct iscc_data_block {
    const struct iscc_kernels *kernels;
    size_t size_max;
    const uint8_t *bytes; /* NULL: not prepared */
    size_t size;
    size_t count; /* whole chunks from the first byte on */
    uint32_t *cuts;
    uint32_t *features;
    struct iscc_speculation speculation; /* from one block to the next, which most often is of the same stream */
};

iscc_status iscc_data_block_new(iscc_data_block **block, size_t size_max)
{
    if (block == NULL || size_max == 0 || size_max > BLOCK_SIZE_MAX)
        return ISCC_ERROR_ARGUMENT;
    const struct iscc_kernels *kernels = iscc_kernels_selected();
    if (kernels == NULL)
        return ISCC_ERROR_BACKEND;
    const size_t cuts_max = ISCC_CUTS_MAX(size_max) + 1; /* never zero: malloc(0) may be NULL */
    iscc_data_block *made = malloc(sizeof *made);
    uint32_t *cuts = malloc(cuts_max * sizeof *cuts);
    uint32_t *features = malloc(cuts_max * sizeof *features);
    if (made == NULL || cuts == NULL || features == NULL) {
        free(made);
        free(cuts);
        free(features);
        return ISCC_ERROR_MEMORY;
    }
    *made = (iscc_data_block){.kernels = kernels, .size_max = size_max, .cuts = cuts, .features = features};
    *block = made;
    return ISCC_OK;
}

iscc_status iscc_data_block_prepare(iscc_data_block *block, const void *data, size_t size)
{
    if (block == NULL || data == NULL || size == 0 || size > block->size_max)
        return ISCC_ERROR_ARGUMENT;
    block->bytes = data;
    block->size = size;
    block->count = block->kernels->find_cuts(block->bytes, size, block->cuts, &block->speculation);
    block->kernels->hash_chunks(block->bytes, 0, block->cuts, block->count, block->features);
    return ISCC_OK;
}

/*
 * Runs the true chain into the block until a chunk ends where a prepared one ends. Returns the offset of that end, or
 * the block's size where there is none, and in `met` the number of prepared chunks before it.
 */
static size_t run_until_met(iscc_data_hasher *hasher, const iscc_data_block *block, size_t *met)
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
    *met = passed;
    return offset;
}

iscc_status iscc_data_hasher_join(iscc_data_hasher *hasher, const iscc_data_block *block, size_t *repeated)
{
    if (hasher == NULL || block == NULL || block->bytes == NULL)
        return ISCC_ERROR_ARGUMENT;

    size_t met;
    size_t offset = run_until_met(hasher, block, &met);
    if (repeated != NULL)
        *repeated = offset;
    hasher->stream.size += block->size;
    if (offset == block->size)
        return ISCC_OK;
    hasher->kernels->lower_minima(hasher->stream.minima, block->features + met, block->count - met);
    if (met < block->count)
        offset = block->cuts[block->count - 1];
    /* What follows the last cut has none: it opens a chunk. */
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
