/* SPDX-License-Identifier: Apache-2.0 */
/* The order of a walk, told from paths alone. */
#ifndef WALK_ORDER_H
#define WALK_ORDER_H

#include <stdbool.h>

#include "files/nfc.h"

/* Buffers. Initialize to zeros. */
struct walk_order {
    struct nfc left;
    struct nfc right;
};

/* What a walk has found below one operand: the whole path, as it was printed. */
struct walk_path {
    const char *path;
    bool is_directory; /* that could not be read; otherwise a file */
};

/* Whether a walk comes to `a` before `b` (negative), after it (positive), or both are the same path (0). */
int walk_order_compare(struct walk_order *order, const struct walk_path *a, const struct walk_path *b);

void walk_order_free(struct walk_order *order);

#endif
