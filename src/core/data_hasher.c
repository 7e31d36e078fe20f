/* SPDX-License-Identifier: Apache-2.0 */
/* The public functions of the Data-Code hasher. */
#include <stdlib.h>
#include <string.h>

#include "codes/codec.h"
#include "hashers.h"

void iscc_data_hasher_start(iscc_data_hasher *hasher, const struct iscc_kernels *kernels)
{
    hasher->kernels = kernels;
    hasher->gathered = NULL;
    iscc_data_hasher_reset(hasher);
}

void iscc_data_hasher_flush(iscc_data_hasher *hasher)
{
    iscc_data_stream_update(&hasher->stream, hasher->kernels, hasher->gathered, hasher->gathered_size);
    hasher->gathered_size = 0;
}

void iscc_data_hasher_compute(const iscc_data_hasher *hasher, uint8_t digest[ISCC_DIGEST_BYTES])
{
    struct iscc_data_stream stream = hasher->stream;

    iscc_data_stream_update(&stream, hasher->kernels, hasher->gathered, hasher->gathered_size);
    iscc_data_stream_digest(&stream, hasher->kernels, digest);
}

bool iscc_data_hasher_duplicate(const iscc_data_hasher *hasher, iscc_data_hasher *copy)
{
    uint8_t *gathered = NULL;

    if (hasher->gathered_size > 0) {
        gathered = malloc(ISCC_GATHER_SIZE);
        if (gathered == NULL)
            return false;
        memcpy(gathered, hasher->gathered, hasher->gathered_size);
    }
    *copy = *hasher;
    copy->gathered = gathered;
    return true;
}

/* Without memory for it, updates are hashed as they come. */
static bool should_gather(iscc_data_hasher *hasher, size_t size)
{
    if (size >= ISCC_GATHER_SIZE || hasher->stream.size == 0)
        return false;
    if (hasher->gathered == NULL)
        hasher->gathered = malloc(ISCC_GATHER_SIZE);
    return hasher->gathered != NULL;
}

static void gather(iscc_data_hasher *hasher, const uint8_t *bytes, size_t size)
{
    const size_t space = ISCC_GATHER_SIZE - hasher->gathered_size;
    const size_t first = size < space ? size : space;

    memcpy(hasher->gathered + hasher->gathered_size, bytes, first);
    hasher->gathered_size += first;
    if (first == space)
        iscc_data_hasher_flush(hasher);
    memcpy(hasher->gathered + hasher->gathered_size, bytes + first, size - first);
    hasher->gathered_size += size - first;
}

iscc_status iscc_data_hasher_new(iscc_data_hasher **hasher)
{
    if (hasher == NULL)
        return ISCC_ERROR_ARGUMENT;
    const struct iscc_kernels *kernels = iscc_kernels_selected();
    if (kernels == NULL)
        return ISCC_ERROR_BACKEND;
    iscc_data_hasher *created = malloc(sizeof *created);
    if (created == NULL)
        return ISCC_ERROR_MEMORY;
    iscc_data_hasher_start(created, kernels);
    *hasher = created;
    return ISCC_OK;
}

iscc_status iscc_data_hasher_copy(const iscc_data_hasher *hasher, iscc_data_hasher **copy)
{
    if (hasher == NULL || copy == NULL)
        return ISCC_ERROR_ARGUMENT;
    iscc_data_hasher *created = malloc(sizeof *created);
    if (created == NULL || !iscc_data_hasher_duplicate(hasher, created)) {
        free(created);
        return ISCC_ERROR_MEMORY;
    }
    *copy = created;
    return ISCC_OK;
}

iscc_status iscc_data_hasher_update(iscc_data_hasher *hasher, const void *data, size_t size)
{
    if (hasher == NULL || (data == NULL && size > 0))
        return ISCC_ERROR_ARGUMENT;
    if (size > 0 && should_gather(hasher, size)) {
        gather(hasher, data, size);
        return ISCC_OK;
    }
    iscc_data_hasher_flush(hasher);
    iscc_data_stream_update(&hasher->stream, hasher->kernels, data, size);
    return ISCC_OK;
}

iscc_status iscc_data_hasher_update_zeros(iscc_data_hasher *hasher, uint64_t size)
{
    if (hasher == NULL)
        return ISCC_ERROR_ARGUMENT;
    iscc_data_hasher_flush(hasher);
    iscc_data_stream_update_zeros(&hasher->stream, hasher->kernels, size);
    return ISCC_OK;
}

iscc_status iscc_data_hasher_finalize(const iscc_data_hasher *hasher, unsigned bits, char code[ISCC_CODE_SIZE])
{
    uint8_t digest[ISCC_DIGEST_BYTES];

    if (hasher == NULL || code == NULL)
        return ISCC_ERROR_ARGUMENT;
    if (!iscc_codec_bits_valid(bits))
        return ISCC_ERROR_BITS;
    iscc_data_hasher_compute(hasher, digest);
    iscc_codec_write_unit(ISCC_DATA, bits, digest, code);
    return ISCC_OK;
}

iscc_status iscc_data_hasher_digest(const iscc_data_hasher *hasher, uint8_t digest[ISCC_UNIT_DIGEST_SIZE])
{
    if (hasher == NULL || digest == NULL)
        return ISCC_ERROR_ARGUMENT;
    iscc_data_hasher_compute(hasher, digest);
    return ISCC_OK;
}

void iscc_data_hasher_reset(iscc_data_hasher *hasher)
{
    if (hasher == NULL)
        return;
    iscc_data_stream_start(&hasher->stream);
    hasher->gathered_size = 0;
}

void iscc_data_hasher_free(iscc_data_hasher *hasher)
{
    if (hasher != NULL)
        free(hasher->gathered);
    free(hasher);
}

iscc_status iscc_gen_data_code_v0(const void *data, size_t size, unsigned bits, char code[ISCC_CODE_SIZE])
{
    iscc_data_hasher *hasher = NULL;

    iscc_status status = iscc_data_hasher_new(&hasher);
    if (status == ISCC_OK)
        status = iscc_data_hasher_update(hasher, data, size);
    if (status == ISCC_OK)
        status = iscc_data_hasher_finalize(hasher, bits, code);
    iscc_data_hasher_free(hasher);
    return status;
}
