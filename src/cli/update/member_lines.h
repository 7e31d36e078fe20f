/* SPDX-License-Identifier: Apache-2.0 */
/* Which lines of a list are about members of which archive. */
#ifndef MEMBER_LINES_H
#define MEMBER_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "lists/catalogue.h"
#include "lists/line_names.h"

/* Initialize to zeros. */
struct member_lines {
    const struct catalogue *list;
    size_t *first; /* for each line of an archive: the number of the first line about a member, or the count of all */
    size_t *next;  /* for each such line: the next about the same archive, likewise */
    size_t count;  /* lines about members of archives that have a line */
};

/* Returns false if memory is short. Free them in either case. */
bool member_lines_make(struct member_lines *members, const struct catalogue *list, const struct line_names *names);
void member_lines_free(struct member_lines *members);

/* The line about a member of this archive that follows another in the list, or with NULL the first; NULL at the end. */
const struct file_record *member_lines_next(const struct member_lines *members, const struct file_record *archive,
                                            const struct file_record *line);

/* The lines about the members of one archive, by name. */
struct member_search {
    struct {
        const struct file_record *line;
        bool is_found;
        size_t found; /* of the first line of each name: how many of them were found */
    } * lines;
    size_t count;
};

/* `archive` may be NULL. Returns false if memory is short. */
bool member_search_make(struct member_search *search, const struct member_lines *members,
                        const struct file_record *archive);

/* Finds the first line of that name that was not found before, or NULL. */
const struct file_record *member_search_find(struct member_search *search, const struct file_record *member);

void member_search_free(struct member_search *search);

#endif
