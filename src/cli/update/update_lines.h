/* SPDX-License-Identifier: Apache-2.0 */
/* The state of an update, and what it writes to the new list and to the report. */
#ifndef UPDATE_LINES_H
#define UPDATE_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include "files/same_name.h"
#include "format/format.h"
#include "lists/catalogue.h"
#include "lists/comments.h"
#include "output/output.h"
#include "update/member_lines.h"
#include "update/update_plan.h"
#include "update/update_report.h"
#include "update/update_settings.h"

struct update {
    const struct update_settings *settings;
    const char *path;   /* of the list */
    struct stat status; /* of the list, before it was read */
    struct catalogue list;
    struct comments comments;    /* of the list */
    struct member_lines members; /* lines about members of archives that have a line too */
    struct update_plan plan;     /* while the engine runs, used only by next() */
    bool *is_gone;               /* for each line, whether its job found no file */
    bool *is_accepted;           /* for each line, whether --accept names it */

    struct format shape;                     /* of the list */
    unsigned flags;                          /* of its codes */
    struct output *output;                   /* the new list; NULL with dry_run */
    size_t last_written;                     /* index of the old line that was written last */
    bool must_write;                         /* the new list differs from the old one */
    bool has_lines;                          /* the new list has lines */
    const struct file_record *contradictory; /* the first line that should stay but cannot be written; or NULL */

    struct output *report;
    uint64_t counts[CHANGES];
    bool has_warned; /* of times that are not trusted */
    struct same_name_search search;
};

/* The number of a line of the old list. */
size_t update_index_of(const struct update *update, const struct file_record *line);

/* Counts a finding, and prints it unless nothing has changed. */
void update_count(struct update *update, enum change change, const char *name, size_t name_size, int failure);

/* U6: writes the comments before a line. */
void update_write_comments(struct update *update, size_t index);

/* Goes on to a line of the old list, after which the next lines are written. */
void update_advance_to(struct update *update, size_t index);

/* Keeps a line. */
void update_write_old(struct update *update, const struct file_record *line);

/* Writes the lines of the members of a finished job's archive, or lets the old ones go if it is none any more. */
void update_write_members(struct update *update, const struct job *job);

/* Keeps the lines of the members of an archive. */
void update_keep_members(struct update *update, const struct file_record *archive);

/* Removes them. */
void update_remove_members(struct update *update, const struct file_record *archive);

#endif
