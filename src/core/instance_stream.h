/* SPDX-License-Identifier: Apache-2.0 */
/* The state of the Instance-Code of a stream: BLAKE3 and the number of bytes. */
#ifndef ISCC_INSTANCE_STREAM_H
#define ISCC_INSTANCE_STREAM_H

#include <blake3.h>
#include <iscc/iscc.h>
#include <stdint.h>
#include <string.h>

#include "zeros.h"

struct iscc_instance_stream {
    blake3_hasher blake3;
    uint64_t size;
};

static inline void iscc_instance_stream_start(struct iscc_instance_stream *stream)
{
    blake3_hasher_init(&stream->blake3);
    stream->size = 0;
}

static inline void iscc_instance_stream_update(struct iscc_instance_stream *stream, const void *data, size_t size)
{
    blake3_hasher_update(&stream->blake3, data, size);
    stream->size += size;
}

/* Pieces end at multiples of ISCC_ZEROS in the stream, so that BLAKE3 hashes each as one whole subtree. */
static inline void iscc_instance_stream_update_zeros(struct iscc_instance_stream *stream, uint64_t size)
{
    while (size > 0) {
        const size_t aligned = ISCC_ZEROS - (size_t)(stream->size % ISCC_ZEROS);
        const size_t piece = size < aligned ? (size_t)size : aligned;
        iscc_instance_stream_update(stream, iscc_zeros, piece);
        size -= piece;
    }
}

static inline void iscc_instance_stream_digest(const struct iscc_instance_stream *stream,
                                               uint8_t digest[BLAKE3_OUT_LEN])
{
    blake3_hasher_finalize(&stream->blake3, digest, BLAKE3_OUT_LEN);
}

#endif
