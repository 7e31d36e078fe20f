/* SPDX-License-Identifier: Apache-2.0 */
/* Runs the lines of one checksum list through the engine, and gives the verdicts. */
#ifndef CHECK_LIST_H
#define CHECK_LIST_H

#include <stdbool.h>

#include "check/listed_files.h"
#include "files/directory.h"
#include "filter/filter.h"
#include "output/output.h"

/* How much is said; of several options the last one holds, as in coreutils. */
enum report { REPORT_ALL, REPORT_QUIET, REPORT_STATUS, REPORT_WARN };

struct check_settings {
    struct filter filter; /* of files in directories: what their codes are of, and which have to be listed */
    enum report report;
    bool strict;
    bool ignore_missing;
    bool zero; /* records end with NUL */
    bool json;
    const char *base;   /* --base, or NULL */
    const char **trees; /* of --strict-tree */
    size_t tree_count;
    int threads;
    bool stdin_is_list; /* and so can be no listed file; check_lists sees to it */
};

/* Checks the list at `path`, `-` for standard input, whose relative names begin at `base`, or where that is NULL at the
 * current directory. The set gets its names; it may be NULL. Returns whether the list was read to its end. */
bool check_list(const char *path, const struct check_settings *settings, const struct directory *base,
                struct listed_files *named, struct output *output);

#endif
