/* SPDX-License-Identifier: Apache-2.0 */
/* Reads files and fails if one of them changes meanwhile. */
#include "hash/read_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <unistd.h>

#include "files/walk.h"
#include "progress/progress.h"
#include "util/failure.h"
#include "util/file_identity.h"

/* The longest piece of a hole: it bounds the time until a cancelled run stops to milliseconds. */
#define HOLE_MAX ((off_t)16 * 1024 * 1024)

/* Shorter files are read by one call, which read-ahead cannot make faster. */
#define ADVISED_SIZE ((off_t)1024 * 1024)

/* Only a hint, so errors do not matter. Not every system has this part of POSIX. */
static void advise_sequential(int descriptor)
{
#ifdef POSIX_FADV_SEQUENTIAL
    posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL);
#else
    (void)descriptor;
#endif
}

/*
 * Whether the content may be generated as it is read, so that the size means nothing: files in /proc have size 0, those
 * in /sys have the size of a page but no blocks.
 */
static bool has_synthetic_size(const struct stat *status)
{
    return status->st_size == 0 || status->st_blocks == 0;
}

static void start_file(struct file_reader *file, const struct job *job)
{
    *file = (struct file_reader){.descriptor = job->descriptor, .initial = job->status};
    /* The offset of standard input can be anywhere in its file. */
    file->ends_at_size = job->kind != JOB_STREAM && !has_synthetic_size(&job->status);
    file->is_sparse = holes_are_likely(&job->status);
    if (file->is_sparse && job->kind == JOB_STREAM) {
        file->start = lseek(job->descriptor, 0, SEEK_CUR);
        file->is_sparse = file->start >= 0;
    }
    if (S_ISREG(job->status.st_mode) && job->status.st_size >= ADVISED_SIZE)
        advise_sequential(job->descriptor);
}

/* Compares the bytes read with the size too: time stamps miss a change within the same tick of the kernel's clock. */
static int verify_file(const struct file_reader *file)
{
    struct stat after;

    if (!S_ISREG(file->initial.st_mode))
        return 0;
    if (fstat(file->descriptor, &after) != 0)
        return errno;
    if (!file_is_unchanged(&file->initial, &after) || (file->ends_at_size && file->total != file->initial.st_size))
        return FAILURE_CHANGED;
    return 0;
}

/* Finds the extent at the current offset. Only up to the initial size: whatever lies beyond it is a change. */
static int find_extent(struct file_reader *file)
{
    const off_t at = file->start + file->total;
    if (!file->is_sparse || at < file->extent.end || at >= file->initial.st_size)
        return 0;
    return holes_find(file->descriptor, at, file->initial.st_size, &file->extent);
}

/* `size`, or the number of bytes up to the next hole if that is less. */
static size_t bytes_before_hole(const struct file_reader *file, size_t size)
{
    const off_t ahead = file->extent.end - file->start - file->total;
    return file->is_sparse && ahead > 0 && (uintmax_t)ahead < size ? (size_t)ahead : size;
}

static bool is_in_hole(const struct file_reader *file)
{
    return file->extent.is_hole && file->start + file->total < file->extent.end;
}

static void skip_hole(struct file_reader *file, struct piece *piece)
{
    const off_t ahead = file->extent.end - file->start - file->total;
    piece->is_hole = true;
    piece->size = ahead < HOLE_MAX ? (size_t)ahead : HOLE_MAX;
    file->total += (off_t)piece->size;
}

/* Without this check, a file that keeps growing would never end. The size of a generated file is wrong from the start,
 * but does not change. */
static bool has_grown(const struct file_reader *file)
{
    struct stat now;

    return S_ISREG(file->initial.st_mode) && file->total > file->initial.st_size &&
           fstat(file->descriptor, &now) == 0 && now.st_size != file->initial.st_size;
}

/* Fills a piece from one file, up to `size` bytes. A hole is a piece of its own. Sets is_last at the end of the file,
 * which is a failure if the file has changed. */
static int fill_from_file(struct file_reader *file, unsigned char *buffer, size_t size, struct piece *piece)
{
    while (piece->size < size) {
        const int failure = find_extent(file);
        if (failure != 0)
            return failure;
        if (is_in_hole(file)) {
            if (piece->size == 0)
                skip_hole(file, piece);
            return 0;
        }
        const bool is_at_end = file->ends_at_size && file->total >= file->initial.st_size;
        const ssize_t part =
            is_at_end ? 0 : read(file->descriptor, buffer + piece->size, bytes_before_hole(file, size - piece->size));
        if (part < 0 && errno != EINTR)
            return errno;
        piece->is_last = part == 0;
        if (piece->is_last)
            return verify_file(file);
        if (part > 0) {
            piece->size += (size_t)part;
            file->total += part;
        }
        if (has_grown(file))
            return FAILURE_CHANGED;
    }
    return 0;
}

/* Opens the next file of the tree. Leaves `is_open` false if there are no more. */
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
    start_file(&reader->file, job);
    return 0;
}

/* Moves the path instead of copying it, so that this cannot fail. */
static void hand_over_path(struct job *tree, struct job *entry)
{
    tree->failed_path = entry->path;
    entry->path = NULL;
    entry->path_size = 0;
    entry->path_capacity = 0;
}

/* If one file of a tree cannot be read, the tree has no code. */
static int fill_from_tree(struct reader *reader, unsigned char *buffer, size_t size, struct piece *piece)
{
    int failure = 0;

    while (piece->size < size && !piece->is_hole && failure == 0) {
        const size_t before = piece->size;
        if (!reader->is_open)
            failure = open_next(reader);
        if (failure == 0 && !reader->is_open) {
            piece->is_last = true;
            return 0;
        }
        if (failure == 0)
            failure = fill_from_file(&reader->file, buffer, size, piece);
        if (failure == 0 && piece->is_last) {
            piece->is_last = false;
            reader->is_open = false;
            job_close(&reader->entry);
            progress_add(1, 0, 0);
        } else if (piece->size == before) {
            break; /* a hole is next */
        }
    }
    if (failure != 0 && reader->entry.path_size > 0)
        hand_over_path(reader->job, &reader->entry);
    return failure;
}

int reader_open(struct reader *reader, struct job *job, const struct hash_settings *settings,
                const atomic_bool *is_cancelled)
{
    *reader =
        (struct reader){.settings = settings, .is_cancelled = is_cancelled, .job = job, .entry = {.descriptor = -1}};
    if (job->kind != JOB_TREE) {
        start_file(&reader->file, job);
        return 0;
    }
    reader->walk = walk_start(job->descriptor, job->path, job->path_size, settings->filter);
    job->descriptor = -1;
    return reader->walk == NULL ? ENOMEM : 0;
}

int reader_next(struct reader *reader, unsigned char *buffer, size_t size, struct piece *piece)
{
    *piece = (struct piece){0};
    if (reader->is_cancelled != NULL && atomic_load(reader->is_cancelled))
        return ECANCELED;
    const int failure = reader->walk != NULL ? fill_from_tree(reader, buffer, size, piece)
                                             : fill_from_file(&reader->file, buffer, size, piece);
    if (reader->reports_progress)
        progress_add(0, piece->size, piece->is_hole ? 0 : piece->size);
    return failure;
}

void reader_close(struct reader *reader)
{
    walk_free(reader->walk);
    job_free(&reader->entry);
}
