/* SPDX-License-Identifier: Apache-2.0 */
/* What a name in a list stands for. */
#ifndef LISTED_JOB_H
#define LISTED_JOB_H

#include <stddef.h>

#include "job.h"

/* Makes the job of a name, which is not empty: a tree's ends with a slash, and `-` is standard input. As job_set(),
 * where memory does not suffice for the path. */
void listed_job_set(struct job *job, const char *name, size_t size);

#endif
