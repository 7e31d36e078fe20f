/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the two inputs of a comparison, lists or directories, into catalogues whose names can be compared. */
#ifndef INPUTS_H
#define INPUTS_H

#include <stdbool.h>

#include "lists/catalogue.h"
#include "load/load.h"

struct diff_inputs {
    struct catalogue old;
    struct catalogue new;
};

/* Reads two operands by rules D1 to D4 and D6 of docs/diff.md. `model` sets everything but the catalogue for both.
 * Returns false, after a message, if one of them cannot be read completely. Free the inputs in either case. */
bool diff_inputs_read(struct diff_inputs *inputs, const char *const operands[2], const struct load *model);

void diff_inputs_free(struct diff_inputs *inputs);

#endif
