/* SPDX-License-Identifier: Apache-2.0 */
/* The public functions of the Data-Code hasher. */
#include <stdlib.h>

#include "codes/codec.h"
#include "hashers.h"

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
    created->kernels = kernels;
    iscc_data_stream_start(&created->stream);
    *hasher = created;
    return ISCC_OK;
}

iscc_status iscc_data_hasher_update(iscc_data_hasher *hasher, const void *data, size_t size)
{
    if (hasher == NULL || (data == NULL && size > 0))
        return ISCC_ERROR_ARGUMENT;
    iscc_data_stream_update(&hasher->stream, hasher->kernels, data, size);
    return ISCC_OK;
}

iscc_status iscc_data_hasher_update_zeros(iscc_data_hasher *hasher, uint64_t size)
{
    if (hasher == NULL)
        return ISCC_ERROR_ARGUMENT;
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
    iscc_data_stream_digest(&hasher->stream, hasher->kernels, digest);
    iscc_codec_write_unit(ISCC_DATA, bits, digest, code);
    return ISCC_OK;
}

void iscc_data_hasher_reset(iscc_data_hasher *hasher)
{
    if (hasher != NULL)
        iscc_data_stream_start(&hasher->stream);
}

void iscc_data_hasher_free(iscc_data_hasher *hasher)
{
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
