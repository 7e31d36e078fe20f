/* SPDX-License-Identifier: Apache-2.0 */
/* Paths longer than PATH_MAX, which walks can find and lists can name. */
#ifndef LONG_PATH_H
#define LONG_PATH_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

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

/* These are fstatat() and openat() without flags of their own, for a path of any length. They return -1 and set errno
 * if they fail. */
int long_path_stat(const struct directory *base, const char *path, struct stat *status);
int long_path_descriptor(const struct directory *base, const char *path, int flags);

#endif
