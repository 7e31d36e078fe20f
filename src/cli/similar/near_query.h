/* SPDX-License-Identifier: Apache-2.0 */
/* The code or file that others are compared with. */
#ifndef NEAR_QUERY_H
#define NEAR_QUERY_H

#include <stdbool.h>

#include "load/load.h"

/* Adds it to the empty catalogue. What is no code, as code_read has it, is a file; `-` is the bytes of standard input,
 * and a directory all of its files as one, as in compare. False after a message. */
bool near_query_take(struct load *load, const char *query, struct output *output);

#endif
