/* SPDX-License-Identifier: Apache-2.0 */
/* Opens the file of a job. */
#ifndef OPEN_FILE_H
#define OPEN_FILE_H

#include <stdbool.h>
#include <sys/stat.h>

#include "hash/job.h"
#include "output/output.h"

struct archive_settings;
struct filter;
struct identity_set;

struct hash_settings {
    const struct filter *filter; /* selects the files of a tree; NULL: all of them */
    unsigned flags;              /* ISCC_NARROW or ISCC_WIDE */
    bool text;                   /* compute Text-Codes too; otherwise only for a record that has one */
    bool records_times;          /* job_times() is wanted of files without a record too */
    bool trusts_times;           /* of files on any file system, however young they are */
    struct output *output;       /* a walk skips its files; or NULL */
    struct identity_set *links;  /* of files with several names, only the first to be opened is hashed; NULL: all are */
    bool output_is_list;         /* the output replaces a list whose files are the inputs; it may name itself */
    /* Whether a file with this status is still what job->listed says, so that it is not hashed; NULL: hash every file.
     */
    bool (*is_up_to_date)(const void *context, const struct file_record *listed, const struct stat *status);
    /* If not NULL, called instead of opening and hashing, on any thread: sets the job's failure, or its status and
     * head, or JOB_SKIPPED. */
    void (*examine)(const void *context, struct job *job);
    /* If not NULL, asked before a job is begun, on any thread: whether it is not to be, so that it is skipped. */
    bool (*gives_back)(const void *context, const struct job *job);
    const void *context;
    const struct archive_settings *archives; /* NULL: never look into archives; otherwise only into a JOB_ARCHIVE,
                                              * unless more are wanted */
    const struct stat *list;                 /* the list being checked, which a walk skips too; or NULL */
    const struct directory *base;            /* of the relative names in that list; NULL: the current directory */
};

/* Opens the job's file and reads its status, unless it is open already. The job may then have failed, or have become
 * JOB_SKIPPED, JOB_KNOWN or JOB_LINK. */
void job_open(struct job *job, const struct hash_settings *settings);

/* Whether a regular file with the job's status is to be hashed. Otherwise the job has failed, or has become JOB_SKIPPED
 * or JOB_LINK. */
bool job_is_wanted(struct job *job, const struct hash_settings *settings);

/* Whether a file is one that the program writes or reads itself, so that walks leave it out. */
bool hash_excludes(const struct stat *status, const struct hash_settings *settings);

/* Whether the members of the file are wanted if it is an archive. */
bool job_may_be_archive(const struct job *job, const struct hash_settings *settings);

#endif
