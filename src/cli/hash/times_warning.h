/* SPDX-License-Identifier: Apache-2.0 */
/* Says that the times of files are not used. */
#ifndef TIMES_WARNING_H
#define TIMES_WARNING_H

#include <stdbool.h>

#include "hash/job.h"
#include "output/output.h"

/* Prints a message for the first job whose times were wanted but are not trusted; the status is unchanged. `output` is
 * flushed before, so that on a terminal the message follows the lines of the files before it. */
void times_warning(const struct job *job, struct output *output, bool *has_warned);

#endif
