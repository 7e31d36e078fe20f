/* SPDX-License-Identifier: Apache-2.0 */
/* Paths that are longer than the system takes at once (PATH_MAX): walks find such files, and lists name them. */
#ifndef PLACE_H
#define PLACE_H

#include <stdbool.h>
#include <stddef.h>

#include "files/directory.h"

/* Where a file is, in words that the system takes. */
struct place {
    int directory; /* for openat() and its kin */
    bool is_open;  /* the descriptor is the place's own */
    const char *name;
};

/* Opens what lies before the last part of a long path, piece by piece. A relative path begins at `base`, or where that
 * is NULL at the current directory. Returns 0 or an errno value. */
int place_find(struct place *place, const struct directory *base, const char *path, size_t size);

void place_leave(struct place *place);

#endif
