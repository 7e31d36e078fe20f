/* SPDX-License-Identifier: Apache-2.0 */
/* A sorted array, searched once for each ancestor directory of a name. */
#include "util/path_set.h"

#include <stdlib.h>
#include <string.h>

#include "util/array.h"

bool path_set_add(struct path_set *set, const char *path)
{
    size_t size = strlen(path);

    while (size > 0 && path[size - 1] == '/')
        size--;
    struct path_set_member *members = array_grow(set->members, &set->capacity, set->count + 1, sizeof *set->members);
    if (members == NULL)
        return false;
    set->members = members;
    char *copy = malloc(size + 1);
    if (copy == NULL)
        return false;
    memcpy(copy, path, size);
    copy[size] = '\0';
    set->members[set->count] = (struct path_set_member){.path = copy, .number = set->count};
    set->longest = size > set->longest ? size : set->longest;
    set->shortest = set->count == 0 || size < set->shortest ? size : set->shortest;
    set->count++;
    return true;
}

static int compare(const void *a, const void *b)
{
    const struct path_set_member *x = a;
    const struct path_set_member *y = b;
    const int order = strcmp(x->path, y->path);
    return order != 0 ? order : (x->number > y->number) - (x->number < y->number);
}

void path_set_sort(struct path_set *set)
{
    if (set->count > 0)
        qsort(set->members, set->count, sizeof *set->members, compare);
}

/* Like strcmp() of a member's path with the first `size` bytes of `name`. */
static int compare_prefix(const char *path, const char *name, size_t size)
{
    const int order = strncmp(path, name, size);
    return order != 0 ? order : path[size] != '\0';
}

/* The number of the first member equal to the first `size` bytes of `name`, or `count` if there is none. */
static size_t lookup(const struct path_set *set, const char *name, size_t size)
{
    size_t low = 0;

    for (size_t high = set->count; low < high;) {
        const size_t middle = low + (high - low) / 2;
        if (compare_prefix(set->members[middle].path, name, size) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < set->count && compare_prefix(set->members[low].path, name, size) == 0 ? set->members[low].number
                                                                                       : set->count;
}

static size_t trim_slashes(const char *name, size_t size)
{
    while (size > 0 && name[size - 1] == '/')
        size--;
    return size;
}

static size_t trim_last_component(const char *name, size_t size)
{
    while (size > 0 && name[size - 1] != '/')
        size--;
    return size;
}

/* Looks up the first `size` bytes of `name`, then each shorter ancestor. A name without a slash has no ancestor whose
 * path is spelled out. */
static size_t find(const struct path_set *set, const char *name, size_t size)
{
    size_t first = set->count;

    if (size > set->longest) /* begin with what can be found: deep names have many ancestors */
        size = trim_last_component(name, set->longest + 1);
    while (size > 0 && size >= set->shortest) {
        size = trim_slashes(name, size);
        const size_t found = lookup(set, name, size);
        first = found < first ? found : first;
        size = trim_last_component(name, size);
    }
    return first;
}

size_t path_set_find(const struct path_set *set, const char *name)
{
    return find(set, name, strlen(name));
}

size_t path_set_find_ancestor(const struct path_set *set, const char *name)
{
    return find(set, name, trim_last_component(name, trim_slashes(name, strlen(name))));
}

void path_set_free(struct path_set *set)
{
    for (size_t i = 0; i < set->count; i++)
        free(set->members[i].path);
    free(set->members);
    *set = (struct path_set){.members = NULL};
}
