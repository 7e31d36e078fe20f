/* SPDX-License-Identifier: Apache-2.0 */
/* A set of files, each by its identity. */
#ifndef IDENTITY_SET_H
#define IDENTITY_SET_H

#include <stdbool.h>
#include <stddef.h>

#include "util/file_identity.h"

/* Initialize to zeros. */
struct identity_set {
    struct file_identity *slots; /* a hash table; inode 0 is no file */
    size_t capacity;             /* a power of 2, or 0 */
    size_t count;
};

/* Adds a file, on any thread. Returns false if the set has it already. If memory is short, it is not added. */
bool identity_set_add(struct identity_set *set, const struct file_identity *identity);

void identity_set_free(struct identity_set *set);

#endif
