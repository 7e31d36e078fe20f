/* SPDX-License-Identifier: Apache-2.0 */
/* Brings a list up to date, by the rules in docs/update.md. */
#ifndef UPDATE_H
#define UPDATE_H

#include <stdbool.h>

#include "archive/archive_settings.h"
#include "format/format.h"
#include "hash/source.h"
#include "options/command.h"
#include "update/removal_limit.h"

struct update_settings {
    struct source_settings source; /* which files below a directory to list */
    struct archive_settings archives;
    struct filter accepted;     /* --accept: files whose new content to list although their times deny a change */
    bool recheck;               /* hash files even if their times have not changed */
    struct removal_limit limit; /* of lines that are removed */
    bool trusts_times;          /* on any file system */
    bool dry_run;               /* leave the list as it is */
    bool quiet;                 /* do not report single files */
    struct format format;       /* of the report; of the list, only the record terminator */
    int threads;
};

/* Updates the list given as the first operand from the paths given as the others. */
void update_list(const struct operands *operands, const struct update_settings *settings);

#endif
