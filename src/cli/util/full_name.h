/* SPDX-License-Identifier: Apache-2.0 */
/* One form for all spellings of a file's name: absolute, without `.`, repeated slashes and a `..` at its start. */
#ifndef FULL_NAME_H
#define FULL_NAME_H

#include <stdbool.h>
#include <stddef.h>

/* What relative names are relative to. */
struct current_directory {
    char *path;  /* as the system names it, or "." if it cannot */
    char *alias; /* $PWD if it is another path of the same directory, by way of links; or NULL */
};

/* Returns false if memory is short. Free it in either case. */
bool current_directory_find(struct current_directory *current);
void current_directory_free(struct current_directory *current);

/* The full form of the first `size` bytes of a name. It ends with a slash if they do. `..` after other components
 * stays: they may be links. The caller frees it. Returns NULL if memory is short. */
char *full_name(const struct current_directory *current, const char *name, size_t size);

/* What follows the current directory in a full name: "" for the directory itself, and the whole name if it is not below
 * it. */
const char *full_name_from_current(const struct current_directory *current, const char *full);

/* Sets `size` to the length of the longest start of a name that has this full form, without a slash at its end, or to
 * SIZE_MAX if there is none. For the current directory and a name such as `a/b` that is 0. Returns false if memory is
 * short. */
bool full_name_find(const struct current_directory *current, const char *name, const char *full, size_t *size);

#endif
