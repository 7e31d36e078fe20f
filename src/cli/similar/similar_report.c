/* SPDX-License-Identifier: Apache-2.0 */
/* Text in the format of the iscc-sum tool, or another format if the options ask for one. */
#include "similar/similar_report.h"

#include <inttypes.h>
#include <stdio.h>

#include "format/file_lines.h"
#include "util/message.h"

/* Prints a line as `iscc sum` does, after `same file` for another name of the file before it, otherwise after the
 * distance and a mark: `=` if the content is that of a file before it, otherwise `~`. */
static void write_near_line(struct output *output, const struct similar_format *format,
                            const struct catalogue *catalogue, const struct neighbour *neighbour)
{
    const bool is_copy = neighbour_is_identical(catalogue, neighbour) || neighbour_is_copy(neighbour);
    char mark[24];

    if (neighbour->same_file != neighbour->file)
        snprintf(mark, sizeof mark, "  same file ");
    else
        snprintf(mark, sizeof mark, "  %c%02u ", is_copy ? '=' : '~', (unsigned)neighbour->distance);
    output_string(output, mark);
    format_file(output, &format->line, &catalogue->files[neighbour->file]);
}

static void write_text(struct output *output, const struct similar_format *format, const struct catalogue *catalogue,
                       const struct neighbour *group, size_t size, bool is_first)
{
    if (!is_first && !format->line.zero)
        output_string(output, "\n");
    format_file(output, &format->line, &catalogue->files[group->file]);
    for (size_t i = 1; i < size; i++)
        write_near_line(output, format, catalogue, &group[i]);
}

void similar_report_group(struct output *output, const struct similar_format *format, const struct catalogue *catalogue,
                          const struct neighbour *group, size_t size, bool is_first)
{
    if (format->graph)
        similar_graph_group(output, catalogue, group, size);
    else if (format->line.json)
        similar_json_group(output, format, catalogue, group, size);
    else
        write_text(output, format, catalogue, group, size, is_first);
}

void similar_report_copies(struct output *output, const struct similar_format *format, const struct copies_count *count)
{
    if (format->line.json) {
        similar_json_copies(output, count);
        return;
    }
    output_flush(output);
    message_finding(STATUS_OK, NULL, "%" PRIu64 " %s, %" PRIu64 " %s, %" PRIu64 " %s in copies", count->groups,
                    count->groups == 1 ? "group" : "groups", count->files, count->files == 1 ? "file" : "files",
                    count->bytes, count->bytes == 1 ? "byte" : "bytes");
}

void similar_report_near(struct output *output, const struct similar_format *format, const struct catalogue *catalogue,
                         const struct neighbour *neighbour)
{
    if (format->line.json)
        similar_json_near(output, format, catalogue, neighbour);
    else
        write_near_line(output, format, catalogue, neighbour);
}
