/* SPDX-License-Identifier: Apache-2.0 */
/* Hashes one input. */
#ifndef HASH_FILE_H
#define HASH_FILE_H

#include <iscc/iscc.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "hash/job.h"
#include "hash/open_file.h"
#include "streams/text_feed.h"

struct block_pool;

/* What a thread needs to hash file after file without allocating memory each time. */
struct hasher {
    const struct hash_settings *settings;
    iscc_sum_hasher *sum;
    struct text_feed text;
    unsigned char *buffer;
    const atomic_bool *is_cancelled; /* another thread sets it to stop hashing; or NULL */
    struct block_pool *pool;         /* shared by all threads, not owned; NULL, as at first: hash on one thread */
};

/* Sets up a hasher without a pool; set `pool` to use several threads for long files. Returns false if memory is short.
 * Free the hasher in either case. */
bool hasher_init(struct hasher *hasher, const struct hash_settings *settings, const atomic_bool *is_cancelled);
void hasher_free(struct hasher *hasher);

/* Whether hashing the opened job may take so long that finished results should be printed first. */
bool job_is_long(const struct job *job);

/* Reads an opened job to its end, stores its code or its failure in it, and closes it. */
void job_hash(struct job *job, struct hasher *hasher);

#endif
