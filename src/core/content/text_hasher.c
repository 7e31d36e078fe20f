/* SPDX-License-Identifier: Apache-2.0 */
/* The public functions of the Text-Code. */
#include <iscc/iscc.h>
#include <stdlib.h>

#include "codes/codec.h"
#include "content/text_stream.h"

struct iscc_text_hasher {
    const struct iscc_kernels *kernels;
    struct iscc_text_stream stream;
};

struct iscc_text_block {
    const struct iscc_kernels *kernels;
    const char *text; /* NULL if the block is not prepared */
    size_t size;
    size_t start; /* from here on `stream` has had the text */
    struct iscc_text_stream stream;
};

iscc_status iscc_text_hasher_new(iscc_text_hasher **hasher)
{
    if (hasher == NULL)
        return ISCC_ERROR_ARGUMENT;
    const struct iscc_kernels *kernels = iscc_kernels_selected();
    if (kernels == NULL)
        return ISCC_ERROR_BACKEND;
    iscc_text_hasher *created = malloc(sizeof *created);
    if (created == NULL)
        return ISCC_ERROR_MEMORY;
    created->kernels = kernels;
    iscc_text_stream_start(&created->stream);
    *hasher = created;
    return ISCC_OK;
}

iscc_status iscc_text_hasher_copy(const iscc_text_hasher *hasher, iscc_text_hasher **copy)
{
    if (hasher == NULL || copy == NULL)
        return ISCC_ERROR_ARGUMENT;
    iscc_text_hasher *created = malloc(sizeof *created);
    if (created == NULL)
        return ISCC_ERROR_MEMORY;
    *created = *hasher;
    *copy = created;
    return ISCC_OK;
}

iscc_status iscc_text_hasher_update(iscc_text_hasher *hasher, const char *text, size_t size)
{
    if (hasher == NULL || (text == NULL && size > 0))
        return ISCC_ERROR_ARGUMENT;
    iscc_text_stream_update(&hasher->stream, hasher->kernels, text, size);
    return hasher->stream.invalid ? ISCC_ERROR_UTF8 : ISCC_OK;
}

static iscc_status write_code(const struct iscc_text_stream *stream, const struct iscc_kernels *kernels, unsigned bits,
                              char code[ISCC_CODE_SIZE], uint64_t *characters)
{
    uint8_t digest[ISCC_MINHASH_BYTES];
    uint64_t count;

    if (!iscc_codec_bits_valid(bits))
        return ISCC_ERROR_BITS;
    if (!iscc_text_stream_digest(stream, kernels, digest, &count))
        return ISCC_ERROR_UTF8;
    iscc_codec_write_content(ISCC_TEXT, bits, digest, code);
    if (characters != NULL)
        *characters = count;
    return ISCC_OK;
}

iscc_status iscc_text_hasher_finalize(const iscc_text_hasher *hasher, unsigned bits, char code[ISCC_CODE_SIZE],
                                      uint64_t *characters)
{
    if (hasher == NULL || code == NULL)
        return ISCC_ERROR_ARGUMENT;
    return write_code(&hasher->stream, hasher->kernels, bits, code, characters);
}

iscc_status iscc_text_hasher_digest(const iscc_text_hasher *hasher, uint8_t digest[ISCC_UNIT_DIGEST_SIZE],
                                    uint64_t *characters)
{
    uint64_t count;

    if (hasher == NULL || digest == NULL)
        return ISCC_ERROR_ARGUMENT;
    if (!iscc_text_stream_digest(&hasher->stream, hasher->kernels, digest, &count))
        return ISCC_ERROR_UTF8;
    if (characters != NULL)
        *characters = count;
    return ISCC_OK;
}

void iscc_text_hasher_reset(iscc_text_hasher *hasher)
{
    if (hasher != NULL)
        iscc_text_stream_start(&hasher->stream);
}

void iscc_text_hasher_free(iscc_text_hasher *hasher)
{
    free(hasher);
}

iscc_status iscc_text_block_new(iscc_text_block **block)
{
    if (block == NULL)
        return ISCC_ERROR_ARGUMENT;
    const struct iscc_kernels *kernels = iscc_kernels_selected();
    if (kernels == NULL)
        return ISCC_ERROR_BACKEND;
    iscc_text_block *created = malloc(sizeof *created);
    if (created == NULL)
        return ISCC_ERROR_MEMORY;
    created->kernels = kernels;
    created->text = NULL;
    *block = created;
    return ISCC_OK;
}

iscc_status iscc_text_block_prepare(iscc_text_block *block, const char *text, size_t size)
{
    if (block == NULL || text == NULL || size == 0)
        return ISCC_ERROR_ARGUMENT;
    block->text = text;
    block->size = size;
    block->start = iscc_collapse_find_start((const uint8_t *)text, size);
    iscc_text_stream_start(&block->stream);
    iscc_text_stream_update(&block->stream, block->kernels, text + block->start, size - block->start);
    return ISCC_OK;
}

iscc_status iscc_text_hasher_join(iscc_text_hasher *hasher, const iscc_text_block *block)
{
    if (hasher == NULL || block == NULL || block->text == NULL)
        return ISCC_ERROR_ARGUMENT;
    iscc_text_stream_join(&hasher->stream, hasher->kernels, block->text, block->size, block->start, &block->stream);
    return hasher->stream.invalid ? ISCC_ERROR_UTF8 : ISCC_OK;
}

void iscc_text_block_free(iscc_text_block *block)
{
    free(block);
}

iscc_status iscc_gen_text_code_v0(const char *text, size_t size, unsigned bits, char code[ISCC_CODE_SIZE],
                                  uint64_t *characters, size_t *position)
{
    iscc_text_hasher hasher = {.kernels = iscc_kernels_selected()};

    if ((text == NULL && size > 0) || code == NULL)
        return ISCC_ERROR_ARGUMENT;
    if (!iscc_codec_bits_valid(bits))
        return ISCC_ERROR_BITS;
    if (hasher.kernels == NULL)
        return ISCC_ERROR_BACKEND;
    iscc_text_hasher_reset(&hasher);
    iscc_text_stream_update(&hasher.stream, hasher.kernels, text, size);
    const iscc_status status = write_code(&hasher.stream, hasher.kernels, bits, code, characters);
    if (status == ISCC_ERROR_UTF8 && position != NULL)
        *position = (size_t)hasher.stream.read;
    return status;
}
