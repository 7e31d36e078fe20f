/* SPDX-License-Identifier: Apache-2.0 */
/* Copies of many strings, which keep their addresses and are all freed at once. */
#ifndef STRING_POOL_H
#define STRING_POOL_H

#include <stddef.h>

struct string_block;

/* Initialize to zeros. Each string costs its length plus one byte. */
struct string_pool {
    struct string_block *newest;
    size_t size; /* of all blocks */
};

/* Returns a NUL-terminated copy of the `size` bytes at `name`, owned by the pool, or NULL if memory is short. */
const char *string_pool_add(struct string_pool *pool, const char *name, size_t size);

void string_pool_free(struct string_pool *pool);

#endif
