/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which files lists have named.
 *
 * A file is known by the directory that it lies in, as the system knows that, and by its name there, to the byte. So
 * `a`, `./a` and `b/../a` are one file, whatever is a link on the way, and two names of one inode are two files. A name
 * takes at most 60 bytes and its last part; directories take nothing.
 */
#ifndef LISTED_FILES_H
#define LISTED_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

#include "files/directory.h"

struct listed_files;

/* NULL if memory is short. */
struct listed_files *listed_files_new(void);

/* Begins with a list: its file, which needs no name, and where its relative names begin (NULL: the current directory).
 * False if memory is short, as below. */
bool listed_files_begin_list(struct listed_files *set, const struct stat *list, const struct directory *base);

/* Adds a name of that list, with a slash at its end for a tree. It names no file where there is no such directory. */
bool listed_files_add(struct listed_files *set, const char *name, size_t size);

/* 0, or an errno value: a name was added of which the system does not say where it leads. Then what the set has not got
 * may have been named. */
int listed_files_failure(const struct listed_files *set);

/* Has to be called between adding and asking. */
void listed_files_sort(struct listed_files *set);

bool listed_files_has(const struct listed_files *set, const struct file_identity *directory, const char *name);

/* Whether that file is one of the lists. */
bool listed_files_has_list(const struct listed_files *set, const struct stat *file);

/* Whether the directory, or one above it, is a tree that was named. */
bool listed_files_has_tree(const struct listed_files *set, struct directory *directory);

void listed_files_free(struct listed_files *set);

#endif
