/* SPDX-License-Identifier: Apache-2.0 */
/* The Data-Code (ISO 24138 "Data-Code") of a stream: chunks, features, minima, digest. */
#include "data_stream.h"

#include <string.h>

#include "zeros.h"

/* Bytes that pass through all three kernels while they are in the second-level cache. Their cuts and features are on
 * the stack (32 KiB). A strip is this long because `find_cuts` searches it in many places at once. */
#define STRIP_SIZE ((size_t)1024 * 1024)

void iscc_data_stream_start(struct iscc_data_stream *stream)
{
    iscc_minhash_start(stream->minima);
    stream->scan = (struct iscc_gear_scan){0, 0};
    stream->size = 0;
    stream->speculation = (struct iscc_speculation){0};
    XXH32_reset(&stream->open_hash, 0);
}

size_t iscc_data_stream_extend(struct iscc_data_stream *stream, const struct iscc_kernels *kernels,
                               const uint8_t *bytes, size_t size)
{
    size_t length = iscc_gear_scan(&stream->scan, bytes, size);
    if (length == 0) {
        XXH32_update(&stream->open_hash, bytes, size);
        return size;
    }
    XXH32_update(&stream->open_hash, bytes, length);
    uint32_t feature = XXH32_digest(&stream->open_hash);
    kernels->lower_minima(stream->minima, &feature, 1);
    XXH32_reset(&stream->open_hash, 0);
    stream->scan = (struct iscc_gear_scan){0, 0};
    return length;
}

/* Adds a strip whose first byte starts a chunk. */
static void add_strip(struct iscc_data_stream *stream, const struct iscc_kernels *kernels, const uint8_t *bytes,
                      size_t size)
{
    uint32_t cuts[ISCC_CUTS_MAX(STRIP_SIZE)];
    uint32_t features[ISCC_CUTS_MAX(STRIP_SIZE)];

    const size_t count = kernels->find_cuts(bytes, size, cuts, &stream->speculation, &stream->scan);
    kernels->hash_chunks(bytes, 0, cuts, count, features);
    kernels->lower_minima(stream->minima, features, count);
    const size_t end = count > 0 ? cuts[count - 1] : 0;
    XXH32_update(&stream->open_hash, bytes + end, size - end);
}

void iscc_data_stream_update(struct iscc_data_stream *stream, const struct iscc_kernels *kernels, const void *data,
                             size_t size)
{
    const uint8_t *bytes = data;
    stream->size += size;
    while (size > 0) {
        size_t done = size < STRIP_SIZE ? size : STRIP_SIZE;
        if (stream->scan.offset == 0 && size > ISCC_CHUNK_SKIP)
            add_strip(stream, kernels, bytes, done);
        else
            done = iscc_data_stream_extend(stream, kernels, bytes, size);
        bytes += done;
        size -= done;
    }
}

/* A chunk does not depend on anything before it, so all whole chunks that start within the zeros are equal. Only the
 * first of them and the one that stays open at the end are hashed. */
void iscc_data_stream_update_zeros(struct iscc_data_stream *stream, const struct iscc_kernels *kernels, uint64_t size)
{
    stream->size += size;
    while (size > 0) {
        const bool starts_here = stream->scan.offset == 0;
        const size_t available = size < ISCC_CHUNK_MAX ? (size_t)size : ISCC_CHUNK_MAX;
        const size_t length = iscc_data_stream_extend(stream, kernels, iscc_zeros, available);
        size -= length;
        if (starts_here && stream->scan.offset == 0)
            size %= length;
    }
}

void iscc_data_stream_digest(const struct iscc_data_stream *stream, const struct iscc_kernels *kernels,
                             uint8_t digest[ISCC_DIGEST_BYTES])
{
    uint32_t minima[ISCC_MINIMA];
    memcpy(minima, stream->minima, sizeof minima);
    /* The last chunk counts no matter how short it is, and an empty stream has one empty chunk. */
    if (stream->scan.offset > 0 || stream->size == 0) {
        uint32_t feature = XXH32_digest(&stream->open_hash);
        kernels->lower_minima(minima, &feature, 1);
    }
    iscc_minhash_digest(minima, digest);
}
