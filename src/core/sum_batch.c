/* SPDX-License-Identifier: Apache-2.0 */
/* The codes of many inputs: short ones together, so that they fill the lanes of vectors. */
#include <string.h>

#include "hashers.h"

/* The inputs of a batch, which lie one after another in `bytes` and end at ends[i]. */
struct batch {
    const uint8_t *bytes;
    uint32_t ends[ISCC_BATCH_COUNT];
    size_t count;
};

/* Adds inputs from `first` on to an empty batch, as many as fit. The first one begins at `begin`. */
static void fill(struct batch *batch, size_t begin, const size_t *ends, size_t first, size_t count)
{
    size_t last = begin;

    for (batch->count = 0; first < count && batch->count < ISCC_BATCH_COUNT; first++) {
        if (ends[first] - last > ISCC_BATCH_INPUT || ends[first] - begin > ISCC_BATCH_SIZE)
            return;
        last = ends[first];
        batch->ends[batch->count++] = (uint32_t)(last - begin);
    }
}

/* The cuts of each input, and its end. */
static void split_inputs(const struct iscc_kernels *kernels, const struct batch *batch, uint32_t *cuts,
                         uint32_t *counts)
{
    if (kernels->split_batch != NULL && kernels->split_batch(batch->bytes, batch->ends, batch->count, cuts, counts))
        return;
    for (size_t i = 0, begin = 0; i < batch->count; begin = batch->ends[i++]) {
        size_t count = kernels->find_cuts(batch->bytes + begin, batch->ends[i] - begin, cuts, NULL, NULL);
        for (size_t j = 0; j < count; j++)
            cuts[j] += (uint32_t)begin;
        if (count == 0 || cuts[count - 1] < batch->ends[i])
            cuts[count++] = batch->ends[i];
        counts[i] = (uint32_t)count;
        cuts += count;
    }
}

/* The BLAKE3 hash of each input. */
static void hash_inputs(const struct iscc_kernels *kernels, const struct batch *batch,
                        uint8_t (*hashes)[ISCC_BLAKE3_SIZE])
{
    if (kernels->hash_inputs != NULL) {
        kernels->hash_inputs(batch->bytes, batch->ends, batch->count, hashes);
        return;
    }
    for (size_t i = 0, begin = 0; i < batch->count; begin = batch->ends[i++]) {
        struct iscc_instance_stream stream;
        iscc_instance_stream_start(&stream);
        iscc_instance_stream_update(&stream, batch->bytes + begin, batch->ends[i] - begin);
        iscc_instance_stream_digest(&stream, hashes[i]);
    }
}

static void hash(const struct iscc_kernels *kernels, const struct batch *batch, unsigned flags,
                 struct iscc_sum_code *codes)
{
    uint32_t cuts[ISCC_BATCH_CHUNKS(ISCC_BATCH_SIZE, ISCC_BATCH_COUNT)];
    uint32_t features[ISCC_BATCH_CHUNKS(ISCC_BATCH_SIZE, ISCC_BATCH_COUNT)];
    uint32_t counts[ISCC_BATCH_COUNT] = {0};
    uint8_t hashes[ISCC_BATCH_COUNT][ISCC_BLAKE3_SIZE];
    const uint32_t *next = features;
    uint32_t begin = 0;
    size_t chunks = 0;

    split_inputs(kernels, batch, cuts, counts);
    for (size_t i = 0; i < batch->count; i++)
        chunks += counts[i];
    kernels->hash_chunks(batch->bytes, 0, cuts, chunks, features);
    hash_inputs(kernels, batch, hashes);
    for (size_t i = 0; i < batch->count; i++) {
        uint32_t minima[ISCC_MINIMA];
        uint8_t data_digest[ISCC_DIGEST_BYTES];

        iscc_minhash_start(minima);
        kernels->lower_minima(minima, next, counts[i]);
        iscc_minhash_digest(minima, data_digest);
        iscc_sum_code_write(&codes[i], flags, data_digest, hashes[i], batch->ends[i] - begin);
        next += counts[i];
        begin = batch->ends[i];
    }
}

static bool are_in_order(const size_t *ends, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (ends[i] < ends[i - 1])
            return false;
    return true;
}

iscc_status iscc_gen_sum_codes_v0(const void *data, const size_t *ends, size_t count, unsigned flags,
                                  struct iscc_sum_code *codes)
{
    const struct iscc_kernels *kernels = iscc_kernels_selected();
    const uint8_t *bytes = data;
    iscc_status status = ISCC_OK;

    if (count > 0 && (ends == NULL || codes == NULL || (flags & ~ISCC_WIDE) != 0 || !are_in_order(ends, count) ||
                      (data == NULL && ends[count - 1] > 0)))
        return ISCC_ERROR_ARGUMENT;
    if (kernels == NULL)
        return ISCC_ERROR_BACKEND;
    for (size_t i = 0, begin = 0; i < count && status == ISCC_OK; begin = ends[i - 1]) {
        struct batch batch = {.bytes = bytes == NULL ? (const uint8_t *)"" : bytes + begin};
        fill(&batch, begin, ends, i, count);
        if (batch.count > 0) {
            hash(kernels, &batch, flags, codes + i);
            i += batch.count;
        } else {
            status = iscc_gen_sum_code_v0(bytes + begin, ends[i] - begin, flags, codes + i);
            i++;
        }
    }
    return status;
}
