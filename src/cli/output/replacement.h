/* SPDX-License-Identifier: Apache-2.0 */
/* A file that is written without a name, or under a temporary one, and renamed over another in one step. */
#ifndef REPLACEMENT_H
#define REPLACEMENT_H

#include <stdbool.h>

struct replacement {
    int descriptor;  /* -1: nothing to commit or discard */
    char *target;    /* the file to replace, with symbolic links resolved */
    bool is_unnamed; /* the file gets its temporary name when it is complete */
};

/*
 * Opens a temporary file for writing that will replace `path`, and returns its descriptor. Where the file system can
 * (O_TMPFILE), the file has no name until it is complete, so that even SIGKILL leaves nothing. If `path` exists and is
 * not a regular file, or names a descriptor like /dev/stdout does, it is opened directly and `replacement` stays empty.
 * Returns -1 with errno set on failure. Only one replacement can be in progress. Its temporary file is removed by
 * exit() and by any signal that ends the program, except SIGKILL.
 */
int replacement_open(struct replacement *replacement, const char *path);

/* The file that replacement_open(path) replaces: `path`, with symbolic links resolved. The caller frees it. NULL with
 * errno set on failure. */
char *replacement_target(const char *path);

/* Where replacement_open(path) creates its file: a directory, or `path` itself if it exists and is not a regular file.
 * The caller frees it. NULL with errno set on failure. */
char *replacement_location(const char *path);

/* Syncs the file to disk and renames it into place. On failure, errno is set, the old file is kept and the new one
 * removed. */
bool replacement_commit(struct replacement *replacement);

/* Closes and removes the temporary file; errno is preserved. */
void replacement_discard(struct replacement *replacement);

#endif
