/* SPDX-License-Identifier: Apache-2.0 */
/* Opens one input and brings its bytes through the hashers. */
#ifndef HASH_FILE_H
#define HASH_FILE_H

#include <iscc/iscc.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <sys/stat.h>

#include "job.h"
#include "output.h"

struct hash_settings {
    const struct choice *choice;  /* which files of a tree are taken; NULL: all of them */
    unsigned flags;               /* ISCC_NARROW or ISCC_WIDE */
    const struct output *output;  /* whose own files are skipped where a walk meets them; NULL: there are none */
    bool trusts_times;            /* a listed file of the same size and times is not hashed (job->listed) */
    const struct stat *list;      /* the list that is being checked, which is skipped likewise; or NULL */
    const struct directory *base; /* where the relative names of that list begin; NULL: in the current directory */
};

struct block_pool;
struct choice;

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

/* Opens the job's file and looks at it, unless that was done before. The job may have failed then, or be one to skip.
 */
void job_open(struct job *job, const struct hash_settings *settings);

/* Whether hashing the opened job may take so long that what is ready should be printed first. */
bool job_is_long(const struct job *job);

/* Reads all of an opened job, leaves its code or its failure in it, and closes it. */
void job_hash(struct job *job, struct hasher *hasher);

#endif
