/* SPDX-License-Identifier: Apache-2.0 */
/* Compares a file with the line of a list: docs/check-rules.md, R7, R12 and R17. */
#include "check/verdict.h"

#include <errno.h>

#include "lists/list_entry.h"
#include "util/failure.h"

enum verdict verdict_of(const struct job *job)
{
    if (job->failure == FAILURE_LINE)
        return VERDICT_MALFORMED;
    if (job->failure != 0)
        return job->failure == ENOENT && job->failed_path == NULL ? VERDICT_MISSING : VERDICT_UNREADABLE;
    if (job->listed->failure != 0)
        return VERDICT_UNREADABLE_THEN;
    if (job->line->is_damaged)
        return VERDICT_FAILED;
    struct file_record now = file_record_of_code(&job->code, job->listed->flags, job->path, job->path_size);
    file_record_add_unit(&now, job->text_code);
    if (file_record_holds(job->listed, &now))
        return VERDICT_OK;
    if (job_is_unmodified(job))
        return VERDICT_ROTTEN;
    return job_has_old_mtime(job) ? VERDICT_SUSPECT : VERDICT_FAILED;
}
