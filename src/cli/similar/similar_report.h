/* SPDX-License-Identifier: Apache-2.0 */
/* Prints groups of near files, and the files nearest to one, as text, JSON or a graph. */
#ifndef SIMILAR_REPORT_H
#define SIMILAR_REPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "format/format.h"
#include "output/output.h"
#include "similar/grouping.h"

struct similar_format {
    struct format line;
    bool graph;  /* print a graph in the DOT language instead of lines */
    bool across; /* files have the numbers of their operands */
    enum near_by by;
    unsigned bits;
    unsigned threshold;
};

/* Prints a group of `size` files, its reference first. In text an empty line separates it from the group before, unless
 * `is_first` or lines end with NUL. */
void similar_report_group(struct output *output, const struct similar_format *format, const struct catalogue *catalogue,
                          const struct neighbour *group, size_t size, bool is_first);

/* What groups of equal files have in common. */
struct copies_count {
    uint64_t groups;
    uint64_t files; /* all that are in groups, without other names of one */
    uint64_t links; /* the other names */
    uint64_t bytes; /* of all files but one of each group */
};

/* Reports the count: an object in JSON, otherwise a message, so that the output remains a list. */
void similar_report_copies(struct output *output, const struct similar_format *format,
                           const struct copies_count *count);

/* Prints one of the nearest files. */
void similar_report_near(struct output *output, const struct similar_format *format, const struct catalogue *catalogue,
                         const struct neighbour *neighbour);

/* Print the beginning and the end of a graph. */
void similar_graph_begin(struct output *output);
void similar_graph_end(struct output *output);

/* For similar_report.c only. */
void similar_json_group(struct output *output, const struct similar_format *format, const struct catalogue *catalogue,
                        const struct neighbour *group, size_t size);
void similar_json_copies(struct output *output, const struct copies_count *count);
void similar_json_near(struct output *output, const struct similar_format *format, const struct catalogue *catalogue,
                       const struct neighbour *neighbour);
void similar_graph_group(struct output *output, const struct catalogue *catalogue, const struct neighbour *group,
                         size_t size);

#endif
