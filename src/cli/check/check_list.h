/* SPDX-License-Identifier: Apache-2.0 */
/* Checks the files of one list and prints the verdicts. */
#ifndef CHECK_LIST_H
#define CHECK_LIST_H

#include <stdbool.h>

#include "archive/archive_settings.h"
#include "check/listed_files.h"
#include "files/directory.h"
#include "filter/filter.h"
#include "output/output.h"

/* How much is printed. As in coreutils, the last option wins. */
enum report { REPORT_ALL, REPORT_QUIET, REPORT_STATUS, REPORT_WARN };

struct check_settings {
    struct filter filter; /* applies to the files of listed trees and of --strict-tree */
    struct archive_settings archives;
    enum report report;
    bool strict;
    bool ignore_missing;
    bool zero; /* records end with NUL */
    bool json;
    bool trusts_times;  /* --trust-times */
    const char *base;   /* --base, or NULL */
    const char *strip;  /* --strip, or NULL */
    const char **trees; /* of --strict-tree */
    size_t tree_count;
    size_t tree_capacity;
    int threads;
    /* Set by check_lists(): */
    bool stdin_is_list;  /* so that it cannot be a listed file too */
    bool checks_members; /* --archives; `archives.wanted` is then false, as only the named archives are looked into */
    bool has_several_lists; /* so that counts and objects name the list */
};

/* Checks the list at `path`; `-` is standard input. Names begin in `base` (R18), or if it is NULL, in the current
 * directory. Adds the names to `listed` unless it is NULL. Returns whether the list was read to its end. */
bool check_list(const char *path, const struct check_settings *settings, const struct directory *base,
                struct listed_files *listed, struct output *output);

#endif
