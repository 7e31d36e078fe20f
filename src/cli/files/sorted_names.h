/* SPDX-License-Identifier: Apache-2.0 */
/* Many names in little memory, and their order. */
#ifndef SORTED_NAMES_H
#define SORTED_NAMES_H

#include <stddef.h>
#include <stdint.h>

/* Starts as zeros. A name costs its length and 8 bytes, and another 4 while sorting. */
struct sorted_names {
    char *bytes;
    size_t used;
    size_t room;
    uint32_t *order; /* where in `bytes` the entries are */
    size_t count;
    size_t order_room;
    size_t next;
};

/* Adds a name that is sorted by `group`, a character, then by its key. `error` is kept with it (an errno value or 0).
 * Returns 0, ENOMEM, or EOVERFLOW when the names together exceed 4 GiB. */
int sorted_names_add(struct sorted_names *names, char group, const char *name, size_t size, const char *key,
                     size_t key_size, int error);

/* Puts the names in order: by group, key, and the bytes of the name itself. Returns 0 or ENOMEM. */
int sorted_names_sort(struct sorted_names *names);

/* The next name, NUL-terminated and valid until the next call, or NULL behind the last. */
const char *sorted_names_next(struct sorted_names *names, int *error);

void sorted_names_free(struct sorted_names *names);

#endif
