/* SPDX-License-Identifier: Apache-2.0 */
/* What a comparison found, as text lines and JSON Lines. */
#include "diff/diff_report.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "format/text_lines.h"
#include "output/json_writer.h"

static const char *const words[DIFFERENCES] = {"added", "removed", "changed", "moved", "moved-changed", "unknown"};

/* ---- Text ---- */

static void write_text(struct output *output, const struct format *format, const struct difference *difference)
{
    const bool is_moved = difference->new != NULL &&
                          (difference->kind == DIFFERENCE_MOVED || difference->kind == DIFFERENCE_MOVED_CHANGED);
    const struct catalogue_file *file = difference->new == NULL || is_moved ? difference->old : difference->new;
    char what[64];

    if (difference->kind == DIFFERENCE_CHANGED)
        snprintf(what, sizeof what, "changed %s %u/%u", difference->near ? "near" : "far", difference->distance,
                 difference->bits);
    else if (difference->kind == DIFFERENCE_MOVED_CHANGED)
        snprintf(what, sizeof what, "moved-changed %u/%u", difference->distance, difference->bits);
    else
        snprintf(what, sizeof what, "%s", words[difference->kind]);
    text_line_labelled(output, format, what, file->name, is_moved ? difference->new->name : NULL);
}

static void write_text_counts(struct output *output, const struct format *format,
                              const struct difference_counts *counts)
{
    char text[64];
    const char terminator = format_terminator(format);

    for (size_t i = 0; i < DIFFERENCE_UNKNOWN; i++) {
        snprintf(text, sizeof text, "%" PRIu64 " %s, ", counts->kinds[i], words[i]);
        output_string(output, text);
    }
    snprintf(text, sizeof text, "%" PRIu64 " same", counts->same);
    output_string(output, text);
    if (counts->kinds[DIFFERENCE_UNKNOWN] > 0) {
        snprintf(text, sizeof text, ", %" PRIu64 " %s", counts->kinds[DIFFERENCE_UNKNOWN], words[DIFFERENCE_UNKNOWN]);
        output_string(output, text);
    }
    output_write(output, &terminator, 1);
}

/* ---- JSON ---- */

static bool add_code(cJSON *object, const char *member, const struct catalogue_file *file)
{
    struct iscc_sum_code code;

    if (file == NULL || file->failure != 0)
        return true;
    catalogue_file_code(file, &code);
    return cJSON_AddStringToObject(object, member, code.iscc) != NULL;
}

static bool add_distance(cJSON *object, const struct difference *difference)
{
    if (difference->bits == 0)
        return true;
    return cJSON_AddBoolToObject(object, "near", difference->near) != NULL &&
           json_add_integer(object, "distance", difference->distance) &&
           json_add_integer(object, "bits", difference->bits);
}

static void write_json(struct output *output, const struct format *format, const struct difference *difference)
{
    const struct catalogue_file *file = difference->new != NULL ? difference->new : difference->old;
    const bool has_old_path =
        difference->new != NULL && difference->old != NULL &&strcmp(difference->old->name, difference->new->name) != 0;
    cJSON *object = json_object("difference");
    const bool made =
        object != NULL && cJSON_AddStringToObject(object, "change", words[difference->kind]) != NULL &&
        cJSON_AddStringToObject(object, "kind", catalogue_is_tree(file) ? "tree" : "file") != NULL &&
        json_add_name(object, "path", file->name, file->name_size) &&
        (!has_old_path || json_add_name(object, "old_path", difference->old->name, difference->old->name_size)) &&
        add_code(object, "old_iscc", difference->old) && add_code(object, "iscc", difference->new) &&
        add_distance(object, difference);

    json_write(output, object, made, format_terminator(format), file->name);
}

static void write_json_counts(struct output *output, const struct format *format, const char *old, const char *new,
                              const struct difference_counts *counts)
{
    const uint64_t *kinds = counts->kinds;
    cJSON *object = json_object("summary");
    const bool made = object != NULL && json_add_name(object, "old", old, strlen(old)) &&
                      json_add_name(object, "new", new, strlen(new)) &&
                      json_add_integer(object, "added", kinds[DIFFERENCE_ADDED]) &&
                      json_add_integer(object, "removed", kinds[DIFFERENCE_REMOVED]) &&
                      json_add_integer(object, "changed", kinds[DIFFERENCE_CHANGED]) &&
                      json_add_integer(object, "changed_near", counts->near) &&
                      json_add_integer(object, "moved", kinds[DIFFERENCE_MOVED]) &&
                      json_add_integer(object, "moved_changed", kinds[DIFFERENCE_MOVED_CHANGED]) &&
                      json_add_integer(object, "unknown", kinds[DIFFERENCE_UNKNOWN]) &&
                      json_add_integer(object, "same", counts->same);

    json_write(output, object, made, format_terminator(format), NULL);
}

/* ---- Either ---- */

void diff_report_difference(struct output *output, const struct format *format, const struct difference *difference)
{
    if (format->json)
        write_json(output, format, difference);
    else
        write_text(output, format, difference);
}

void diff_report_counts(struct output *output, const struct format *format, const char *old, const char *new,
                        const struct difference_counts *counts)
{
    if (format->json)
        write_json_counts(output, format, old, new, counts);
    else
        write_text_counts(output, format, counts);
}
