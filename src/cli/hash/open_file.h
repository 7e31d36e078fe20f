/* SPDX-License-Identifier: Apache-2.0 */
/* Opens the file of a job and looks at it. */
#ifndef OPEN_FILE_H
#define OPEN_FILE_H

#include <stdbool.h>
#include <sys/stat.h>

#include "hash/job.h"
#include "output/output.h"

struct filter;

struct hash_settings {
    const struct filter *filter;  /* which files of a tree are taken; NULL: all of them */
    unsigned flags;               /* ISCC_NARROW or ISCC_WIDE */
    const struct output *output;  /* whose own files are skipped where a walk meets them; NULL: there are none */
    bool trusts_times;            /* a listed file of the same size and times is not hashed (job->listed) */
    const struct stat *list;      /* the list that is being checked, which is skipped likewise; or NULL */
    const struct directory *base; /* where the relative names of that list begin; NULL: in the current directory */
};

/* Opens the job's file and looks at it, unless that was done before. The job may have failed then, or be one to skip.
 */
void job_open(struct job *job, const struct hash_settings *settings);

#endif
