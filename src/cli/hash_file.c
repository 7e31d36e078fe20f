/* SPDX-License-Identifier: Apache-2.0 */
/* Opening, reading and judging one input: a code is only given for bytes that did not change meanwhile. */
#include "hash_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "failure.h"
#include "walk.h"

/* Large enough that a read's own cost is lost in that of its bytes, small enough to stay in a core's cache between
 * reader and hashers. */
#define READ_SIZE ((size_t)256 * 1024)

/* From here on a file takes longer than a line may wait (about a millisecond). */
#define LONG_SIZE ((off_t)1024 * 1024)

/* O_NONBLOCK: a FIFO that took a file's place must not hang the open. It has no effect on regular files. */
#define OPEN_FLAGS (O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)

bool hasher_init(struct hasher *hasher, const struct hash_settings *settings)
{
    *hasher = (struct hasher){.settings = settings};
    hasher->buffer = malloc(READ_SIZE);
    return hasher->buffer != NULL && iscc_sum_hasher_new(&hasher->sum) == ISCC_OK;
}

void hasher_free(struct hasher *hasher)
{
    iscc_sum_hasher_free(hasher->sum);
    free(hasher->buffer);
    *hasher = (struct hasher){0};
}

static void fail(struct job *job, int failure)
{
    job->failure = failure;
    job_close(job);
}

static int open_descriptor(const struct job *job)
{
    switch (job->kind) {
    case JOB_STDIN:
        return STDIN_FILENO;
    case JOB_ENTRY:
        return openat(directory_descriptor(job->directory), job->path + job->name, OPEN_FLAGS | O_NOFOLLOW);
    default:
        return open(job->path, OPEN_FLAGS);
    }
}

static bool is_output(const struct stat *status, const struct hash_settings *settings)
{
    for (size_t i = 0; i < settings->output_count; i++)
        if (status->st_dev == settings->outputs[i].device && status->st_ino == settings->outputs[i].inode)
            return true;
    return false;
}

void job_open(struct job *job, const struct hash_settings *settings)
{
    if (job->failure != 0 || job->descriptor >= 0)
        return;
    job->descriptor = open_descriptor(job);
    const int error = errno;
    directory_release(job->directory);
    job->directory = NULL;
    if (job->descriptor < 0)
        fail(job, error);
    else if (fstat(job->descriptor, &job->status) != 0)
        fail(job, errno);
    else if (job->kind == JOB_OPERAND && !S_ISREG(job->status.st_mode))
        fail(job, FAILURE_SPECIAL);
    else if (job->kind == JOB_ENTRY && !S_ISREG(job->status.st_mode))
        fail(job, FAILURE_CHANGED);
    else if (job->kind == JOB_ENTRY && is_output(&job->status, settings))
        job->kind = JOB_SKIPPED;
}

bool job_is_long(const struct job *job)
{
    return job->failure == 0 && (job->kind == JOB_STDIN || job->kind == JOB_TREE || job->status.st_size >= LONG_SIZE);
}

static ssize_t read_some(int descriptor, void *buffer, size_t size)
{
    ssize_t got;
    do
        got = read(descriptor, buffer, size);
    while (got < 0 && errno == EINTR);
    return got;
}

/*
 * Whether the file system makes the content up as it is read, so that the size says nothing: /proc shows files of size
 * 0, /sys files of a page with no block behind it.
 */
static bool has_made_up_size(const struct stat *status)
{
    return status->st_size == 0 || status->st_blocks == 0;
}

/* Reads to the end. A regular file's end is known from its size, and a read that would only find it again is saved. */
static int read_all(int descriptor, const struct stat *status, struct hasher *hasher, off_t *total)
{
    const bool ends_at_size = S_ISREG(status->st_mode) && !has_made_up_size(status);

    *total = 0;
    while (!ends_at_size || *total < status->st_size) {
        ssize_t got = read_some(descriptor, hasher->buffer, READ_SIZE);
        if (got < 0)
            return errno;
        if (got == 0)
            break;
        iscc_sum_hasher_update(hasher->sum, hasher->buffer, (size_t)got);
        *total += got;
    }
    return 0;
}

static bool same_time(const struct timespec *a, const struct timespec *b)
{
    return a->tv_sec == b->tv_sec && a->tv_nsec == b->tv_nsec;
}

static bool is_unchanged(const struct stat *before, const struct stat *after)
{
    return before->st_size == after->st_size && before->st_ino == after->st_ino && before->st_dev == after->st_dev &&
           same_time(&before->st_mtim, &after->st_mtim) && same_time(&before->st_ctim, &after->st_ctim);
}

/* Feeds a regular file, open at its start, to the hasher. Returns a failure. */
static int hash_regular(int descriptor, const struct stat *before, struct hasher *hasher)
{
    struct stat after;
    off_t total;

    if (before->st_size >= LONG_SIZE)
        posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL); /* advice: nothing is lost if it is not taken */
    int failure = read_all(descriptor, before, hasher, &total);
    if (failure != 0)
        return failure;
    if (fstat(descriptor, &after) != 0)
        return errno;
    /* The size is held against the bytes as well: time stamps are as coarse as the kernel's clock tick. */
    if (!is_unchanged(before, &after) || (total != before->st_size && !has_made_up_size(before)))
        return FAILURE_CHANGED;
    return 0;
}

/* Standard input may stand anywhere in a file, or be no file at all: it is read to its end, however far that is. */
static int hash_stdin(const struct stat *before, struct hasher *hasher)
{
    struct stat endless = *before;
    struct stat after;
    off_t total;

    endless.st_size = 0;
    int failure = read_all(STDIN_FILENO, &endless, hasher, &total);
    if (failure == 0 && S_ISREG(before->st_mode) && fstat(STDIN_FILENO, &after) == 0 && !is_unchanged(before, &after))
        failure = FAILURE_CHANGED;
    return failure;
}

/*
 * Feeds all files of a tree to the hasher, one after the other. A tree of which one file cannot be read has no code:
 * the walk ends there, and the job gets that file's path and failure.
 */
static void hash_tree(struct job *job, struct hasher *hasher)
{
    struct walk_entry entry;
    struct job file = {.descriptor = -1};
    enum walk_event event;

    struct walk *walk = walk_start(job->descriptor, job->path, job->path_size);
    job->descriptor = -1;
    if (walk == NULL) {
        job->failure = ENOMEM;
        return;
    }
    while (file.failure == 0 && (event = walk_next(walk, &entry)) != WALK_END) {
        job_set_entry(&file, event, &entry);
        job_open(&file, hasher->settings);
        if (file.failure == 0 && file.kind != JOB_SKIPPED)
            file.failure = hash_regular(file.descriptor, &file.status, hasher);
        job_close(&file);
    }
    if (file.failure != 0)
        job_set(job, JOB_TREE, file.path, file.path_size, file.failure);
    job_free(&file);
    walk_free(walk);
}

void job_hash(struct job *job, struct hasher *hasher)
{
    if (job->failure == 0 && job->kind != JOB_SKIPPED) {
        iscc_sum_hasher_reset(hasher->sum);
        if (job->kind == JOB_TREE)
            hash_tree(job, hasher);
        else if (job->kind == JOB_STDIN)
            job->failure = hash_stdin(&job->status, hasher);
        else
            job->failure = hash_regular(job->descriptor, &job->status, hasher);
        if (job->failure == 0)
            iscc_sum_hasher_finalize(hasher->sum, hasher->settings->flags, &job->code);
    }
    job_close(job);
}
