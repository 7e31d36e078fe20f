/* SPDX-License-Identifier: Apache-2.0 */
/* Copies of many names, which stay where they are until all are freed at once. */
#ifndef NAME_STORE_H
#define NAME_STORE_H

#include <stddef.h>

struct name_block;

/* Starts as zeros. A name costs its length and a byte. */
struct name_store {
    struct name_block *newest;
};

/* A copy of `size` bytes with a NUL behind them; NULL if memory is short. */
const char *name_store_add(struct name_store *store, const char *name, size_t size);

void name_store_free(struct name_store *store);

#endif
