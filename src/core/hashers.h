/* SPDX-License-Identifier: Apache-2.0 */
/* The hasher objects of the public interface. */
#ifndef ISCC_HASHERS_H
#define ISCC_HASHERS_H

#include <iscc/iscc.h>
#include <stdbool.h>

#include "data_stream.h"
#include "instance_stream.h"

/*
 * Small updates are gathered, because a search in lanes needs a long run. The first update of a stream is not, however
 * small: it is often all of it.
 */
struct iscc_data_hasher {
    const struct iscc_kernels *kernels;
    struct iscc_data_stream stream; /* of all bytes before the gathered ones */
    uint8_t *gathered;              /* ISCC_GATHER_SIZE bytes; NULL until they are needed */
    size_t gathered_size;
};

/* With updates of 4 and 64 KiB, gathering a third as much takes an eighth longer. */
#define ISCC_GATHER_SIZE ((size_t)768 * 1024)

void iscc_data_hasher_start(iscc_data_hasher *hasher, const struct iscc_kernels *kernels);
void iscc_data_hasher_flush(iscc_data_hasher *hasher);
void iscc_data_hasher_compute(const iscc_data_hasher *hasher, uint8_t digest[ISCC_DIGEST_BYTES]);

/* Makes `copy`, which need not be initialized, a hasher of the same stream. Returns false if memory runs out; `copy`
 * then has nothing to free. */
bool iscc_data_hasher_duplicate(const iscc_data_hasher *hasher, iscc_data_hasher *copy);

struct iscc_instance_hasher {
    struct iscc_instance_stream stream;
};

struct iscc_sum_hasher {
    struct iscc_data_hasher data;
    struct iscc_instance_hasher instance;
};

/* Encodes the digests of an input of `size` bytes. */
void iscc_sum_code_write(struct iscc_sum_code *code, unsigned flags, const uint8_t data_digest[ISCC_DIGEST_BYTES],
                         const uint8_t instance_digest[BLAKE3_OUT_LEN], uint64_t size);

#endif
