/* SPDX-License-Identifier: Apache-2.0 */
/* What a name in a list stands for. */
#ifndef LISTED_JOB_H
#define LISTED_JOB_H

#include <stddef.h>

#include "directory.h"
#include "job.h"

/* Makes the job of a name, which is not empty: a tree's ends with a slash, and `-` is standard input. A relative name
 * begins at `base`, or where that is NULL at the current directory; of a file that is no tree, hash_settings has it. As
 * job_set(), where memory does not suffice for the path. */
void listed_job_set(struct job *job, const struct directory *base, const char *name, size_t size);

#endif
