/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The regular files below a directory in TREEWALK-ISCC order.
 *
 * Per directory: files named `.*ignore`, then the other files, then the sub-directories; each group sorted by the bytes
 * of the names' NFC form, ties by the original bytes. `.isccignore` files hold gitignore(5) patterns. Symbolic links
 * and special files are passed over. Memory grows with the largest directory on the current path, not with the tree;
 * neither the stack nor PATH_MAX bounds the depth, and few descriptors are held however deep it is.
 */
#ifndef WALK_H
#define WALK_H

#include <stddef.h>

struct filter;
struct directory;

enum walk_event {
    WALK_FILE,  /* a regular file */
    WALK_ERROR, /* something could not be read, `error` says why; the walk goes on behind it */
    WALK_END
};

struct walk_entry {
    const char *path; /* prefix and relative path, NUL-terminated; valid until the next call */
    size_t path_size;
    size_t name;                 /* offset of the last component in path */
    struct directory *directory; /* WALK_FILE: where the last component is found; hold it to keep it */
    int error;                   /* WALK_ERROR: an errno value */
};

struct walk;

/* Starts a walk of the directory open at `descriptor`, which the walk owns from now on (also on failure). Paths begin
 * with `prefix` as it is, so it ends with a slash or is empty. Of what is found only what `filter` takes is reported;
 * it must outlive the walk; NULL takes everything. NULL if memory is short. */
struct walk *walk_start(int descriptor, const char *prefix, size_t prefix_size, const struct filter *filter);

enum walk_event walk_next(struct walk *walk, struct walk_entry *entry);

void walk_free(struct walk *walk);

#endif
