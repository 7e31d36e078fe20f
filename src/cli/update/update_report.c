/* SPDX-License-Identifier: Apache-2.0 */
/* Prints the report of an update as text or JSON. */
#include "update/update_report.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format/text_lines.h"
#include "lists/list_name.h"
#include "output/json_writer.h"
#include "util/message.h"

static const char *const change_names[CHANGES] = {"added",   "removed",    "changed",  "rotten",
                                                  "suspect", "unreadable", "unchanged"};

void update_report_change(struct output *output, const struct format *format, enum change change, const char *name,
                          size_t name_size, int failure)
{
    if (!format->json) {
        if (change != CHANGE_UNREADABLE)
            text_line_labelled(output, format, change_names[change], name, NULL);
        return;
    }
    struct json_writer json = json_begin("update");
    json_name(&json, "path", name, name_size);
    json_string(&json, "change", change_names[change]);
    if (failure != 0)
        json_failure(&json, failure);
    json_end(&json, output, name);
}

/* Omits zero counts, except for unchanged files. */
static void write_counts(struct output *output, const uint64_t counts[CHANGES])
{
    char part[64];

    for (size_t i = 0; i < CHANGES; i++) {
        if (counts[i] == 0 && i != CHANGE_NONE)
            continue;
        snprintf(part, sizeof part, "%" PRIu64 " %s%s", counts[i], change_names[i], i == CHANGE_NONE ? "" : ", ");
        output_string(output, part);
    }
    output_end_line(output);
}

void update_report_summary(struct output *output, const struct format *format, const char *list,
                           const uint64_t counts[CHANGES])
{
    if (!format->json) {
        write_counts(output, counts);
        return;
    }
    struct json_writer json = json_begin("summary");
    json_name(&json, "path", list, strlen(list));
    for (size_t i = 0; i < CHANGES; i++)
        json_integer(&json, change_names[i], counts[i]);
    json_end(&json, output, list);
}

void update_report_same_name(struct output *output, struct same_name_search *search, const struct file_record *line,
                             const char *strip)
{
    const size_t prefix_size = list_name_prefix_size(line->name, strip);
    char *hint = same_name_hint(search, AT_FDCWD, list_name_path(line->name, prefix_size));

    if (hint == NULL)
        return;
    output_flush(output);
    message_finding(STATUS_OK, line->name, "removed, as there is no such file; %s", hint);
    free(hint);
}
