/* SPDX-License-Identifier: Apache-2.0 */
/* Reference-counted open directories, and how to recognize a directory later. */
#ifndef DIRECTORY_H
#define DIRECTORY_H

#include <stdbool.h>
#include <sys/stat.h>

#include "util/file_identity.h"

/* An open directory that may outlive the walk's use of it, because files in it are opened later. Thread-safe. */
struct directory;
int directory_descriptor(const struct directory *directory);
struct directory *directory_hold(struct directory *directory);
void directory_release(struct directory *directory); /* closes it with the last reference; NULL is ignored */

/* Takes ownership of an open descriptor and returns the first reference to it. If memory is short, closes it and
 * returns NULL. */
struct directory *directory_new(int descriptor);

/* Opens a directory without following a symbolic link. On failure returns NULL and stores an errno value in `error`. */
struct directory *directory_open(const struct directory *parent, const char *name, int *error);

/* Stats an entry without following a symbolic link. Returns 0 or an errno value. */
int directory_stat(const struct directory *directory, const char *name, struct stat *status);

/* Gets the identity of the directory. Returns false with errno set on failure. */
bool directory_identify(const struct directory *directory, struct file_identity *identity);

/* Opens `name` if it is still the directory with this `identity`. Otherwise returns NULL and stores an errno value,
 * ESTALE if it is a different directory. */
struct directory *directory_reopen(const struct directory *parent, const char *name,
                                   const struct file_identity *identity, int *error);

#endif
