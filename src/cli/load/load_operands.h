/* SPDX-License-Identifier: Apache-2.0 */
/* Loads all operands of a command line into one catalogue, in order, each name once. */
#ifndef LOAD_OPERANDS_H
#define LOAD_OPERANDS_H

#include <stdbool.h>

#include "load/load.h"

/*
 * Adds the operands in order. If an operand is a list, adds the files that it names; `-`, or no operand, is a list on
 * standard input. Any other file or directory is hashed, and so are all operands of --files0-from. A name that is
 * already in the catalogue is not added again, so a file that a list names is not hashed if a later directory has it
 * too. The filter of load->source also applies to the names in lists. With finds_copies, reads
 * only files that may have a copy, and leaves out the others. Returns false, after a message, if not everything
 * could be tried; the catalogue is then incomplete.
 */
bool load_operands(struct load *load, const struct operands *operands);

#endif
