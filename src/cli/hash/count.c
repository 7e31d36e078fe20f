/* SPDX-License-Identifier: Apache-2.0 */
/* A second walk, which only asks for sizes. */
#include "hash/count.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "files/long_path.h"
#include "progress/progress.h"

static uint64_t size_of(const struct job *job)
{
    struct stat status;
    int result = -1;

    if (job->failure == 0 && job->kind == JOB_ENTRY)
        result = fstatat(directory_descriptor(job->directory), job->path + job->name, &status, AT_SYMLINK_NOFOLLOW);
    else if (job->failure == 0)
        result = long_path_stat(NULL, job->path, &status);
    return result == 0 && S_ISREG(status.st_mode) ? (uint64_t)status.st_size : 0;
}

bool count_operands(const struct operands *operands, const struct source_settings *settings)
{
    struct source_settings files = *settings;
    struct job job = {.descriptor = -1};
    bool is_known = operands->count > 0 && settings->names_from == NULL;

    files.trees = false;
    files.filter.is_silent = true;
    struct source *source = is_known ? source_open(operands, &files) : NULL;
    is_known = source != NULL;
    while (is_known && source_next(source, &job)) {
        is_known = job.kind != JOB_STREAM && progress_expect(1, size_of(&job));
        directory_release(job.directory);
        job.directory = NULL;
    }
    job_free(&job);
    if (source != NULL)
        source_close(source);
    return is_known;
}
