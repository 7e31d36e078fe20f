/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The set of files named by lists.
 *
 * A file is identified by the device and inode of its directory, and by its exact name there. So `a`, `./a` and
 * `b/../a` are the same file, whatever links the path contains, and two hard links are two files. A name takes at most
 * 60 bytes plus its last component; directories take nothing.
 */
#ifndef LISTED_FILES_H
#define LISTED_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

#include "files/directory.h"

struct listed_files;

/* Returns NULL if memory is short. */
struct listed_files *listed_files_new(void);

/* Starts a list. Its own file counts as listed. Relative names are resolved in `base` (NULL: the current directory).
 * Returns false if memory is short. */
bool listed_files_begin_list(struct listed_files *set, const struct stat *list, const struct directory *base);

/* Adds a name of that list, which ends with a slash for a tree. Ignores a name whose directory does not exist. Returns
 * false if memory is short. */
bool listed_files_add(struct listed_files *set, const char *name, size_t size);

/* Returns 0, or an errno value if the directory of a name could not be found. Then files that are not in the set may
 * nevertheless be listed. */
int listed_files_failure(const struct listed_files *set);

/* Call this after the last addition and before the functions below. */
void listed_files_sort(struct listed_files *set);

bool listed_files_has(const struct listed_files *set, const struct file_identity *directory, const char *name);

/* Whether the file is itself one of the lists. */
bool listed_files_has_list(const struct listed_files *set, const struct stat *file);

/* Whether the directory or one above it is a listed tree. */
bool listed_files_has_tree(const struct listed_files *set, struct directory *directory);

void listed_files_free(struct listed_files *set);

#endif
