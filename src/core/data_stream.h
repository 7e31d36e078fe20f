/* SPDX-License-Identifier: Apache-2.0 */
/* The state of the Data-Code of a stream. */
#ifndef ISCC_DATA_STREAM_H
#define ISCC_DATA_STREAM_H

/* Defines XXH32_state_t, which is an incomplete type otherwise. The layout of XXH32 is stable. */
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "content/minhash.h"
#include "kernels/gear.h"
#include "kernels/kernels.h"

#define ISCC_DIGEST_BYTES ISCC_MINHASH_BYTES

/*
 * Of the stream this keeps 64 minima, and of the chunk that is open after an update the state of its search and of its
 * XXH32. So no input is copied, and the size of the state does not depend on the length of the stream.
 */
struct iscc_data_stream {
    uint32_t minima[ISCC_MINIMA];
    struct iscc_gear_scan scan; /* of the open chunk */
    XXH32_state_t open_hash;    /* of the open chunk's bytes */
    uint64_t size;              /* bytes seen */
    struct iscc_speculation speculation;
};

void iscc_data_stream_start(struct iscc_data_stream *stream);
void iscc_data_stream_update(struct iscc_data_stream *stream, const struct iscc_kernels *kernels, const void *data,
                             size_t size);

/* The same with `size` zero bytes, in constant time. */
void iscc_data_stream_update_zeros(struct iscc_data_stream *stream, const struct iscc_kernels *kernels, uint64_t size);

/* Continues the open chunk. Returns the number of bytes added to it: up to the chunk's end, or all if it stays open. */
size_t iscc_data_stream_extend(struct iscc_data_stream *stream, const struct iscc_kernels *kernels,
                               const uint8_t *bytes, size_t size);

/* Computes the digest of the stream so far. The stream can continue afterwards. */
void iscc_data_stream_digest(const struct iscc_data_stream *stream, const struct iscc_kernels *kernels,
                             uint8_t digest[ISCC_DIGEST_BYTES]);

#endif
