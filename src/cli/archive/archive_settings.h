/* SPDX-License-Identifier: Apache-2.0 */
/* The options about the members of archives. */
#ifndef ARCHIVE_SETTINGS_H
#define ARCHIVE_SETTINGS_H

#include <stdbool.h>
#include <stdint.h>

#include "options/command.h"

enum { ARCHIVE_DEPTH_MAX = 8 };

struct archive_settings {
    bool wanted;    /* --archives: look into the archives that are found */
    bool operands;  /* look into those that are operands */
    int depth;      /* how many archives deep; 0: the default, 1 */
    uint64_t limit; /* bytes that an archive may unpack to; 0: the default (archive_pass.c) */
};

/* Option table rows; `archives` is a member of `settings`, and
 * `needed` the option that they require, or NULL. */
#define OPTION_ARCHIVES(settings, archives)                                                                            \
    {                                                                                                                  \
        0, "archives", NULL, "look into archives too: zip, tar, 7z, cpio, ar and ISO 9660, and compressed files",      \
            SETS_FLAG(settings, archives.wanted)                                                                       \
    }
#define OPTIONS_ARCHIVE_LIMITS(settings, archives, needed)                                                             \
    {0, "archive-depth", "N", "look into archives in archives, N deep, at most 8; the default is 1",                   \
     ONLY_WITH(needed, SETS_INT(settings, archives.depth, 1, ARCHIVE_DEPTH_MAX))},                                     \
    {                                                                                                                  \
        0, "archive-limit", "SIZE",                                                                                    \
            "stop where an archive unpacks to more than SIZE; the default is 1100 times its own, at least 1G",         \
            ONLY_WITH(needed, SETS_SIZE(settings, archives.limit, 1, 1, UINT64_MAX))                                   \
    }

#endif
