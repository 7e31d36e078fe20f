/* SPDX-License-Identifier: Apache-2.0 */
/* Paths that are longer than the system takes at once (PATH_MAX): walks find such files, and lists name them. */
#ifndef LONG_PATH_H
#define LONG_PATH_H

#include <stdbool.h>
#include <stddef.h>

#include "files/directory.h"

/* Where a file is, in words that the system takes. */
struct long_path {
    int directory; /* for openat() and its kin */
    bool is_open;  /* the descriptor is the place's own */
    const char *name;
};

/* Opens what lies before the last part of a long path, piece by piece. A relative path begins at `base`, or where that
 * is NULL at the current directory. Returns 0 or an errno value. */
int long_path_open(struct long_path *long_path, const struct directory *base, const char *path, size_t size);

void long_path_close(struct long_path *long_path);

#endif
