/* SPDX-License-Identifier: Apache-2.0 */
/* Holds a file against the line of a list: docs/check-rules.md, R7, R12 and R17. */
#include "check/verdict.h"

#include <errno.h>
#include <string.h>

#include "lists/list_reader.h"
#include "util/failure.h"

void verdict_code(const struct job *job, char now[ISCC_CODE_SIZE])
{
    const char *const units[] = {job->code.data_code, job->code.instance_code};
    iscc_gen_iscc_code_v0(units, 2, job->entry->flags, now); /* units of 256 bits make either form */
}

static bool is_same(const char *expected, const char *text)
{
    return *expected == '\0' || strcmp(expected, text) == 0;
}

static bool has_size(const struct list_entry *entry, const struct iscc_sum_code *code)
{
    return entry->has_filesize && entry->filesize == code->filesize;
}

static bool agrees(const struct list_entry *entry, const struct iscc_sum_code *code, const char *now)
{
    return strcmp(entry->iscc, now) == 0 && is_same(entry->data_code, code->data_code) &&
           is_same(entry->instance_code, code->instance_code) && is_same(entry->datahash, code->datahash) &&
           (!entry->has_filesize || has_size(entry, code));
}

/* Whether nobody has written to the file since the list was made. The times of a job are those from before it was read,
 * and they did not change until the end: the reader saw to that. */
static bool is_unwritten(const struct job *job)
{
    const struct list_entry *entry = job->entry;
    const struct file_times times = file_times_of(&job->status);

    return job->kind == JOB_LISTED && entry->has_stat && has_size(entry, &job->code) &&
           file_times_equal(&entry->times, &times);
}

enum verdict verdict_of(const struct job *job, const char *now)
{
    if (job->failure == FAILURE_LINE)
        return VERDICT_MALFORMED;
    if (job->failure != 0)
        return job->failure == ENOENT && job->failed_path == NULL ? VERDICT_MISSING : VERDICT_UNREADABLE;
    if (agrees(job->entry, &job->code, now))
        return VERDICT_OK;
    return is_unwritten(job) ? VERDICT_ROTTEN : VERDICT_FAILED;
}
