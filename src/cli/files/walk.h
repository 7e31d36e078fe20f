/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Walks the regular files below a directory in TREEWALK-ISCC order.
 *
 * In each directory, files named `.*ignore` come first, then other files, then subdirectories; each group is sorted by
 * the bytes of the NFC form of the names, ties by the original bytes. `.isccignore` files hold gitignore(5) patterns.
 * Symbolic links and special files are skipped. Memory use depends on the directories along the current path, not on
 * the size of the tree. Depth is limited neither by the stack nor by PATH_MAX, and only a few descriptors are open at
 * any depth.
 */
#ifndef WALK_H
#define WALK_H

#include <stdbool.h>
#include <stddef.h>

struct filter;
struct directory;

enum walk_event {
    WALK_FILE,  /* a regular file */
    WALK_ERROR, /* something could not be read (see `error`); the walk continues after it */
    WALK_END
};

struct walk_entry {
    const char *path; /* prefix and relative path, NUL-terminated; valid until the next call */
    size_t path_size;
    size_t root;                 /* offset of what follows the prefix in `path` */
    size_t name;                 /* offset of the last component in `path` */
    struct directory *directory; /* for WALK_FILE, the directory of the file; call directory_hold() to keep it */
    int error;                   /* for WALK_ERROR, an errno value */
    bool is_directory;           /* for WALK_ERROR: a directory could not be read, or not to its end */
};

struct walk;

/* Starts a walk of the directory open at `descriptor`. The walk takes ownership of it, even on failure. `prefix` is put
 * before each path as it is, so it must be empty or end with a slash. Only entries that `filter` accepts are reported;
 * NULL accepts everything. `filter` must outlive the walk. Returns NULL if memory is short. */
struct walk *walk_start(int descriptor, const char *prefix, size_t prefix_size, const struct filter *filter);

enum walk_event walk_next(struct walk *walk, struct walk_entry *entry);

void walk_free(struct walk *walk);

#endif
