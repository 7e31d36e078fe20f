/* SPDX-License-Identifier: Apache-2.0 */
/* Sets a job's status, times and codes, and decides what only rank 0 can. */
#include "cluster/answer.h"

#include <fcntl.h>
#include <string.h>

#include "files/directory.h"
#include "files/long_path.h"
#include "lists/list_name.h"

/* Gets the device of a file on another file system than its root. */
static bool get_device(const struct job *job, const struct hash_settings *settings, struct stat *status)
{
    struct stat own;
    int failed;

    if (job->kind == JOB_ENTRY)
        failed = fstatat(directory_descriptor(job->directory), job->path + job->name, &own, AT_SYMLINK_NOFOLLOW);
    else
        failed =
            long_path_stat(job->kind == JOB_LISTED ? settings->base : NULL, list_name_path(job->path, job->name), &own);
    if (failed != 0 || own.st_ino != status->st_ino)
        return false;
    status->st_dev = own.st_dev;
    return true;
}

static bool set_status(struct job *job, const struct batch_result *result, dev_t device,
                       const struct hash_settings *settings)
{
    struct stat status = {.st_mode = S_IFREG, .st_dev = device};

    status.st_ino = (ino_t)result->inode;
    status.st_nlink = result->has_links ? 2 : 1;
    status.st_size = (off_t)result->size;
    status.st_mtim = result->times.modified;
    status.st_ctim = result->times.changed;
    if (!result->is_on_device && !get_device(job, settings, &status))
        return false;
    job->status = status;
    return true;
}

static void set_codes(struct job *job, const struct batch_result *result, unsigned flags)
{
    struct file_record record = {.name = "",
                                 .filesize = result->filesize,
                                 .has_filesize = true,
                                 .flags = (uint8_t)flags,
                                 .data_bits = 256,
                                 .instance_bits = 256,
                                 .text_bits = result->has_text ? 256 : 0};

    memcpy(record.data, result->data, sizeof record.data);
    memcpy(record.instance, result->instance, sizeof record.instance);
    memcpy(record.text, result->text, sizeof record.text);
    file_record_code(&record, true, &job->code);
    file_record_text_code(&record, job->text_code);
}

enum answer answer_accept(struct job *job, const struct batch_result *result, dev_t device,
                          const struct hash_settings *settings)
{
    if (result->outcome == OUTCOME_GIVEN_BACK)
        return ANSWER_AGAIN;
    if (result->outcome == OUTCOME_OTHER_ROOT)
        return ANSWER_OTHER_ROOT;
    if (result->outcome == OUTCOME_FAILED || !set_status(job, result, device, settings))
        return ANSWER_LOCAL;
    if (result->outcome == OUTCOME_KNOWN) {
        if (job->listed == NULL || hash_excludes(&job->status, settings))
            return ANSWER_LOCAL;
        job->kind = JOB_KNOWN;
    } else if (job_is_wanted(job, settings)) {
        set_codes(job, result, settings->flags);
        job->opened = result->opened;
        job->times_are_trusted = result->times_are_trusted;
        job->times_may_stand_still = result->times_may_stand_still;
    }
    directory_release(job->directory);
    job->directory = NULL;
    return ANSWER_DONE;
}
