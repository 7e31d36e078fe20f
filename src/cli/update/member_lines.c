/* SPDX-License-Identifier: Apache-2.0 */
/* Chains the lines about members to the line of their archive. */
#include "update/member_lines.h"

#include <stdlib.h>
#include <string.h>

/* Finds the line of the archive that a line is about: the name before the first `!/` that has one, or the whole name in
 * a line that says why the archive could not be read. Returns false if memory is short. */
static bool find_archive(const struct line_names *names, const struct file_record *line,
                         const struct file_record **archive)
{
    bool has_memory = true;

    *archive = NULL;
    for (const char *mark = strstr(line->name, "!/"); has_memory && mark != NULL && *archive == NULL;
         mark = strstr(mark + 1, "!/")) {
        char *name = strndup(line->name, (size_t)(mark - line->name));
        has_memory = name != NULL && line_names_find(names, name, archive);
        if (*archive != NULL && (*archive)->is_member)
            *archive = NULL;
        free(name);
    }
    if (has_memory && *archive == NULL && line->failure != 0)
        has_memory = line_names_find(names, line->name, archive);
    if (*archive != NULL && (*archive)->is_member)
        *archive = NULL;
    return has_memory;
}

bool member_lines_make(struct member_lines *members, const struct catalogue *list, const struct line_names *names)
{
    const size_t count = list->count;
    const struct file_record *archive;

    members->list = list;
    members->first = calloc(count + 1, sizeof *members->first);
    members->next = calloc(count + 1, sizeof *members->next);
    if (members->first == NULL || members->next == NULL)
        return false;
    for (size_t i = 0; i < count; i++)
        members->first[i] = count;
    for (size_t i = count; i-- > 0;) {
        if (!list->files[i].is_member)
            continue;
        if (!find_archive(names, &list->files[i], &archive))
            return false;
        if (archive == NULL)
            continue;
        members->next[i] = members->first[archive - list->files];
        members->first[archive - list->files] = i;
        members->count++;
    }
    return true;
}

void member_lines_free(struct member_lines *members)
{
    free(members->first);
    free(members->next);
}

const struct file_record *member_lines_next(const struct member_lines *members, const struct file_record *archive,
                                            const struct file_record *line)
{
    const struct file_record *files = members->list->files;
    const size_t next = line == NULL ? members->first[archive - files] : members->next[line - files];

    return next < members->list->count ? &files[next] : NULL;
}

/* ---- By name ---- */

/* A line that says why an archive could not be read has the name of the archive, as no member has. */
static int compare_lines(const void *a, const void *b)
{
    const struct file_record *const x = *(const struct file_record *const *)a;
    const struct file_record *const y = *(const struct file_record *const *)b;
    const int order = strcmp(x->name, y->name);

    return order != 0 ? order : (x > y) - (x < y);
}

bool member_search_make(struct member_search *search, const struct member_lines *members,
                        const struct file_record *archive)
{
    const struct file_record *line = NULL;

    *search = (struct member_search){.lines = calloc(members->count + 1, sizeof *search->lines)};
    if (search->lines == NULL)
        return false;
    while (archive != NULL && (line = member_lines_next(members, archive, line)) != NULL)
        search->lines[search->count++].line = line;
    qsort(search->lines, search->count, sizeof *search->lines, compare_lines);
    return true;
}

const struct file_record *member_search_find(struct member_search *search, const struct file_record *member)
{
    size_t low = 0;

    for (size_t high = search->count; low < high;) {
        const size_t middle = low + (high - low) / 2;
        if (strcmp(search->lines[middle].line->name, member->name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == search->count || strcmp(search->lines[low].line->name, member->name) != 0)
        return NULL;
    const size_t index = low + search->lines[low].found;
    if (index >= search->count || strcmp(search->lines[index].line->name, member->name) != 0)
        return NULL;
    search->lines[low].found++;
    search->lines[index].is_found = true;
    return search->lines[index].line;
}

void member_search_free(struct member_search *search)
{
    free(search->lines);
}
