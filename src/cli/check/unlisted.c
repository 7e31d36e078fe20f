/* SPDX-License-Identifier: Apache-2.0 */
/* Compares the files of a walk with the names in the lists. */
#include "check/unlisted.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "check/check_report.h"
#include "format/file_lines.h"
#include "format/format.h"
#include "hash/source.h"
#include "util/failure.h"
#include "util/message.h"

struct search {
    const struct check_settings *settings;
    const struct listed_files *listed;
    struct output *output;
    struct format format;
    struct directory *directory;   /* of the last file, held so that its address is not used again; or NULL */
    struct file_identity identity; /* of that directory */
    bool is_in_tree;               /* the directory is in a listed tree */
    uint64_t files;
    uint64_t unlisted;
};

/* Sets the current directory, which is mostly that of the job before. Returns 0 or a failure. A job has no directory if
 * `path` is no longer a directory, so that the source returned it as a file. */
static int enter(struct search *search, struct directory *directory)
{
    if (directory == NULL)
        return ENOTDIR;
    if (directory == search->directory)
        return 0;
    directory_release(search->directory);
    search->directory = NULL;
    if (!directory_identify(directory, &search->identity))
        return errno;
    search->directory = directory_hold(directory);
    search->is_in_tree = listed_files_has_tree(search->listed, directory);
    return 0;
}

/* Whether the job's file is in none of the lists. False if it no longer exists, or could not be examined: then the job
 * has the failure. */
static bool is_unlisted(const struct search *search, struct job *job)
{
    const char *name = job->path + job->name;
    struct stat status;

    if (search->is_in_tree || listed_files_has(search->listed, &search->identity, name))
        return false;
    if (fstatat(directory_descriptor(job->directory), name, &status, AT_SYMLINK_NOFOLLOW) != 0) {
        job->failure = errno == ENOENT ? 0 : errno;
        return false;
    }
    return !output_owns(search->output, &status) && !listed_files_has_list(search->listed, &status);
}

static void report_failure(const struct search *search, const struct job *job)
{
    if (search->settings->report != REPORT_STATUS)
        format_result(search->output, &search->format, job);
    output_flush(search->output);
    message_error(job->path, failure_text(job->failure));
}

static void check_file(struct search *search, struct job *job)
{
    if (job->failure == 0)
        job->failure = enter(search, job->directory);
    search->files += job->failure == 0;
    const bool unlisted = job->failure == 0 && is_unlisted(search, job);
    if (job->failure != 0)
        report_failure(search, job);
    if (!unlisted)
        return;
    search->unlisted++;
    if (search->settings->report != REPORT_STATUS)
        check_report_unlisted(search->output, &search->format, job);
}

static void conclude(const struct search *search, const char *path)
{
    if (search->unlisted > 0)
        status_raise(STATUS_DIFFERENT);
    if (search->settings->report == REPORT_STATUS)
        return;
    if (search->settings->json)
        check_report_strict_tree(search->output, path, search->files, search->unlisted);
    output_flush(search->output);
    if (!output_failed(search->output))
        message_count(NULL, search->unlisted, "file is not listed", "files are not listed");
}

void unlisted_report(const char *path, const struct check_settings *settings, const struct listed_files *listed,
                     struct output *output)
{
    struct search search = {
        .settings = settings, .listed = listed, .output = output, .format = {.json = settings->json}};
    const struct operands operands = {.arguments = &path, .count = 1};
    const struct source_settings walk = {.filter = settings->filter, .keeps_operands = true};
    struct source *source = source_open(&operands, &walk);
    struct job job = {.descriptor = -1};

    if (source == NULL)
        return;
    while (!output_failed(output) && source_next(source, &job)) {
        check_file(&search, &job);
        directory_release(job.directory);
        job.directory = NULL;
    }
    if (!output_failed(output))
        conclude(&search, path);
    job_free(&job);
    directory_release(search.directory);
    source_close(source);
}
