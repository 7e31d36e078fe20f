/* SPDX-License-Identifier: Apache-2.0 */
/* Hashes one input. */
#ifndef HASH_FILE_H
#define HASH_FILE_H

#include <iscc/iscc.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "hash/job.h"
#include "hash/open_file.h"
#include "hash/short_files.h"
#include "progress/progress.h"
#include "streams/text_feed.h"

struct block_pool;

/* What a thread needs to hash file after file without allocating memory each time. */
struct hasher {
    const struct hash_settings *settings;
    iscc_sum_hasher *sum;
    struct text_feed text;
    struct short_files *short_files; /* that wait to be hashed, and the buffer for all others */
    const atomic_bool *is_cancelled; /* another thread sets it to stop hashing; or NULL */
    struct block_pool *pool;         /* shared by all threads, not owned; NULL, as at first: hash on one thread */
};

/* Sets up a hasher without a pool; set `pool` to use several threads for long files. Returns false if memory is short.
 * Free the hasher in either case. */
bool hasher_init(struct hasher *hasher, const struct hash_settings *settings, const atomic_bool *is_cancelled);
void hasher_free(struct hasher *hasher);

/* Whether hashing the opened job may take so long that finished results should be printed first. */
bool job_is_long(const struct job *job);

/* Reads an opened job to its end, stores its code or its failure in it, and closes it. A short file gets its code by
 * hasher_finish(), and must stay where it is until then; until then only code.filesize is known. */
void job_hash(struct job *job, struct hasher *hasher);

/* Gives all jobs their codes. */
void hasher_finish(struct hasher *hasher);

/* Counts a job that was hashed. A long one counts its bytes as they are read, and a tree its files. What is not read
 * counts as a list says. */
void job_count(const struct job *job, bool is_long, struct progress_state *done);

#endif
