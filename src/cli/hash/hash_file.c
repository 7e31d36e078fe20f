/* SPDX-License-Identifier: Apache-2.0 */
/* Hashes one opened input: on one thread, or on several if it is long. */
#include "hash/hash_file.h"

#include <stdlib.h>

#include "hash/pipeline.h"
#include "hash/read_file.h"

/* Large enough that the overhead of a read does not matter, small enough that the bytes are still in a core's cache
 * when they are hashed. */
#define READ_SIZE ((size_t)1024 * 1024)

/* From here on several threads work on a file. Hashing it takes longer than a line may wait (about a millisecond). */
#define LONG_SIZE ((off_t)1024 * 1024)

bool hasher_init(struct hasher *hasher, const struct hash_settings *settings, const atomic_bool *is_cancelled)
{
    *hasher = (struct hasher){.settings = settings, .is_cancelled = is_cancelled};
    hasher->buffer = malloc(READ_SIZE);
    return hasher->buffer != NULL && iscc_sum_hasher_new(&hasher->sum) == ISCC_OK;
}

void hasher_free(struct hasher *hasher)
{
    iscc_sum_hasher_free(hasher->sum);
    free(hasher->buffer);
    *hasher = (struct hasher){0};
}

bool job_is_long(const struct job *job)
{
    return job->failure == 0 && job->kind != JOB_KNOWN && job->kind != JOB_EXAMINED &&
           (job->kind == JOB_STREAM || job->kind == JOB_TREE || job->status.st_size >= LONG_SIZE);
}

static int hash_sequential(struct reader *reader, struct hasher *hasher)
{
    struct piece piece;
    int failure;

    do {
        failure = reader_next(reader, hasher->buffer, READ_SIZE, &piece);
        if (failure == 0 && piece.is_hole)
            iscc_sum_hasher_update_zeros(hasher->sum, piece.size);
        else if (failure == 0)
            iscc_sum_hasher_update(hasher->sum, hasher->buffer, piece.size);
    } while (failure == 0 && !piece.is_last);
    return failure;
}

void job_hash(struct job *job, struct hasher *hasher)
{
    struct reader reader;

    if (job->failure == 0 && job->kind != JOB_SKIPPED && job->kind != JOB_KNOWN && job->kind != JOB_EXAMINED) {
        iscc_sum_hasher_reset(hasher->sum);
        job->failure = reader_open(&reader, job, hasher->settings, hasher->is_cancelled);
        reader.reports_progress = job_is_long(job);
        if (job->failure == 0)
            job->failure = hasher->pool != NULL && reader.reports_progress
                               ? pipeline_run(hasher->pool, &reader, hasher->sum)
                               : hash_sequential(&reader, hasher);
        reader_close(&reader);
        if (job->failure == 0)
            iscc_sum_hasher_finalize(hasher->sum, hasher->settings->flags, &job->code);
    }
    job_close(job);
}
