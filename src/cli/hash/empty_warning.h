/* SPDX-License-Identifier: Apache-2.0 */
/* Says that there was nothing: a code or a list alone looks as if all were well. */
#ifndef EMPTY_WARNING_H
#define EMPTY_WARNING_H

#include <stdbool.h>

#include "hash/job.h"
#include "output/output.h"

/* Prints a message if the job is a tree whose code is that of no bytes; the status is unchanged. `output` is flushed
 * before, so that on a terminal the message follows the lines before it. */
void empty_tree_warning(const struct job *job, struct output *output);

/* Prints a message if a run printed no line, unless another message says that something went wrong; the status is
 * unchanged. */
void empty_run_warning(bool has_lines);

#endif
