/* SPDX-License-Identifier: Apache-2.0 */
/* What a comparison found, as text lines and JSON Lines. */
#include "diff/diff_report.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "files/same_name.h"
#include "format/json_lines.h"
#include "format/text_lines.h"

static const char *const words[DIFFERENCES] = {"added", "removed", "changed", "moved", "moved-changed", "unknown"};

/* ---- Text ---- */

/* Marks the distance of Text-Codes. */
static const char *text_mark(const struct difference *difference)
{
    return difference->by == NEAR_BY_TEXT ? "text " : "";
}

static void write_text(struct output *output, const struct format *format, const struct difference *difference)
{
    const bool is_moved = difference->new != NULL &&
                          (difference->kind == DIFFERENCE_MOVED || difference->kind == DIFFERENCE_MOVED_CHANGED);
    const struct file_record *file = difference->new == NULL || is_moved ? difference->old : difference->new;
    char what[64];

    if (difference->kind == DIFFERENCE_CHANGED)
        snprintf(what, sizeof what, "changed %s %s%u/%u", difference->near ? "near" : "far", text_mark(difference),
                 difference->distance, difference->bits);
    else if (difference->kind == DIFFERENCE_MOVED_CHANGED)
        snprintf(what, sizeof what, "moved-changed %s%u/%u", text_mark(difference), difference->distance,
                 difference->bits);
    else
        snprintf(what, sizeof what, "%s", words[difference->kind]);
    text_line_labelled(output, format, what, file->name, is_moved ? difference->new->name : NULL);
}

static void write_text_counts(struct output *output, const struct difference_counts *counts)
{
    char text[64];

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
    output_end_line(output);
}

/* ---- JSON ---- */

static void write_code(struct json_writer *json, const char *member, const struct file_record *file)
{
    struct iscc_sum_code code;

    if (file == NULL || file->failure != 0)
        return;
    file_record_code(file, false, &code);
    json_string(json, member, code.iscc);
}

static void write_old_name(struct json_writer *json, const struct file_record *old, const struct file_record *file)
{
    static const char *const same_names[] = {[SAME_NAME_NFC] = "nfc", [SAME_NAME_CASE] = "case"};
    const enum same_name same_name = same_name_compare(old->name, file->name);

    json_name(json, "old_path", old->name, old->name_size);
    if (same_name != SAME_NAME_NONE)
        json_string(json, "same_name", same_names[same_name]);
}

static void write_json(struct output *output, const struct difference *difference)
{
    const struct file_record *old = difference->old;
    const struct file_record *file = difference->new != NULL ? difference->new : old;
    struct json_writer json = json_begin("difference");

    json_string(&json, "change", words[difference->kind]);
    json_string(&json, "kind", json_type_of_file(file));
    json_name(&json, "path", file->name, file->name_size);
    if (old != NULL && strcmp(old->name, file->name) != 0)
        write_old_name(&json, old, file);
    write_code(&json, "old_iscc", old);
    write_code(&json, "iscc", difference->new);
    if (difference->bits != 0) {
        json_bool(&json, "near", difference->near);
        if (difference->by == NEAR_BY_TEXT)
            json_string(&json, "by", "text");
        json_integer(&json, "distance", difference->distance);
        json_integer(&json, "bits", difference->bits);
    }
    json_end(&json, output, file->name);
}

static void write_json_counts(struct output *output, const char *old, const char *new,
                              const struct difference_counts *counts)
{
    const uint64_t *kinds = counts->kinds;
    struct json_writer json = json_begin("summary");

    json_name(&json, "old", old, strlen(old));
    json_name(&json, "new", new, strlen(new));
    json_integer(&json, "added", kinds[DIFFERENCE_ADDED]);
    json_integer(&json, "removed", kinds[DIFFERENCE_REMOVED]);
    json_integer(&json, "changed", kinds[DIFFERENCE_CHANGED]);
    json_integer(&json, "changed_near", counts->near);
    json_integer(&json, "moved", kinds[DIFFERENCE_MOVED]);
    json_integer(&json, "moved_changed", kinds[DIFFERENCE_MOVED_CHANGED]);
    json_integer(&json, "unknown", kinds[DIFFERENCE_UNKNOWN]);
    json_integer(&json, "same", counts->same);
    json_end(&json, output, NULL);
}

/* ---- Either ---- */

void diff_report_difference(struct output *output, const struct format *format, const struct difference *difference)
{
    if (format->json)
        write_json(output, difference);
    else
        write_text(output, format, difference);
}

void diff_report_counts(struct output *output, const struct format *format, const char *old, const char *new,
                        const struct difference_counts *counts)
{
    if (format->json)
        write_json_counts(output, old, new, counts);
    else
        write_text_counts(output, counts);
}
