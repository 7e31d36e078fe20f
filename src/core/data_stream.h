/* SPDX-License-Identifier: Apache-2.0 */
/* The Data-Code's state over a stream: what is left of all bytes that have passed. */
#ifndef ISCC_DATA_STREAM_H
#define ISCC_DATA_STREAM_H

/* The streaming state of xxHash is only known in full to those who compile it in; it is the fixed layout of XXH32. */
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "kernels/gear.h"
#include "kernels/kernels.h"

#define ISCC_DIGEST_BYTES 32

/*
 * Of the stream only 64 minima are kept, and of the chunk that is open at the end of an update only where its search
 * stands and its unfinished XXH32. So no input is copied, and the state has the same size however long the stream.
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
/* The same for zero bytes, in a time that does not depend on their number. */
void iscc_data_stream_update_zeros(struct iscc_data_stream *stream, const struct iscc_kernels *kernels, uint64_t size);
/* Takes the chunk that is open at the stream's end further. Returns the bytes that are done with: up to the chunk's
 * end, or all of them where it stays open. */
size_t iscc_data_stream_extend(struct iscc_data_stream *stream, const struct iscc_kernels *kernels,
                               const uint8_t *bytes, size_t size);

/* The digest of the stream up to here, which may go on. */
void iscc_data_stream_digest(const struct iscc_data_stream *stream, const struct iscc_kernels *kernels,
                             uint8_t digest[ISCC_DIGEST_BYTES]);

#endif
