/* SPDX-License-Identifier: Apache-2.0 */
/* Paths that stand for themselves and for all that lies below them. */
#ifndef PATH_SET_H
#define PATH_SET_H

#include <stdbool.h>
#include <stddef.h>

struct path_set_member {
    char *path; /* without slashes at its end; empty for the root */
    size_t number;
};

/* Starts as zeros. */
struct path_set {
    struct path_set_member *members;
    size_t count;
    size_t room;
};

/* Adds a path, whose number is how many there were before. False if memory is short. */
bool path_set_add(struct path_set *set, const char *path);

/* Has to be called between adding and finding. */
void path_set_sort(struct path_set *set);

/* The number of the first path that was added among those that are `name` or lie above it, as far as texts tell;
 * `count` where there is none. Takes time by the depth of the name and the logarithm of the count. */
size_t path_set_find(const struct path_set *set, const char *name);

/* The same among those that lie above it alone. */
size_t path_set_find_above(const struct path_set *set, const char *name);

void path_set_free(struct path_set *set);

#endif
