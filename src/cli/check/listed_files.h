/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which files lists have named.
 *
 * A file is known by the directory that it lies in, as the system knows that, and by its name there, to the byte. So
 * `a`, `./a` and `b/../a` are one file, whatever is a link on the way, and two names of one inode are two files. A name
 * takes at most 60 bytes and its last part; directories take nothing.
 */
#ifndef NAMED_SET_H
#define NAMED_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

#include "files/directory.h"

struct named_set;

/* NULL if memory is short. */
struct named_set *named_set_new(void);

/* Begins with a list: its file, which needs no name, and where its relative names begin (NULL: the current directory).
 * False if memory is short, as below. */
bool named_set_begin_list(struct named_set *set, const struct stat *list, const struct directory *base);

/* Adds a name of that list, with a slash at its end for a tree. It names no file where there is no such directory. */
bool named_set_add(struct named_set *set, const char *name, size_t size);

/* 0, or an errno value: a name was added of which the system does not say where it leads. Then what the set has not got
 * may have been named. */
int named_set_failure(const struct named_set *set);

/* Has to be called between adding and asking. */
void named_set_sort(struct named_set *set);

bool named_set_has(const struct named_set *set, const struct identity *directory, const char *name);

/* Whether that file is one of the lists. */
bool named_set_has_list(const struct named_set *set, const struct stat *file);

/* Whether the directory, or one above it, is a tree that was named. */
bool named_set_has_tree(const struct named_set *set, struct directory *directory);

void named_set_free(struct named_set *set);

#endif
