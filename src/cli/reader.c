/* SPDX-License-Identifier: Apache-2.0 */
/* Reading, and judging what was read: bytes that changed meanwhile are a failure. */
#include "reader.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "failure.h"
#include "file_times.h"
#include "hash_file.h"
#include "walk.h"

/*
 * Whether the file system makes the content up as it is read, so that the size says nothing: /proc shows files of size
 * 0, /sys files of a page with no block behind it.
 */
static bool has_made_up_size(const struct stat *status)
{
    return status->st_size == 0 || status->st_blocks == 0;
}

static void begin_file(struct file_reader *file, const struct job *job)
{
    *file = (struct file_reader){.descriptor = job->descriptor, .before = job->status};
    /* Standard input may stand anywhere in its file. */
    file->ends_at_size = job->kind != JOB_STDIN && !has_made_up_size(&job->status);
    if (job_is_long(job) && S_ISREG(job->status.st_mode))
        posix_fadvise(job->descriptor, 0, 0, POSIX_FADV_SEQUENTIAL); /* advice: nothing is lost if it is not taken */
}

static bool is_unchanged(const struct stat *before, const struct stat *after)
{
    const struct file_times times_before = file_times_of(before);
    const struct file_times times_after = file_times_of(after);

    return before->st_size == after->st_size && before->st_ino == after->st_ino && before->st_dev == after->st_dev &&
           file_times_equal(&times_before, &times_after);
}

/* The size is held against the bytes as well: time stamps are as coarse as the kernel's clock tick. */
static int end_file(const struct file_reader *file)
{
    struct stat after;

    if (!S_ISREG(file->before.st_mode))
        return 0;
    if (fstat(file->descriptor, &after) != 0)
        return errno;
    if (!is_unchanged(&file->before, &after) || (file->ends_at_size && file->total != file->before.st_size))
        return FAILURE_CHANGED;
    return 0;
}

/* Fills the buffer from one file; `got` below `size` means that the file has ended, unchanged. */
static int fill_from_file(struct file_reader *file, unsigned char *buffer, size_t size, size_t *got)
{
    *got = 0;
    while (*got < size && (!file->ends_at_size || file->total < file->before.st_size)) {
        ssize_t part = read(file->descriptor, buffer + *got, size - *got);
        if (part < 0 && errno == EINTR)
            continue;
        if (part < 0)
            return errno;
        if (part == 0)
            break;
        *got += (size_t)part;
        file->total += part;
    }
    return *got < size ? end_file(file) : 0;
}

/* Opens the next file of the tree; `is_open` stays false at the end. Returns a failure. */
static int open_next(struct reader *reader)
{
    struct walk_entry entry;
    struct job *job = &reader->entry;

    while (!reader->is_open) {
        enum walk_event event = walk_next(reader->walk, &entry);
        if (event == WALK_END)
            return 0;
        job_set_entry(job, event, &entry);
        job_open(job, reader->settings);
        if (job->failure != 0)
            return job->failure;
        reader->is_open = job->kind != JOB_SKIPPED;
        if (!reader->is_open)
            job_close(job);
    }
    begin_file(&reader->file, job);
    return 0;
}

/* A tree of which one file cannot be read has no code: the job is then about that file. */
static int fill_from_tree(struct reader *reader, unsigned char *buffer, size_t size, size_t *got)
{
    int failure = 0;

    *got = 0;
    while (*got < size && failure == 0) {
        size_t part = 0;
        if (!reader->is_open)
            failure = open_next(reader);
        if (failure == 0 && !reader->is_open)
            return 0;
        if (failure == 0)
            failure = fill_from_file(&reader->file, buffer + *got, size - *got, &part);
        *got += part;
        if (failure == 0 && *got < size) {
            reader->is_open = false;
            job_close(&reader->entry);
        }
    }
    if (failure != 0)
        job_set(reader->job, JOB_TREE, reader->entry.path, reader->entry.path_size, failure);
    return failure;
}

int reader_open(struct reader *reader, struct job *job, const struct hasher *hasher)
{
    *reader = (struct reader){
        .settings = hasher->settings, .is_cancelled = hasher->is_cancelled, .job = job, .entry = {.descriptor = -1}};
    if (job->kind != JOB_TREE) {
        begin_file(&reader->file, job);
        return 0;
    }
    reader->walk = walk_start(job->descriptor, job->path, job->path_size);
    job->descriptor = -1;
    return reader->walk == NULL ? ENOMEM : 0;
}

int reader_fill(struct reader *reader, unsigned char *buffer, size_t size, size_t *got)
{
    *got = 0;
    if (reader->is_cancelled != NULL && atomic_load(reader->is_cancelled))
        return ECANCELED;
    if (reader->walk != NULL)
        return fill_from_tree(reader, buffer, size, got);
    return fill_from_file(&reader->file, buffer, size, got);
}

void reader_close(struct reader *reader)
{
    walk_free(reader->walk);
    job_free(&reader->entry);
}
