/* SPDX-License-Identifier: Apache-2.0 */
/* Open directories with several holders, and how a directory is recognized again. */
#ifndef DIRECTORY_H
#define DIRECTORY_H

#include <stdbool.h>
#include <sys/stat.h>

#include "util/file_identity.h"

/* An open directory that outlives the walk's interest in it: whoever opens its files later holds it. Thread-safe. */
struct directory;
int directory_descriptor(const struct directory *directory);
struct directory *directory_hold(struct directory *directory);
void directory_release(struct directory *directory); /* closes it with the last holder; NULL is let through */

/* Makes the first holder of an open descriptor, which is closed if memory is short (NULL then). */
struct directory *directory_new(int descriptor);

/* Opens a directory that must be no link. NULL and an errno value in `error` if that fails. */
struct directory *directory_open(const struct directory *parent, const char *name, int *error);

/* What the system says of an entry; a link is not followed. Returns 0 or an errno value. */
int directory_look(const struct directory *directory, const char *name, struct stat *status);

/* False with errno set if the system does not say. */
bool directory_identify(const struct directory *directory, struct file_identity *identity);

/* Opens `name` if it is still the directory known by `identity`; else NULL and an errno value, ESTALE for another
 * directory. */
struct directory *directory_open_again(const struct directory *parent, const char *name,
                                       const struct file_identity *identity, int *error);

#endif
