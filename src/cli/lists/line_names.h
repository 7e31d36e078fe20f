/* SPDX-License-Identifier: Apache-2.0 */
/* The lines of a list, or other files, by their names, however those are spelled: docs/update.md, U1. */
#ifndef LINE_NAMES_H
#define LINE_NAMES_H

#include <stdbool.h>
#include <stddef.h>

#include "lists/catalogue.h"
#include "util/full_name.h"

struct line_name {
    const char *key; /* the full name from the current directory on */
    const struct file_record *line;
};

/* Initialize to zeros. */
struct line_names {
    struct current_directory current;
    struct line_name *sorted; /* without standard input */
    size_t count;
    struct string_pool keys; /* those that are not the end of their line's name */
};

/* Returns false if memory is short. Free them in either case. The catalogue must outlive them. */
bool line_names_make(struct line_names *names, const struct catalogue *list);
void line_names_free(struct line_names *names);

/* Sets `line` to the first line about the file that a name leads to, or to NULL; one with a code comes first. Returns
 * false if memory is short. */
bool line_names_find(const struct line_names *names, const char *name, const struct file_record **line);

/* Returns the path spelled as the lines below it are, or as those below the nearest directory above it; the path as it
 * is if there are none; or "" for the current directory if their names are relative without `./`. The caller frees it.
 * Returns NULL if memory is short. */
char *line_names_spell(const struct line_names *names, const char *path);

#endif
