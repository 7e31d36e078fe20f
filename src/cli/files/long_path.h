/* SPDX-License-Identifier: Apache-2.0 */
/* Paths longer than PATH_MAX, which walks can find and lists can name. */
#ifndef LONG_PATH_H
#define LONG_PATH_H

#include <stdbool.h>
#include <stddef.h>

#include "files/directory.h"

/* A file as a directory and a name short enough for system calls. */
struct long_path {
    int directory; /* for openat() and similar calls */
    bool is_open;  /* `directory` is closed by long_path_close() */
    const char *name;
};

/* Opens the leading directories of `path` until what is left fits in PATH_MAX. `size` is the length of `path`. A
 * relative path starts at `base`, or at the current directory if `base` is NULL. Returns 0 or an errno value. */
int long_path_open(struct long_path *long_path, const struct directory *base, const char *path, size_t size);

void long_path_close(struct long_path *long_path);

#endif
