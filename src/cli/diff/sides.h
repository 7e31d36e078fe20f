/* SPDX-License-Identifier: Apache-2.0 */
/* The two operands of a comparison, each a list or a directory, as catalogues whose names can be compared. */
#ifndef SIDES_H
#define SIDES_H

#include <stdbool.h>

#include "lists/catalogue.h"
#include "load/load.h"

struct sides {
    struct catalogue old;
    struct catalogue new;
};

/* Reads two operands, as rules D1 to D4 of docs/diff.md have it. The load is a model for either: all but its
 * catalogue is given. False, after a message, where one of them cannot be had as a whole. To be freed in any case. */
bool sides_read(struct sides *sides, const char *const operands[2], const struct load *model);

void sides_free(struct sides *sides);

#endif
