/* SPDX-License-Identifier: Apache-2.0 */
/* Whether a list is in the order of a walk. */
#ifndef LIST_ORDER_H
#define LIST_ORDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "files/walk_order.h"
#include "util/path_set.h"

/* Compares names below operands: in the order of the operands, which are numbered, and of the walk below each. */
int list_order_compare(struct walk_order *order, size_t a_operand, const char *a, size_t b_operand, const char *b);

/* Reads a list in JSON from an open file, of which it looks at `size` bytes, and compares each name that belongs to an
 * operand with the one before. False also if a line cannot be read. */
bool list_order_holds(int descriptor, uint64_t size, const struct path_set *operands, struct walk_order *order);

#endif
