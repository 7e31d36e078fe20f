/* SPDX-License-Identifier: Apache-2.0 */
/* All files of a command line in one catalogue, in the order of the operands, each name once. */
#ifndef LOAD_OPERANDS_H
#define LOAD_OPERANDS_H

#include <stdbool.h>

#include "load/load.h"

/*
 * Adds what the operands stand for, one after the other: a file that is a list gives the files that it names, `-`, and
 * no operand at all, stand for a list on standard input, and any other file or directory is hashed, as are all operands
 * of --files0-from. A name that is there already is not taken again: what came first holds, and a file that a list
 * names is not hashed when a later directory has it too. The filter of the load's source holds for the names of lists
 * too. False, after a message, where not everything could be tried; then the catalogue is not complete.
 */
bool load_operands(struct load *load, const struct operands *operands);

#endif
