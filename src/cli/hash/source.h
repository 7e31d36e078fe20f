/* SPDX-License-Identifier: Apache-2.0 */
/* Makes jobs of the operands, and of the files below directories in walk order. */
#ifndef SOURCE_H
#define SOURCE_H

#include <stdbool.h>
#include <stdint.h>

#include "filter/filter.h"
#include "hash/job.h"
#include "options/operands.h"

struct source_settings {
    struct filter filter;   /* applies to operands and to what is below them */
    bool keeps_operands;    /* the filter does not apply to operands */
    const char *names_from; /* --files0-from: a file of NUL-terminated names, `-` for standard input; or NULL */
    const char *strip;      /* operands are opened without this prefix; or NULL */
    bool names_are_bare;    /* names below the operand `.` do not begin with `./` */
    bool trees;             /* make one job for a directory instead of one for each file */
};

/* Option table rows of commands with file operands. `source` is a member of `settings`; --files0-from cannot be
 * combined with `excluded`. */
#define OPTIONS_SOURCE(settings, source, excluded)                                                                     \
    {0, "files0-from", "FILE", "read NUL-terminated operands from FILE; - is standard input",                          \
     NOT_WITH(excluded, NAMES_INPUT(SETS_STRING(settings, source.names_from)))},                                       \
        OPTIONS_FILTER("", settings, source.filter)

struct source;

/* Starts with the operands, or standard input if there are none. Operands and settings must outlive the source. Returns
 * NULL after a message. */
struct source *source_open(const struct operands *operands, const struct source_settings *settings);

/* Sets up the next job, which may have failed already. Returns false at the end. Call from one thread at a time. */
bool source_next(struct source *source, struct job *job);

/* How many operands there have been, and a hash of them: FNV-1a of the names, each with a NUL. */
uint64_t source_operands(const struct source *source, uint64_t *hash);

void source_close(struct source *source);

#endif
