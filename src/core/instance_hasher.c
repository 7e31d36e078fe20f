/* SPDX-License-Identifier: Apache-2.0 */
/* The public functions of the Instance-Code hasher. */
#include <stdlib.h>

#include "codes/codec.h"
#include "codes/multihash.h"
#include "hashers.h"

iscc_status iscc_instance_hasher_new(iscc_instance_hasher **hasher)
{
    if (hasher == NULL)
        return ISCC_ERROR_ARGUMENT;
    /* BLAKE3 selects its own code, but an unusable ISCC_BACKEND is an error for every hasher. */
    if (iscc_kernels_selected() == NULL)
        return ISCC_ERROR_BACKEND;
    iscc_instance_hasher *created = malloc(sizeof *created);
    if (created == NULL)
        return ISCC_ERROR_MEMORY;
    iscc_instance_stream_start(&created->stream);
    *hasher = created;
    return ISCC_OK;
}

iscc_status iscc_instance_hasher_copy(const iscc_instance_hasher *hasher, iscc_instance_hasher **copy)
{
    if (hasher == NULL || copy == NULL)
        return ISCC_ERROR_ARGUMENT;
    iscc_instance_hasher *created = malloc(sizeof *created);
    if (created == NULL)
        return ISCC_ERROR_MEMORY;
    *created = *hasher;
    *copy = created;
    return ISCC_OK;
}

iscc_status iscc_instance_hasher_update(iscc_instance_hasher *hasher, const void *data, size_t size)
{
    if (hasher == NULL || (data == NULL && size > 0))
        return ISCC_ERROR_ARGUMENT;
    iscc_instance_stream_update(&hasher->stream, data, size);
    return ISCC_OK;
}

iscc_status iscc_instance_hasher_update_zeros(iscc_instance_hasher *hasher, uint64_t size)
{
    if (hasher == NULL)
        return ISCC_ERROR_ARGUMENT;
    iscc_instance_stream_update_zeros(&hasher->stream, size);
    return ISCC_OK;
}

iscc_status iscc_instance_hasher_finalize(const iscc_instance_hasher *hasher, unsigned bits, char code[ISCC_CODE_SIZE],
                                          char datahash[ISCC_DATAHASH_SIZE], uint64_t *filesize)
{
    uint8_t digest[BLAKE3_OUT_LEN];

    if (hasher == NULL || code == NULL)
        return ISCC_ERROR_ARGUMENT;
    if (!iscc_codec_bits_valid(bits))
        return ISCC_ERROR_BITS;
    iscc_instance_stream_digest(&hasher->stream, digest);
    iscc_codec_write_unit(ISCC_INSTANCE, bits, digest, code);
    if (datahash != NULL)
        iscc_multihash_write(digest, datahash);
    if (filesize != NULL)
        *filesize = hasher->stream.size;
    return ISCC_OK;
}

iscc_status iscc_instance_hasher_digest(const iscc_instance_hasher *hasher, uint8_t digest[ISCC_UNIT_DIGEST_SIZE])
{
    if (hasher == NULL || digest == NULL)
        return ISCC_ERROR_ARGUMENT;
    iscc_instance_stream_digest(&hasher->stream, digest);
    return ISCC_OK;
}

void iscc_instance_hasher_reset(iscc_instance_hasher *hasher)
{
    if (hasher != NULL)
        iscc_instance_stream_start(&hasher->stream);
}

void iscc_instance_hasher_free(iscc_instance_hasher *hasher)
{
    free(hasher);
}

const char *iscc_blake3_version(void)
{
    return blake3_version();
}

iscc_status iscc_gen_instance_code_v0(const void *data, size_t size, unsigned bits, char code[ISCC_CODE_SIZE],
                                      char datahash[ISCC_DATAHASH_SIZE], uint64_t *filesize)
{
    iscc_instance_hasher *hasher = NULL;

    iscc_status status = iscc_instance_hasher_new(&hasher);
    if (status == ISCC_OK)
        status = iscc_instance_hasher_update(hasher, data, size);
    if (status == ISCC_OK)
        status = iscc_instance_hasher_finalize(hasher, bits, code, datahash, filesize);
    iscc_instance_hasher_free(hasher);
    return status;
}
