/* SPDX-License-Identifier: Apache-2.0 */
/* What an update has to look at, in the order of the new list. */
#ifndef UPDATE_PLAN_H
#define UPDATE_PLAN_H

#include <stdbool.h>
#include <stddef.h>

#include "hash/job.h"
#include "hash/source.h"
#include "lists/catalogue.h"
#include "util/path_set.h"

/* Begins with its first members set, and zeros. */
struct update_plan {
    const struct catalogue *list;
    const char *const *operands; /* the PATHs */
    size_t operand_count;
    const struct source_settings *source_settings;

    const struct catalogue_file **by_name;
    bool *is_taken; /* for each line, whether a job was made of it */
    struct path_set paths;
    bool *is_begun; /* for each PATH */
    struct source *source;
    size_t next_line;
    size_t next_path;
    struct path_set lost; /* what the walk could not read */
    size_t next_lost;
    bool is_broken; /* the jobs are not all, after a message */
};

/* False, after a message, where memory is short; the plan may then be freed all the same. */
bool update_plan_make(struct update_plan *plan);

/* Makes the next job, with `listed` where the list has its name; a line that stays as it is is one that is known. False
 * at the end. One thread at a time. */
bool update_plan_next(struct update_plan *plan, struct job *job);

/* The number of a line in the list, from 0. */
size_t update_plan_line(const struct update_plan *plan, const struct catalogue_file *line);

void update_plan_free(struct update_plan *plan);

#endif
