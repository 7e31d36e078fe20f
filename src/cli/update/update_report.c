/* SPDX-License-Identifier: Apache-2.0 */
/* The report of an update, in text and JSON. */
#include "update/update_report.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "format/text_lines.h"
#include "output/json_writer.h"

static const char *const change_names[CHANGES] = {"added", "removed", "changed", "rotten", "unreadable", "unchanged"};

static void write_object(struct output *output, const struct format *format, enum change change, const char *name,
                         size_t name_size, int failure)
{
    cJSON *object = json_object("update");
    bool made = object != NULL && json_add_name(object, "path", name, name_size) &&
                cJSON_AddStringToObject(object, "change", change_names[change]) != NULL;

    if (made && failure != 0)
        made = json_add_failure(object, failure);
    json_write(output, object, made, format_terminator(format), name);
}

void update_report_change(struct output *output, const struct format *format, enum change change, const char *name,
                          size_t name_size, int failure)
{
    if (format->json)
        write_object(output, format, change, name, name_size, failure);
    else if (change != CHANGE_UNREADABLE)
        text_line_labelled(output, format, change_names[change], name, NULL);
}

/* Only what occurred is named, but for what did not change. */
static void write_counts(struct output *output, const struct format *format, const uint64_t counts[CHANGES])
{
    const char end = format_terminator(format);
    char part[64];

    for (size_t i = 0; i < CHANGES; i++) {
        if (counts[i] == 0 && i != CHANGE_NONE)
            continue;
        snprintf(part, sizeof part, "%" PRIu64 " %s%s", counts[i], change_names[i], i == CHANGE_NONE ? "" : ", ");
        output_string(output, part);
    }
    output_write(output, &end, 1);
}

void update_report_summary(struct output *output, const struct format *format, const char *list,
                           const uint64_t counts[CHANGES])
{
    if (!format->json) {
        write_counts(output, format, counts);
        return;
    }
    cJSON *object = json_object("summary");
    bool made = object != NULL && json_add_name(object, "path", list, strlen(list));
    for (size_t i = 0; made && i < CHANGES; i++)
        made = json_add_integer(object, change_names[i], counts[i]);
    json_write(output, object, made, format_terminator(format), list);
}
