/* SPDX-License-Identifier: Apache-2.0 */
/* Opens inputs safely, in spite of links, devices, FIFOs, leases, and files replaced in the meantime. */
#include "hash/open_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "archive/archive_pass.h"
#include "files/long_path.h"
#include "files/open_below.h"
#include "files/times_trust.h"
#include "lists/file_record.h"
#include "lists/list_name.h"
#include "util/failure.h"
#include "util/identity_set.h"
#include "util/standard_input.h"

/* O_NONBLOCK: opening must not hang on a FIFO that has replaced a file. It has no effect on regular files. */
#define OPEN_FLAGS (O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)

static void fail(struct job *job, int failure)
{
    job->failure = failure;
    job_close(job);
}

/* A walk finds names; what another process was asked to open may be below several directories. */
static int open_name(int directory, const char *name, int flags)
{
    return (flags & O_NOFOLLOW) != 0 ? open_below(directory, name, flags) : openat(directory, name, flags, 0);
}

/* Another process, such as a file server, may hold a lease on the file; opening it with O_NONBLOCK then fails. If it is
 * a regular file, wait: the kernel breaks the lease after a limited time. */
static int open_at(int directory, const char *name, int flags)
{
    struct stat status;
    const int no_links = (flags & O_NOFOLLOW) != 0 ? AT_SYMLINK_NOFOLLOW : 0;

    int descriptor = open_name(directory, name, OPEN_FLAGS | flags);
    const int error = errno;
    if (descriptor < 0 && error == EWOULDBLOCK && fstatat(directory, name, &status, no_links) == 0 &&
        S_ISREG(status.st_mode))
        return open_name(directory, name, (OPEN_FLAGS & ~O_NONBLOCK) | flags);
    errno = error;
    return descriptor;
}

/* Checks the type before opening, because opening a device or a FIFO can have side effects. */
static int open_listed(struct job *job, const struct directory *base)
{
    const char *path = list_name_path(job->path, job->name);
    struct long_path long_path;
    int failure = long_path_open(&long_path, base, path, strlen(path));

    if (failure != 0)
        return failure;
    if (fstatat(long_path.directory, long_path.name, &job->status, 0) != 0)
        failure = errno;
    else if (S_ISDIR(job->status.st_mode))
        failure = EISDIR;
    else if (!S_ISREG(job->status.st_mode))
        failure = FAILURE_SPECIAL;
    else if ((job->descriptor = open_at(long_path.directory, long_path.name, 0)) < 0)
        failure = errno;
    long_path_close(&long_path);
    return failure;
}

static int open_operand(struct job *job)
{
    const char *path = list_name_path(job->path, job->name);
    struct long_path long_path;
    const int failure = long_path_open(&long_path, NULL, path, strlen(path));

    if (failure != 0)
        return failure;
    job->descriptor = open_at(long_path.directory, long_path.name, 0);
    const int error = job->descriptor < 0 ? errno : 0;
    long_path_close(&long_path);
    return error;
}

/* Opening a stream by its name would fail for a socket. */
static int open_stream(struct job *job)
{
    if (job->stream == STDIN_FILENO)
        standard_input_announce();
    job->descriptor =
        job->stream == STDIN_FILENO ? STDIN_FILENO : fcntl(job->stream, F_DUPFD_CLOEXEC, STDIN_FILENO + 1);
    return job->descriptor < 0 ? errno : 0;
}

/* Returns 0 or a failure. */
static int open_file(struct job *job, const struct hash_settings *settings)
{
    switch (job->kind) {
    case JOB_STREAM:
        return open_stream(job);
    case JOB_ENTRY:
        job->descriptor = open_at(directory_descriptor(job->directory), job->path + job->name, O_NOFOLLOW);
        break;
    case JOB_LISTED:
    case JOB_ARCHIVE:
        return open_listed(job, settings->base);
    default:
        return open_operand(job);
    }
    return job->descriptor < 0 ? errno : 0;
}

/* Reads a status without opening the file. Returns false also if its times are not to be trusted. */
static bool stat_at(int directory, const char *name, int flags, bool trusts_times, struct stat *status)
{
    if (fstatat(directory, name, status, flags) != 0)
        return false;
    const enum times_trust trust = times_trust_at(directory, name, flags, status);
    if (trust == TIMES_REMOTE)
        return times_refresh_at(directory, name, flags, status);
    return trusts_times || trust == TIMES_TRUSTED;
}

/* Does the same for a file that a walk has found. */
static bool stat_entry(const struct job *job, bool trusts_times, struct stat *status)
{
    const int directory = directory_descriptor(job->directory);
    char *name = job->path + job->name;
    char *slash = strrchr(name, '/');

    if (slash == NULL)
        return stat_at(directory, name, AT_SYMLINK_NOFOLLOW, trusts_times, status);
    *slash = '\0';
    const int parent = open_below(directory, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    *slash = '/';
    if (parent < 0)
        return false;
    const bool is_trusted = stat_at(parent, slash + 1, AT_SYMLINK_NOFOLLOW, trusts_times, status);
    close(parent);
    return is_trusted;
}

/* Does the same for the file of a job. */
static bool stat_file(const struct job *job, const struct hash_settings *settings, struct stat *status)
{
    const struct directory *base = job->kind == JOB_LISTED ? settings->base : NULL;
    struct long_path long_path;

    if (job->kind == JOB_ENTRY)
        return stat_entry(job, settings->trusts_times, status);
    if (job->kind != JOB_LISTED && job->kind != JOB_OPERAND)
        return false;
    const char *path = list_name_path(job->path, job->name);
    if (long_path_open(&long_path, base, path, strlen(path)) != 0)
        return false;
    const bool is_trusted = stat_at(long_path.directory, long_path.name, 0, settings->trusts_times, status);
    long_path_close(&long_path);
    return is_trusted;
}

/* Before the first read: whether the times in the status will show any later change, and whether they would have shown
 * one since they were recorded. */
static void examine_times(struct job *job, const struct hash_settings *settings)
{
    if (!settings->records_times && (job->listed == NULL || !job->listed->has_times))
        return;
    job->times_are_trusted = settings->trusts_times || times_trust_of(job->descriptor, &job->status) != TIMES_UNTRUSTED;
    job->times_may_stand_still = settings->records_times && job->times_are_trusted && !settings->trusts_times &&
                                 times_may_stand_still(job->descriptor, &job->status, &job->opened);
}

bool hash_excludes(const struct stat *status, const struct hash_settings *settings)
{
    return (settings->output != NULL && output_owns(settings->output, status)) ||
           (settings->list != NULL && file_is_same(settings->list, status));
}

/* Whether the operand is the file that -o replaces, which opening it finds out. */
static bool may_be_output(const struct job *job, const struct hash_settings *settings)
{
    return job->kind == JOB_OPERAND && !settings->output_is_list && hash_excludes(&job->status, settings);
}

bool job_may_be_archive(const struct job *job, const struct hash_settings *settings)
{
    const struct archive_settings *archives = settings->archives;

    if (archives == NULL || job->kind == JOB_STREAM)
        return false;
    return archives->wanted || job->kind == JOB_ARCHIVE || (archives->operands && job->kind == JOB_OPERAND);
}

/* Before the first byte is hashed. */
static void examine_content(struct job *job, const struct hash_settings *settings)
{
    examine_times(job, settings);
    job->is_archive = job_may_be_archive(job, settings) && archive_pass_is_for(job->descriptor, &job->status);
    if (job->kind == JOB_ARCHIVE && !job->is_archive)
        fail(job, FAILURE_ARCHIVE);
}

static void release_directory(struct job *job)
{
    directory_release(job->directory);
    job->directory = NULL;
}

/* Whether the job has a file of which another name was opened before. */
static bool is_link(const struct job *job, const struct hash_settings *settings)
{
    if (settings->links == NULL || job->status.st_nlink < 2 || job->kind == JOB_STREAM || job->kind == JOB_TREE)
        return false;
    const struct file_identity identity = file_identity_of(&job->status);
    return !identity_set_add(settings->links, &identity);
}

bool job_is_wanted(struct job *job, const struct hash_settings *settings)
{
    const bool is_named = job->kind == JOB_OPERAND || job->kind == JOB_LISTED;

    if (job->kind == JOB_ENTRY && hash_excludes(&job->status, settings))
        job->kind = JOB_SKIPPED;
    else if (is_named && settings->output != NULL && !settings->output_is_list &&
             output_keeps_input(settings->output, &job->status))
        fail(job, FAILURE_OUTPUT);
    else if (job->kind != JOB_ARCHIVE && is_link(job, settings))
        job->kind = JOB_LINK;
    else
        return true;
    return false;
}

/* Goes on with the file that was opened, or says why not. */
static void accept_file(struct job *job, const struct hash_settings *settings)
{
    if (job->kind == JOB_OPERAND && !S_ISREG(job->status.st_mode))
        fail(job, FAILURE_SPECIAL);
    else if ((job->kind == JOB_ENTRY || job->kind == JOB_LISTED || job->kind == JOB_ARCHIVE) &&
             !S_ISREG(job->status.st_mode))
        fail(job, FAILURE_CHANGED);
    else if (job_is_wanted(job, settings))
        examine_content(job, settings);
}

void job_open(struct job *job, const struct hash_settings *settings)
{
    if (job->failure != 0 || job->descriptor >= 0 || job->kind == JOB_KNOWN)
        return;
    if (settings->gives_back != NULL && settings->gives_back(settings->context, job)) {
        job->kind = JOB_SKIPPED;
        release_directory(job);
        return;
    }
    if (settings->examine != NULL) {
        settings->examine(settings->context, job);
        job->kind = job->kind == JOB_SKIPPED ? JOB_SKIPPED : JOB_EXAMINED;
        release_directory(job);
        return;
    }
    if (settings->is_up_to_date != NULL && job->listed != NULL && job->listed->has_times &&
        stat_file(job, settings, &job->status) && S_ISREG(job->status.st_mode) &&
        settings->is_up_to_date(settings->context, job->listed, &job->status) && !may_be_output(job, settings)) {
        job->kind = hash_excludes(&job->status, settings) ? JOB_SKIPPED : JOB_KNOWN;
        release_directory(job);
        return;
    }
    job->opened = file_times_clock();
    const int failure = open_file(job, settings);
    release_directory(job);
    if (failure != 0)
        fail(job, failure);
    else if (fstat(job->descriptor, &job->status) != 0)
        fail(job, errno);
    else
        accept_file(job, settings);
}
