/* SPDX-License-Identifier: Apache-2.0 */
/* Sorted lists of many names in little memory. */
#ifndef SORTED_NAMES_H
#define SORTED_NAMES_H

#include <stddef.h>
#include <stdint.h>

/* Initialize to zeros. Each name costs its length and 8 bytes, and 4 more while sorting. */
struct sorted_names {
    char *bytes;
    size_t used;
    size_t capacity;
    uint32_t *order; /* offsets of the entries in `bytes` */
    size_t count;
    size_t order_capacity;
    size_t next;
};

/* Adds a name to be sorted by `group`, a character, then by `key`. `error`, an errno value or 0, is stored with it.
 * Returns 0, ENOMEM, or EOVERFLOW if the names together exceed 4 GiB. */
int sorted_names_add(struct sorted_names *names, char group, const char *name, size_t size, const char *key,
                     size_t key_size, int error);

/* Sorts by group, then key, then the bytes of the name. Returns 0 or ENOMEM. */
int sorted_names_sort(struct sorted_names *names);

/* The name that comes after `ahead` others, or NULL. */
const char *sorted_names_peek(const struct sorted_names *names, size_t ahead);

/* The next name, NUL-terminated and valid until the next call, with its error. NULL after the last. */
const char *sorted_names_next(struct sorted_names *names, int *error);

void sorted_names_free(struct sorted_names *names);

#endif
