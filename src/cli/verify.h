/* SPDX-License-Identifier: Apache-2.0 */
/* Runs the lines of one checksum list through the engine, and gives the verdicts. */
#ifndef VERIFY_H
#define VERIFY_H

#include <stdbool.h>

#include "choice.h"
#include "directory.h"
#include "output.h"

/* How much is said; of several options the last one holds, as in coreutils. */
enum report { REPORT_ALL, REPORT_QUIET, REPORT_STATUS, REPORT_WARN };

struct check_settings {
    struct choice choice; /* what the codes of directories are of; files that a list names are not chosen from */
    enum report report;
    bool strict;
    bool ignore_missing;
    bool zero; /* records end with NUL */
    bool json;
    const char *base;   /* --base, or NULL */
    const char *output; /* -o, or NULL */
    int threads;
    bool stdin_is_list; /* and so can be no listed file */
};

/* Checks the list at `path`, `-` for standard input, whose relative names begin at `base`, or where that is NULL at the
 * current directory. */
void verify_list(const char *path, const struct check_settings *settings, const struct directory *base,
                 struct output *output);

#endif
