/* SPDX-License-Identifier: Apache-2.0 */
/* Setting up and freeing jobs. */
#include "hash/job.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/archive_pass.h"
#include "files/long_path.h"
#include "lists/list_entry.h"
#include "lists/list_name.h"
#include "util/array.h"

static bool reserve_path(struct job *job, size_t size)
{
    char *path = array_grow(job->path, &job->path_capacity, size, 1);
    if (path == NULL)
        return false;
    job->path = path;
    return true;
}

static void drop_path(struct job *job)
{
    free(job->path);
    job->path = NULL;
    job->path_size = 0;
    job->path_capacity = 0;
}

static void drop_failed_path(struct job *job)
{
    free(job->failed_path);
    job->failed_path = NULL;
}

void job_set(struct job *job, enum job_kind kind, const char *path, size_t path_size, int failure)
{
    if (reserve_path(job, path_size + 1)) {
        memcpy(job->path, path, path_size);
        job->path[path_size] = '\0';
    } else {
        drop_path(job);
        failure = ENOMEM;
        path_size = 0;
    }
    job->kind = kind;
    job->failure = failure;
    job->path_size = path_size;
    drop_failed_path(job);
    job->name = 0;
    job->operand = 0;
    job->root = 0;
    job->is_at_path = false;
    job->is_directory = false;
    job->directory = NULL;
    job->descriptor = -1;
    job->text_code[0] = '\0';
    job->stream = STDIN_FILENO;
    job->listed = NULL;
    job->times_are_trusted = false;
    job->times_may_stand_still = false;
    job->is_archive = false;
    job->members = NULL;
    job->archive = NULL;
}

void job_set_entry(struct job *job, enum walk_event event, const struct walk_entry *entry)
{
    job_set(job, JOB_ENTRY, entry->path, entry->path_size, event == WALK_ERROR ? entry->error : 0);
    job->name = entry->name;
    job->root = entry->root;
    job->is_at_path = true;
    job->is_directory = entry->is_directory;
    if (job->failure == 0)
        job->directory = directory_hold(entry->directory);
}

bool job_respell(struct job *job, const char *name, size_t size)
{
    const size_t last = job->path_size - job->name;

    if (size < last || memcmp(name + size - last, job->path + job->name, last) != 0)
        return true;
    if (!reserve_path(job, size + 1))
        return false;
    job->is_at_path = job->is_at_path && strcmp(job->path, name) == 0;
    memcpy(job->path, name, size + 1);
    job->path_size = size;
    job->name = size - last;
    return true;
}

/* Opens the tree at once, as the source does for a directory operand. */
static void set_tree(struct job *job, const struct directory *base, const char *name, size_t size, size_t prefix_size)
{
    const int descriptor =
        long_path_descriptor(base, list_name_path(name, prefix_size), O_RDONLY | O_DIRECTORY | O_NONBLOCK | O_CLOEXEC);

    job_set(job, JOB_TREE, name, size, descriptor < 0 ? errno : 0);
    job->descriptor = descriptor;
}

void job_set_listed(struct job *job, const struct directory *base, const char *name, size_t size, size_t prefix_size)
{
    if (name[size - 1] == '/')
        set_tree(job, base, name, size, prefix_size);
    else
        job_set(job, strcmp(name, "-") == 0 ? JOB_STREAM : JOB_LISTED, name, size, 0);
    job->name = job->path_size == size ? prefix_size : 0;
}

const char *job_failed_path(const struct job *job)
{
    return job->failed_path != NULL ? job->failed_path : job->path;
}

/* Whether the status belongs to the bytes that were hashed. */
static bool has_status(const struct job *job)
{
    return job->failure == 0 && job->kind != JOB_STREAM && job->kind != JOB_TREE && job->status.st_size >= 0 &&
           (uint64_t)job->status.st_size == job->code.filesize;
}

struct file_record job_record(const struct job *job, unsigned flags)
{
    struct file_record record = file_record_of_code(&job->code, flags, job->path, job->path_size);

    file_record_add_unit(&record, job->text_code);
    return record;
}

bool job_times_are_untrusted(const struct job *job)
{
    return has_status(job) && !job->times_are_trusted;
}

bool job_is_unmodified(const struct job *job)
{
    return job->listed != NULL && job->times_are_trusted && has_status(job) &&
           file_record_same_stat(job->listed, &job->status);
}

bool job_has_old_mtime(const struct job *job)
{
    if (job->listed == NULL || !has_status(job))
        return false;
    const int64_t seconds = job->status.st_mtim.tv_sec;
    return file_record_same_size_and_mtime(job->listed, &job->status) &&
           !file_record_same_stat(job->listed, &job->status) && seconds != 0 && seconds != 1;
}

bool job_times(const struct job *job, struct file_times *times)
{
    if (!has_status(job) || !job->times_are_trusted || job->times_may_stand_still)
        return false;
    *times = file_times_of(&job->status);
    return file_times_are_settled(times, &job->opened);
}

void job_close(struct job *job)
{
    if (job->descriptor > STDIN_FILENO)
        close(job->descriptor);
    job->descriptor = -1;
}

void job_trim(struct job *job)
{
    enum { KEPT_CAPACITY = 16 * 1024 };

    drop_failed_path(job);
    archive_pass_free(job->members);
    job->members = NULL;
    if (job->path_capacity > KEPT_CAPACITY)
        drop_path(job);
}

void job_free(struct job *job)
{
    directory_release(job->directory);
    job_close(job);
    archive_pass_free(job->members);
    free(job->path);
    free(job->failed_path);
    free(job->line);
    *job = (struct job){.descriptor = -1};
}
