/* SPDX-License-Identifier: Apache-2.0 */
/* The Instance-Code's state over a stream: BLAKE3, and how many bytes have passed. */
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

/* In pieces that end where a tree of BLAKE3 of their size does, so that it is hashed as a whole. */
static inline void iscc_instance_stream_update_zeros(struct iscc_instance_stream *stream, uint64_t size)
{
    while (size > 0) {
        const size_t room = ISCC_ZEROS - (size_t)(stream->size % ISCC_ZEROS);
        const size_t piece = size < room ? (size_t)size : room;
        iscc_instance_stream_update(stream, iscc_zeros, piece);
        size -= piece;
    }
}

static inline void iscc_instance_stream_digest(const struct iscc_instance_stream *stream,
                                               uint8_t digest[BLAKE3_OUT_LEN])
{
    blake3_hasher_finalize(&stream->blake3, digest, BLAKE3_OUT_LEN);
}

/* A multihash: 0x1e is BLAKE3 in the multicodec table, 0x20 the digest's length in bytes. */
static inline void iscc_instance_write_datahash(const uint8_t digest[BLAKE3_OUT_LEN], char datahash[ISCC_DATAHASH_SIZE])
{
    static const char hexadecimal[] = "0123456789abcdef";
    char *out = datahash;

    memcpy(out, "1e20", 4);
    out += 4;
    for (size_t i = 0; i < BLAKE3_OUT_LEN; i++) {
        *out++ = hexadecimal[digest[i] >> 4];
        *out++ = hexadecimal[digest[i] & 15];
    }
    *out = '\0';
}

#endif
