/* SPDX-License-Identifier: Apache-2.0 */
/* Hashes one opened input: on one thread, on several if it is long, or with others if it is short. */
#include "hash/hash_file.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>

#include "archive/archive_pass.h"
#include "archive/member_name.h"
#include "hash/pipeline.h"
#include "hash/read_file.h"
#include "lists/file_record.h"
#include "util/failure.h"

/* From here on several threads work on a file. Hashing it takes longer than a line may wait (about a millisecond). */
#define LONG_SIZE ((off_t)1024 * 1024)

bool hasher_init(struct hasher *hasher, const struct hash_settings *settings, const atomic_bool *is_cancelled)
{
    *hasher = (struct hasher){.settings = settings, .is_cancelled = is_cancelled};
    hasher->short_files = short_files_new();
    return text_feed_init(&hasher->text) && hasher->short_files != NULL && iscc_sum_hasher_new(&hasher->sum) == ISCC_OK;
}

void hasher_free(struct hasher *hasher)
{
    iscc_sum_hasher_free(hasher->sum);
    text_feed_free(&hasher->text);
    free(hasher->short_files);
    *hasher = (struct hasher){0};
}

static bool is_hashed(const struct job *job)
{
    return job->failure == 0 && job->kind != JOB_SKIPPED && job->kind != JOB_KNOWN && job->kind != JOB_LINK &&
           job->kind != JOB_EXAMINED;
}

static bool is_long_stream(const struct job *job)
{
    return job->kind == JOB_STREAM || job->kind == JOB_TREE || job->status.st_size >= LONG_SIZE;
}

bool job_is_long(const struct job *job)
{
    return is_hashed(job) && (job->is_archive || is_long_stream(job));
}

/* Reads into what hash_alone() has left free of the buffer. */
static int hash_sequential(struct reader *reader, struct hasher *hasher)
{
    unsigned char *buffer = hasher->short_files->bytes + hasher->short_files->size;
    const size_t size = SHORT_FILES_SIZE - hasher->short_files->size;
    struct piece piece;
    int failure;

    do {
        failure = reader_next(reader, buffer, size, &piece);
        if (failure == 0 && piece.is_hole) {
            iscc_sum_hasher_update_zeros(hasher->sum, piece.size);
            text_feed_update_zeros(&hasher->text, piece.size);
        } else if (failure == 0) {
            iscc_sum_hasher_update(hasher->sum, buffer, piece.size);
            text_feed_update(&hasher->text, buffer, piece.size);
        }
    } while (failure == 0 && !piece.is_last);
    return failure;
}

/* With more readers than processors, some long files are hashed by one thread each. */
static int hash_long(struct reader *reader, struct hasher *hasher)
{
    if (hasher->pool == NULL || !block_pool_enter(hasher->pool))
        return hash_sequential(reader, hasher);
    const int failure = pipeline_run(hasher->pool, reader, hasher->sum, &hasher->text);
    block_pool_leave(hasher->pool);
    return failure;
}

/* The files of a tree have no text in common. */
static bool wants_text(const struct job *job, const struct hash_settings *settings)
{
    return job->kind != JOB_TREE && (settings->text || (job->listed != NULL && job->listed->text_bits > 0));
}

/* Reads the members of an archive ahead, while it is this job's turn to be hashed. */
static void read_members(struct job *job, const struct hasher *hasher)
{
    const struct hash_settings *settings = hasher->settings;
    const int failure = member_name_is_ambiguous(settings->base, job->path, job->kind == JOB_ENTRY ? 0 : job->name)
                            ? FAILURE_AMBIGUOUS
                            : 0;

    job->members = archive_pass_start(job->descriptor, &job->status, job->path, job->path_size, settings->archives,
                                      settings->flags, wants_text(job, settings), failure);
    if (job->members == NULL)
        job->failure = ENOMEM;
    else
        archive_pass_collect(job->members, job->kind != JOB_ARCHIVE, hasher->is_cancelled);
}

static void hash_alone(struct job *job, struct hasher *hasher, struct reader *reader, const void *start, size_t size)
{
    /* Files that wait keep their place in the buffer, unless this one is not short or needs the room. */
    if (job->status.st_size > (off_t)SHORT_FILE_SIZE || short_files_space(hasher->short_files, SHORT_FILE_SIZE) == NULL)
        hasher_finish(hasher);
    iscc_sum_hasher_reset(hasher->sum);
    iscc_sum_hasher_update(hasher->sum, start, size);
    text_feed_start(&hasher->text, wants_text(job, hasher->settings));
    job->failure = is_long_stream(job) ? hash_long(reader, hasher) : hash_sequential(reader, hasher);
    if (job->failure == 0) {
        iscc_sum_hasher_finalize(hasher->sum, hasher->settings->flags, &job->code);
        text_feed_finish(&hasher->text, job->text_code);
    }
}

static bool is_short(const struct job *job, const struct hasher *hasher)
{
    return job->kind != JOB_STREAM && job->kind != JOB_TREE && !job->is_archive && job->status.st_size > 0 &&
           job->status.st_size <= (off_t)SHORT_FILE_SIZE && !wants_text(job, hasher->settings);
}

/* Reads a whole short file, or one byte more than it should have. */
static int read_short(struct reader *reader, unsigned char *bytes, size_t expected, size_t *size, bool *is_whole)
{
    struct piece piece = {.is_last = false};
    int failure = 0;

    for (*size = 0; failure == 0 && !piece.is_last && *size <= expected; *size += piece.size) {
        failure = reader_next(reader, bytes + *size, expected + 1 - *size, &piece);
        assert(!piece.is_hole); /* so short a file is not looked at for holes */
    }
    *is_whole = piece.is_last;
    return failure;
}

static void hash_opened(struct job *job, struct hasher *hasher, struct reader *reader)
{
    unsigned char *start = NULL;
    size_t size = 0;
    bool is_whole = false;

    if (is_short(job, hasher)) {
        const size_t expected = (size_t)job->status.st_size;
        start = short_files_space(hasher->short_files, expected);
        if (start == NULL) {
            hasher_finish(hasher);
            start = short_files_space(hasher->short_files, expected);
        }
        job->failure = read_short(reader, start, expected, &size, &is_whole);
    }
    if (job->failure == 0 && is_whole)
        short_files_add(hasher->short_files, job, size);
    else if (job->failure == 0)
        hash_alone(job, hasher, reader, start, size);
}

void job_hash(struct job *job, struct hasher *hasher)
{
    struct reader reader;

    if (job->kind == JOB_ARCHIVE && job->failure == 0) {
        read_members(job, hasher);
    } else if (is_hashed(job)) {
        job->failure = reader_open(&reader, job, hasher->settings, hasher->is_cancelled);
        reader.reports_progress = job_is_long(job);
        if (job->failure == 0)
            hash_opened(job, hasher, &reader);
        reader_close(&reader);
        if (job->failure == 0 && job->is_archive)
            read_members(job, hasher);
    }
    job_close(job);
}

void hasher_finish(struct hasher *hasher)
{
    if (hasher->short_files->count > 0)
        short_files_hash(hasher->short_files, hasher->sum, hasher->settings->flags);
}

void job_count(const struct job *job, bool is_long, struct progress_state *done)
{
    if (job->kind == JOB_EXAMINED)
        return;
    done->files += job->kind != JOB_SKIPPED && job->kind != JOB_TREE;
    if (job->kind == JOB_SKIPPED || is_long)
        return;
    if (job->kind == JOB_KNOWN || job->failure != 0) {
        done->bytes += job->listed != NULL && job->listed->has_filesize ? job->listed->filesize : 0;
        return;
    }
    if (job->kind == JOB_LINK) {
        done->bytes += (uint64_t)job->status.st_size;
        return;
    }
    done->bytes += job->code.filesize;
    done->bytes_read += job->code.filesize;
}
