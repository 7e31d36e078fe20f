/* SPDX-License-Identifier: Apache-2.0 */
/* Brings a list up to date: docs/update.md has the rules. */
#ifndef UPDATE_H
#define UPDATE_H

#include <stdbool.h>

#include "format/format.h"
#include "hash/source.h"
#include "options/command.h"

struct update_settings {
    struct source_settings source; /* what is chosen below a directory */
    bool recheck;                  /* what has not changed by its times is hashed all the same */
    bool dry_run;                  /* the list stays as it is */
    bool quiet;                    /* nothing is said of single files */
    struct format format;          /* of the report; the list keeps its own form, but its records end alike */
    int threads;
};

/* Updates the list that is the first operand, by the paths that are the others. */
void update_list(const struct operands *operands, const struct update_settings *settings);

#endif
