/* SPDX-License-Identifier: Apache-2.0 */
/* Loads the code or file that `similar --near` compares others with. */
#ifndef NEAR_QUERY_H
#define NEAR_QUERY_H

#include <stdbool.h>

#include "load/load.h"

/* Adds the query to load->catalogue, which must be empty. As in compare, a query that is not a code names a file; `-`
 * is standard input, and a directory counts as one file. Returns false after a message. */
bool near_query_load(struct load *load, const char *query, struct output *output);

#endif
