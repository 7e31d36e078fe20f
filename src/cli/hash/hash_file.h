/* SPDX-License-Identifier: Apache-2.0 */
/* Brings the bytes of one input through the hashers. */
#ifndef HASH_FILE_H
#define HASH_FILE_H

#include <iscc/iscc.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "hash/job.h"
#include "hash/open_file.h"

struct block_pool;

/* What a thread needs to hash one file after the other without an allocation. */
struct hasher {
    const struct hash_settings *settings;
    iscc_sum_hasher *sum;
    unsigned char *buffer;
    const atomic_bool *is_cancelled; /* set where results are wanted no more; NULL: they always are */
    struct block_pool *pool;         /* of all threads; NULL, as at first, where there is one thread alone */
};

/* A hasher without a pool, which may be given to it later. False if memory is short; the hasher may then be freed all
 * the same. */
bool hasher_init(struct hasher *hasher, const struct hash_settings *settings, const atomic_bool *is_cancelled);
void hasher_free(struct hasher *hasher);

/* Reads all of an opened job, leaves its code or its failure in it, and closes it. */
void job_hash(struct job *job, struct hasher *hasher);

#endif
