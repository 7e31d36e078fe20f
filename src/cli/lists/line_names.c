/* SPDX-License-Identifier: Apache-2.0 */
/* Sorts the lines by full name, so that those below a directory are together. */
#include "lists/line_names.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static int compare(const void *a, const void *b)
{
    const struct line_name *x = a;
    const struct line_name *y = b;
    int order = strcmp(x->key, y->key);

    if (order == 0)
        order = (x->line->failure != 0) - (y->line->failure != 0);
    return order != 0 ? order : (x->line > y->line) - (x->line < y->line);
}

/* Nearly always the key is the end of the name, which needs no copy. */
static const char *make_key(struct line_names *names, const struct file_record *line)
{
    char *full = full_name(&names->current, line->name, line->name_size);
    if (full == NULL)
        return NULL;
    const char *from_current = full_name_from_current(&names->current, full);
    const size_t size = strlen(from_current);
    const char *key = line->name + line->name_size - size;
    if (size > line->name_size || strcmp(key, from_current) != 0)
        key = string_pool_add(&names->keys, from_current, size);
    free(full);
    return key;
}

bool line_names_make(struct line_names *names, const struct catalogue *list)
{
    names->sorted = calloc(list->count + 1, sizeof *names->sorted);
    if (names->sorted == NULL || !current_directory_find(&names->current))
        return false;
    for (size_t i = 0; i < list->count; i++) {
        const struct file_record *line = &list->files[i];
        if (strcmp(line->name, "-") == 0)
            continue;
        const char *key = make_key(names, line);
        if (key == NULL)
            return false;
        names->sorted[names->count++] = (struct line_name){.key = key, .line = line};
    }
    qsort(names->sorted, names->count, sizeof *names->sorted, compare);
    return true;
}

void line_names_free(struct line_names *names)
{
    current_directory_free(&names->current);
    string_pool_free(&names->keys);
    free(names->sorted);
}

/* The first line whose key is not less than the first `size` bytes of one. */
static size_t lower_bound(const struct line_names *names, const char *key, size_t size)
{
    size_t low = 0;

    for (size_t high = names->count; low < high;) {
        const size_t middle = low + (high - low) / 2;
        if (strncmp(names->sorted[middle].key, key, size) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool line_names_find(const struct line_names *names, const char *name, const struct file_record **line)
{
    char *full = full_name(&names->current, name, strlen(name));
    if (full == NULL)
        return false;
    const char *key = full_name_from_current(&names->current, full);
    const size_t found = lower_bound(names, key, strlen(key) + 1);
    const bool is_found = found < names->count && strcmp(names->sorted[found].key, key) == 0;
    *line = is_found ? names->sorted[found].line : NULL;
    free(full);
    return true;
}

/* The line at index `found`, if its key begins so. */
static const struct file_record *line_at(const struct line_names *names, size_t found, const char *key, size_t size)
{
    const bool is_found = found < names->count && strncmp(names->sorted[found].key, key, size) == 0;
    return is_found ? names->sorted[found].line : NULL;
}

/* A line whose key is relative, or NULL: it does not begin with a slash, which `0` follows. */
static const struct file_record *find_relative(const struct line_names *names)
{
    const size_t found = names->count > 0 && names->sorted[0].key[0] == '/' ? lower_bound(names, "0", 1) : 0;
    return found < names->count ? names->sorted[found].line : NULL;
}

/* A line about the file or directory with this full name, which has room for a slash, or about one below it; or NULL.
 */
static const struct file_record *find_at_or_below(const struct line_names *names, char *full)
{
    const size_t length = strlen(full);
    const char *key = full_name_from_current(&names->current, full);
    const size_t size = strlen(key);

    if (size == 0)
        return find_relative(names);
    const struct file_record *line = line_at(names, lower_bound(names, key, size + 1), key, size + 1);
    if (line != NULL)
        return line;
    full[length] = '/';
    line = line_at(names, lower_bound(names, key, size + 1), key, size + 1);
    full[length] = '\0';
    return line;
}

static char *join(const char *start, size_t size, const char *rest)
{
    const size_t rest_size = strlen(rest);
    char *joined = malloc(size + rest_size + sizeof "/");

    if (joined == NULL)
        return NULL;
    memcpy(joined, start, size);
    if (size > 0 && *rest != '\0')
        joined[size++] = '/';
    memcpy(joined + size, rest, rest_size + 1);
    return joined;
}

/* Spells the full name `full`, followed by `rest`, as the lines below it are. Sets `spelled` to NULL if there are none
 * that can say how. Returns false if memory is short. */
static bool spell_as_below(const struct line_names *names, char *full, const char *rest, char **spelled)
{
    const struct file_record *line = find_at_or_below(names, full);
    size_t size = SIZE_MAX;

    *spelled = NULL;
    if (line == NULL)
        return true;
    if (!full_name_find(&names->current, line->name, full, &size))
        return false;
    if (size != SIZE_MAX)
        *spelled = join(line->name, size, rest);
    return size == SIZE_MAX || *spelled != NULL;
}

char *line_names_spell(const struct line_names *names, const char *path)
{
    size_t size = strlen(path);
    char *spelled = NULL;
    bool done = true;

    while (size > 1 && path[size - 1] == '/')
        size--;
    char *full = full_name(&names->current, path, size);
    if (full == NULL)
        return NULL;
    char *rest = full + strlen(full);
    while (done && spelled == NULL && full[0] != '\0') {
        done = spell_as_below(names, full, rest, &spelled);
        char *slash = strrchr(full, '/');
        if (slash == NULL || *full_name_from_current(&names->current, full) == '\0')
            break;
        if (*rest != '\0')
            rest[-1] = '/';
        *slash = '\0';
        rest = slash + 1;
    }
    free(full);
    return done && spelled == NULL ? strdup(path) : spelled;
}
