/* SPDX-License-Identifier: Apache-2.0 */
/* Copies of many names, which stay where they are until all are freed at once. */
#ifndef STRING_POOL_H
#define STRING_POOL_H

#include <stddef.h>

struct name_block;

/* Starts as zeros. A name costs its length and a byte. */
struct string_pool {
    struct name_block *newest;
};

/* A copy of `size` bytes with a NUL behind them; NULL if memory is short. */
const char *string_pool_add(struct string_pool *store, const char *name, size_t size);

void string_pool_free(struct string_pool *store);

#endif
