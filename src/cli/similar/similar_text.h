/* SPDX-License-Identifier: Apache-2.0 */
/* How groups of near files, and the files nearest to one, become lines of output. */
#ifndef SIMILAR_TEXT_H
#define SIMILAR_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "format/format.h"
#include "output/output.h"
#include "similar/grouping.h"

struct similar_format {
    struct format line;
    bool graph; /* instead of lines, a graph in Graphviz's language */
    unsigned bits;
    unsigned threshold;
};

/* A group of so many files, its reference first. In text an empty line parts it from the one before, unless it
 * `is_first` or lines end with NUL. */
void similar_text_group(struct output *output, const struct similar_format *format, const struct catalogue *catalogue,
                        const struct neighbour *group, size_t size, bool is_first);

/* One of the nearest files. */
void similar_text_near(struct output *output, const struct similar_format *format, const struct catalogue *catalogue,
                       const struct neighbour *neighbour);

/* What stands before and behind all groups of a graph. */
void similar_graph_begin(struct output *output);
void similar_graph_end(struct output *output);

/* The shapes, for similar_text_group.c. */
void similar_json_group(struct output *output, const struct similar_format *format, const struct catalogue *catalogue,
                        const struct neighbour *group, size_t size);
void similar_json_near(struct output *output, const struct similar_format *format, const struct catalogue *catalogue,
                       const struct neighbour *neighbour);
void similar_graph_group(struct output *output, const struct catalogue *catalogue, const struct neighbour *group,
                         size_t size);

#endif
