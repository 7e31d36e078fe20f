/* SPDX-License-Identifier: Apache-2.0 */
/* The jobs of an update, in the order of the new list. */
#ifndef UPDATE_PLAN_H
#define UPDATE_PLAN_H

#include <stdbool.h>
#include <stddef.h>

#include "hash/job.h"
#include "hash/source.h"
#include "lists/catalogue.h"
#include "lists/line_names.h"
#include "update/member_lines.h"
#include "util/path_set.h"

/* The lines that belong to a PATH. */
struct update_path {
    size_t count;
    size_t gone;    /* those that the finished plan removes */
    bool has_files; /* the walk found a file */
};

/* Initialize to zeros, except for the first five members. */
struct update_plan {
    const struct catalogue *list;
    const char *const *operands; /* the PATHs */
    size_t operand_count;
    const struct source_settings *source_settings;
    bool allows_empty; /* a PATH may be missing */

    struct line_names names;
    bool *is_planned;   /* for each line, whether it has a job */
    size_t *line_paths; /* for each line, the number of its PATH; operand_count if it has none */
    struct path_set paths;
    char **full_paths;              /* for each PATH, its full name */
    char *spelled;                  /* the PATH of the source, as the list spells it */
    const char *source_operand;     /* the same, or `.` */
    bool *is_started;               /* for each PATH */
    struct update_path *path_lines; /* for each PATH; then one for all other lines */
    struct path_set failed;         /* what could not be read when the list was made */
    struct source_settings again;   /* for directories among them */
    struct source_settings bare;    /* for the current directory, if names do not begin with `./` */
    struct source *source;
    size_t source_path; /* the number of its PATH */
    size_t next_line;
    size_t next_path;
    struct path_set unreadable; /* what the walk could not read */
    size_t next_below_unreadable;
    bool has_failed; /* jobs are missing; a message was printed */
};

/* Returns false, after a message, if memory is short. Free the plan in either case. */
bool update_plan_make(struct update_plan *plan);

/* Lines about members of archives that have a line too get no job of their own. */
void update_plan_skip_members(struct update_plan *plan, const struct member_lines *members);

/* Sets up the next job, and its `listed` if the list has the name. A line that stays as it is becomes a JOB_KNOWN.
 * Returns false at the end. Call from one thread at a time. */
bool update_plan_next(struct update_plan *plan, struct job *job);

/* Counts the jobs beforehand, for progress_expect(). Another thread may run it while the plan is carried out. */
bool update_plan_count(const struct update_plan *plan);

/* Counts a line without a job, or whose file is gone. Returns false if nothing is gone: a directory can be read again,
 * and its files have replaced its line. */
bool update_plan_count_removed(struct update_plan *plan, const struct file_record *line);

/* The first line about the same file as this one. */
const struct file_record *update_plan_first_line(const struct update_plan *plan, const struct file_record *line);

/* Whether the list says of a directory above this path that it could not be read. */
bool update_plan_is_below_failed(const struct update_plan *plan, const char *path);

/* The index of a line in the list. */
size_t update_plan_index(const struct update_plan *plan, const struct file_record *line);

void update_plan_free(struct update_plan *plan);

#endif
