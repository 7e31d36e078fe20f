/* SPDX-License-Identifier: Apache-2.0 */
/* Matches the names of a list with the patterns of --accept. */
#include "update/accepted.h"

#include <stdlib.h>
#include <string.h>

#include "util/array.h"

/* Cuts the name at each slash and restores it. */
static bool is_accepted(char *name, const struct filter *accepted)
{
    char *path = name;
    size_t component = 0;

    /* Patterns are relative to where names begin. */
    while (*path == '/' || (path[0] == '.' && path[1] == '/'))
        path++;
    for (size_t end = 0;; end++) {
        const char byte = path[end];
        if (byte != '/' && byte != '\0')
            continue;
        path[end] = '\0';
        const bool matches = filter_match(accepted, path, component, byte == '/') == IGNORE_NO;
        path[end] = byte;
        if (matches || byte == '\0')
            return matches;
        component = end + 1;
    }
}

bool *accepted_lines(const struct catalogue *list, const struct filter *accepted)
{
    bool *lines = calloc(list->count + 1, sizeof *lines);
    char *name = NULL;
    size_t capacity = 0;

    for (size_t i = 0; i < list->count && lines != NULL && accepted->count > 0; i++) {
        const struct file_record *line = &list->files[i];
        char *grown = array_grow(name, &capacity, line->name_size + 1, 1);
        if (grown == NULL) {
            free(lines);
            lines = NULL;
        } else {
            name = memcpy(grown, line->name, line->name_size + 1);
            lines[i] = is_accepted(name, accepted);
        }
    }
    free(name);
    return lines;
}

/* A name copied from a report may begin with `./`, which no pattern matches: the rest, with its slash, means the same.
 */
bool accepted_add(void *filter, const struct option_spec *option, const char *glob, const char *command)
{
    while (glob[0] == '.' && glob[1] == '/')
        glob += glob[2] == '.' && glob[3] == '/' ? 2 : 1;
    return filter_add_glob(filter, option, glob, command);
}
