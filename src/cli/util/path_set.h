/* SPDX-License-Identifier: Apache-2.0 */
/* A set of paths, each of which covers itself and everything below it. */
#ifndef PATH_SET_H
#define PATH_SET_H

#include <stdbool.h>
#include <stddef.h>

struct path_set_member {
    char *path; /* without trailing slashes; empty for the root */
    size_t number;
};

/* Initialize to zeros. */
struct path_set {
    struct path_set_member *members;
    size_t count;
    size_t capacity;
    size_t longest; /* the size of the longest path */
    size_t shortest;
};

/* Adds a path. Paths are numbered from 0 in the order they are added. Returns false if memory is short. */
bool path_set_add(struct path_set *set, const char *path);

/* Must be called after the last add and before the first find. */
void path_set_sort(struct path_set *set);

/* The lowest number of a path that equals `name` or is an ancestor of it, compared as text, or `count` if there is
 * none. Takes time proportional to the depth of the name times the logarithm of the count. */
size_t path_set_find(const struct path_set *set, const char *name);

/* Like path_set_find(), but considers ancestors only. */
size_t path_set_find_ancestor(const struct path_set *set, const char *name);

void path_set_free(struct path_set *set);

#endif
