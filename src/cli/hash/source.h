/* SPDX-License-Identifier: Apache-2.0 */
/* Where jobs come from: operands as given, and the files below directories in the order of the walk. */
#ifndef SOURCE_H
#define SOURCE_H

#include <stdbool.h>

#include "filter/filter.h"
#include "hash/job.h"
#include "options/operands.h"

struct source_settings {
    struct filter filter;   /* of what lies below operands, and of operands */
    bool takes_operands;    /* the filter is not of operands */
    const char *names_from; /* --files0-from: a file of NUL-ended names, `-` for standard input; NULL: the operands */
    bool trees;             /* a directory makes one job instead of one for each file */
};

/* Rows of the option tables of commands that read files as operands; `source` is a member of `settings`, `excluded`
 * what --files0-from cannot be given with. */
#define OPTIONS_SOURCE(settings, source, excluded)                                                                     \
    {0, "files0-from", "FILE", "read NUL-terminated operands from FILE; - is standard input",                          \
     NOT_WITH(excluded, SETS_STRING(settings, source.names_from))},                                                    \
        OPTIONS_FILTER("", settings, source.filter)

struct source;

/* The operands, or standard input where there are none, which must outlive the source. NULL after a message. */
struct source *source_open(const struct operands *operands, const struct source_settings *settings);

/* Makes the next job, which may be one that failed. False at the end. One thread at a time. */
bool source_next(struct source *source, struct job *job);

void source_close(struct source *source);

#endif
