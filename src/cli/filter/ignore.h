/* SPDX-License-Identifier: Apache-2.0 */
/* gitignore(5) patterns: one list a directory, asked from the deepest up. */
#ifndef IGNORE_H
#define IGNORE_H

#include <stdbool.h>
#include <stddef.h>

struct ignore_list;

/* Compiles the text of an ignore file, of which nothing is kept. NULL if memory is short. */
struct ignore_list *ignore_parse(const char *text, size_t size);
void ignore_free(struct ignore_list *list);

/* A list of one pattern, which is no line: blanks at its end count, and `!` and `#` at its start are characters like
 * any other. `takes`: what matches is not ignored. The list is empty where the pattern could match nothing. NULL if
 * memory is short. */
struct ignore_list *ignore_from_glob(const char *glob, bool takes);
bool ignore_is_empty(const struct ignore_list *list);

enum ignore_verdict { IGNORE_UNDECIDED, IGNORE_YES, IGNORE_NO };

/* What the last matching pattern of the list says of a path. `path` is relative to the list's directory, without a
 * slash at its start or end; its last component begins at `name`. */
enum ignore_verdict ignore_judge(const struct ignore_list *list, const char *path, size_t name, bool is_directory);

#endif
