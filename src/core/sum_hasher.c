/* SPDX-License-Identifier: Apache-2.0 */
/* The public functions of the sum hasher: Data-Code and Instance-Code in one pass. */
#include <stdlib.h>

#include "codes/codec.h"
#include "codes/multihash.h"
#include "hashers.h"

/* Bytes that both hashers process before either continues: enough for the search in lanes, and few enough that the
 * second hasher finds them in the second-level cache. */
#define PIECE_SIZE ((size_t)1024 * 1024)

#define UNIT_BITS (8 * ISCC_DIGEST_BYTES)

iscc_status iscc_sum_hasher_new(iscc_sum_hasher **hasher)
{
    if (hasher == NULL)
        return ISCC_ERROR_ARGUMENT;
    const struct iscc_kernels *kernels = iscc_kernels_selected();
    if (kernels == NULL)
        return ISCC_ERROR_BACKEND;
    iscc_sum_hasher *created = malloc(sizeof *created);
    if (created == NULL)
        return ISCC_ERROR_MEMORY;
    iscc_data_hasher_start(&created->data, kernels);
    iscc_instance_hasher_reset(&created->instance);
    *hasher = created;
    return ISCC_OK;
}

iscc_status iscc_sum_hasher_copy(const iscc_sum_hasher *hasher, iscc_sum_hasher **copy)
{
    if (hasher == NULL || copy == NULL)
        return ISCC_ERROR_ARGUMENT;
    iscc_sum_hasher *created = malloc(sizeof *created);
    if (created == NULL || !iscc_data_hasher_duplicate(&hasher->data, &created->data)) {
        free(created);
        return ISCC_ERROR_MEMORY;
    }
    created->instance = hasher->instance;
    *copy = created;
    return ISCC_OK;
}

iscc_status iscc_sum_hasher_update(iscc_sum_hasher *hasher, const void *data, size_t size)
{
    const uint8_t *bytes = data;

    if (hasher == NULL || (data == NULL && size > 0))
        return ISCC_ERROR_ARGUMENT;
    while (size > 0) {
        size_t piece = size < PIECE_SIZE ? size : PIECE_SIZE;
        iscc_data_hasher_update(&hasher->data, bytes, piece);
        iscc_instance_hasher_update(&hasher->instance, bytes, piece);
        bytes += piece;
        size -= piece;
    }
    return ISCC_OK;
}

iscc_status iscc_sum_hasher_update_zeros(iscc_sum_hasher *hasher, uint64_t size)
{
    if (hasher == NULL)
        return ISCC_ERROR_ARGUMENT;
    iscc_data_hasher_update_zeros(&hasher->data, size);
    return iscc_instance_hasher_update_zeros(&hasher->instance, size);
}

iscc_status iscc_sum_hasher_digest(const iscc_sum_hasher *hasher, uint8_t data_digest[ISCC_UNIT_DIGEST_SIZE],
                                   uint8_t instance_digest[ISCC_UNIT_DIGEST_SIZE])
{
    if (hasher == NULL || data_digest == NULL || instance_digest == NULL)
        return ISCC_ERROR_ARGUMENT;
    if (hasher->data.stream.size + hasher->data.gathered_size != hasher->instance.stream.size)
        return ISCC_ERROR_ARGUMENT;
    iscc_data_hasher_compute(&hasher->data, data_digest);
    iscc_instance_stream_digest(&hasher->instance.stream, instance_digest);
    return ISCC_OK;
}

iscc_status iscc_sum_hasher_units(const iscc_sum_hasher *hasher, unsigned bits, char data_code[ISCC_CODE_SIZE],
                                  char instance_code[ISCC_CODE_SIZE])
{
    uint8_t data_digest[ISCC_DIGEST_BYTES];
    uint8_t instance_digest[BLAKE3_OUT_LEN];

    if (hasher == NULL || data_code == NULL || instance_code == NULL)
        return ISCC_ERROR_ARGUMENT;
    if (!iscc_codec_bits_valid(bits))
        return ISCC_ERROR_BITS;
    const iscc_status status = iscc_sum_hasher_digest(hasher, data_digest, instance_digest);
    if (status != ISCC_OK)
        return status;
    iscc_codec_write_unit(ISCC_DATA, bits, data_digest, data_code);
    iscc_codec_write_unit(ISCC_INSTANCE, bits, instance_digest, instance_code);
    return ISCC_OK;
}

void iscc_sum_code_write(struct iscc_sum_code *code, unsigned flags, const uint8_t data_digest[ISCC_DIGEST_BYTES],
                         const uint8_t instance_digest[BLAKE3_OUT_LEN], uint64_t size)
{
    iscc_codec_write_sum(flags, data_digest, instance_digest, code->iscc);
    iscc_codec_write_unit(ISCC_DATA, UNIT_BITS, data_digest, code->data_code);
    iscc_codec_write_unit(ISCC_INSTANCE, UNIT_BITS, instance_digest, code->instance_code);
    iscc_multihash_write(instance_digest, code->datahash);
    code->filesize = size;
}

iscc_status iscc_sum_hasher_finalize(const iscc_sum_hasher *hasher, unsigned flags, struct iscc_sum_code *code)
{
    uint8_t data_digest[ISCC_DIGEST_BYTES];
    uint8_t instance_digest[BLAKE3_OUT_LEN];

    if (code == NULL || (flags & ~ISCC_WIDE) != 0)
        return ISCC_ERROR_ARGUMENT;
    const iscc_status status = iscc_sum_hasher_digest(hasher, data_digest, instance_digest);
    if (status != ISCC_OK)
        return status;
    iscc_sum_code_write(code, flags, data_digest, instance_digest, hasher->instance.stream.size);
    return ISCC_OK;
}

void iscc_sum_hasher_reset(iscc_sum_hasher *hasher)
{
    if (hasher == NULL)
        return;
    iscc_data_hasher_reset(&hasher->data);
    iscc_instance_hasher_reset(&hasher->instance);
}

iscc_data_hasher *iscc_sum_hasher_data(iscc_sum_hasher *hasher)
{
    return hasher == NULL ? NULL : &hasher->data;
}

iscc_instance_hasher *iscc_sum_hasher_instance(iscc_sum_hasher *hasher)
{
    return hasher == NULL ? NULL : &hasher->instance;
}

void iscc_sum_hasher_free(iscc_sum_hasher *hasher)
{
    if (hasher != NULL)
        free(hasher->data.gathered);
    free(hasher);
}

iscc_status iscc_gen_sum_code_v0(const void *data, size_t size, unsigned flags, struct iscc_sum_code *code)
{
    iscc_sum_hasher *hasher = NULL;

    iscc_status status = iscc_sum_hasher_new(&hasher);
    if (status == ISCC_OK)
        status = iscc_sum_hasher_update(hasher, data, size);
    if (status == ISCC_OK)
        status = iscc_sum_hasher_finalize(hasher, flags, code);
    iscc_sum_hasher_free(hasher);
    return status;
}
