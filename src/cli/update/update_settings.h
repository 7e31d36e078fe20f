/* SPDX-License-Identifier: Apache-2.0 */
/* What iscc update is to do. */
#ifndef UPDATE_SETTINGS_H
#define UPDATE_SETTINGS_H

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

#endif
