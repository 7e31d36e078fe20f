/* SPDX-License-Identifier: Apache-2.0 */
/* gitignore(5) patterns: one list per directory, consulted from the deepest up. */
#ifndef IGNORE_H
#define IGNORE_H

#include <stdbool.h>
#include <stddef.h>

struct ignore_list;

/* Compiles the text of an ignore file. The list keeps no reference to the text. Returns NULL if memory is short. */
struct ignore_list *ignore_parse(const char *text, size_t size);
void ignore_free(struct ignore_list *list);

/* Makes a list of one pattern. Unlike a line of an ignore file, it may end with blanks and start with a literal `!` or
 * `#`. With `is_include`, what matches is not ignored. The list is empty if the pattern cannot match anything. Returns
 * NULL if memory is short. */
struct ignore_list *ignore_from_glob(const char *glob, bool is_include);
bool ignore_is_empty(const struct ignore_list *list);

enum ignore_verdict { IGNORE_UNDECIDED, IGNORE_YES, IGNORE_NO };

/* What the last matching pattern of the list says about a path. `path` is relative to the list's directory and has no
 * leading or trailing slash; its last component starts at offset `name`. */
enum ignore_verdict ignore_match(const struct ignore_list *list, const char *path, size_t name, bool is_directory);

#endif
