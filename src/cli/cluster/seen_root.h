/* SPDX-License-Identifier: Apache-2.0 */
/* The directory that files are named from, as one machine sees it. */
#ifndef SEEN_ROOT_H
#define SEEN_ROOT_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "cluster/batch.h"
#include "files/directory.h"

/* Initialize to zeros. */
struct seen_root {
    char path[BATCH_PATH_MAX + 1];
    size_t path_size;
    struct directory *directory; /* open for reading, or NULL */
    struct stat status;
    bool is_same; /* as rank 0 sees */
};

/* Opens a directory by its path, with the slash at its end. Leaves `directory` NULL if that fails. */
void seen_root_open_path(struct seen_root *seen, const char *path, size_t size);

/* Opens the root of jobs, unless it is open already and the same, and compares it with what rank 0 says. */
void seen_root_open(struct seen_root *seen, const struct batch_root *root);

void seen_root_close(struct seen_root *seen);

#endif
