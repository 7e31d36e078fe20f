/* SPDX-License-Identifier: Apache-2.0 */
/* Prints groups as a Graphviz graph: each is a star around its reference, whose edges show the distances. */
#include <inttypes.h>
#include <stdio.h>

#include "similar/similar_report.h"
#include "util/sanitize.h"

void similar_graph_begin(struct output *output)
{
    output_string(output, "graph similar {\n    node [shape=box];\n");
}

void similar_graph_end(struct output *output)
{
    output_string(output, "}\n");
}

/* Within a quoted string, Graphviz interprets backslash escapes and HTML entities. */
static void write_escaped(struct output *output, const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\')
            output_string(output, "\\");
        if (*text == '&')
            output_string(output, "&amp;");
        else
            output_write(output, text, 1);
    }
}

/* Graphviz expects UTF-8; invalid bytes and control characters are written as \ooo. */
static void write_label(struct output *output, const char *name, size_t size)
{
    char masked[SANITIZED_SIZE(4)];

    while (size > 0) {
        const size_t length = utf8_length(name, size);
        const size_t piece = length > 0 ? length : 1;
        sanitize_copy(masked, name, piece, "");
        write_escaped(output, masked);
        name += piece;
        size -= piece;
    }
}

static void write_node(struct output *output, const struct catalogue *catalogue, uint32_t file, const char *attributes)
{
    char text[32];

    snprintf(text, sizeof text, "    f%" PRIu32 " [label=\"", file);
    output_string(output, text);
    write_label(output, catalogue->files[file].name, catalogue->files[file].name_size);
    output_string(output, "\"");
    output_string(output, attributes);
    output_string(output, "];\n");
}

static void write_edge(struct output *output, uint32_t from, uint32_t to, const char *label)
{
    char edge[80];

    snprintf(edge, sizeof edge, "    f%" PRIu32 " -- f%" PRIu32 " [label=\"%s\"];\n", from, to, label);
    output_string(output, edge);
}

void similar_graph_group(struct output *output, const struct catalogue *catalogue, const struct neighbour *group,
                         size_t size)
{
    write_node(output, catalogue, group->file, ", style=bold");
    for (size_t i = 1; i < size; i++) {
        char label[16];
        write_node(output, catalogue, group[i].file, "");
        snprintf(label, sizeof label, "%s%" PRIu32, neighbour_is_identical(catalogue, &group[i]) ? "=" : "",
                 group[i].distance);
        if (group[i].same_file != group[i].file)
            write_edge(output, group[i].same_file, group[i].file, "same file");
        else if (neighbour_is_copy(&group[i]))
            write_edge(output, group[i].original, group[i].file, "=0");
        else
            write_edge(output, group->file, group[i].file, label);
    }
}
