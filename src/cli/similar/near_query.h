/* SPDX-License-Identifier: Apache-2.0 */
/* `similar --near`: loads the code or file that others are compared with, and finds the nearest. */
#ifndef NEAR_QUERY_H
#define NEAR_QUERY_H

#include <stdbool.h>
#include <stddef.h>

#include "load/load.h"
#include "similar/grouping.h"

/* Adds the query to load->catalogue, which must be empty. As in compare, a query that is not a code names a file; `-`
 * is standard input, and a directory counts as one file. Returns false after a message, also if it
 * lacks the unit to compare. */
bool near_query_load(struct load *load, const char *query, enum near_by by, struct output *output);

struct near_query {
    enum near_by by;
    unsigned bits; /* of each unit, that are compared */
    unsigned threshold;
    size_t limit;
};

/* Finds the files within the threshold of file 0, at most query->limit: first those with the same content, then by
 * distance, then in the order of the catalogue. The caller frees the array. Returns NULL after a message. */
struct neighbour *near_query_nearest(const struct catalogue *catalogue, const struct near_query *query, size_t *count);

#endif
