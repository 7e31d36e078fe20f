/* SPDX-License-Identifier: Apache-2.0 */
/* Verdicts as text lines and JSON Lines. */
#include "check/check_report.h"

#include <string.h>

#include "format/text_lines.h"
#include "lists/list_entry.h"
#include "output/json_writer.h"

static const char *const verdict_names[VERDICTS] = {"ok", "failed", "rotten", "missing", "unreadable", "malformed"};

static void write_verdict(struct output *output, const struct job *job, enum verdict verdict, const char *now)
{
    const struct list_entry *entry = job->entry;
    cJSON *object = json_object("check");
    bool made = object != NULL && json_add_name(object, "path", job->path, job->path_size) &&
                json_add_integer(object, "line", entry->line) &&
                cJSON_AddStringToObject(object, "verdict", verdict_names[verdict]) != NULL;

    if (made && verdict != VERDICT_MALFORMED)
        made = cJSON_AddStringToObject(object, "listed", entry->iscc) != NULL;
    if (made && now != NULL)
        made = cJSON_AddStringToObject(object, "iscc", now) != NULL;
    if (made && job->failure != 0)
        made = json_add_failure(object, job->failure);
    json_write(output, object, made, '\n', job->path);
}

void check_report_summary(struct output *output, const char *list, const uint64_t counts[VERDICTS])
{
    cJSON *object = json_object("summary");
    bool made = object != NULL && json_add_name(object, "path", list, strlen(list));

    for (size_t i = 0; made && i < VERDICTS; i++)
        made = json_add_integer(object, verdict_names[i], counts[i]);
    json_write(output, object, made, '\n', list);
}

static void write_unlisted(struct output *output, const struct job *job)
{
    cJSON *object = json_object("check");
    const bool made = object != NULL && json_add_name(object, "path", job->path, job->path_size) &&
                      cJSON_AddStringToObject(object, "verdict", "unlisted") != NULL;

    json_write(output, object, made, '\n', job->path);
}

void check_report_strict_tree(struct output *output, const char *directory, uint64_t files, uint64_t unlisted)
{
    cJSON *object = json_object("strict-tree");
    const bool made = object != NULL && json_add_name(object, "path", directory, strlen(directory)) &&
                      json_add_integer(object, "files", files) && json_add_integer(object, "unlisted", unlisted);

    json_write(output, object, made, '\n', directory);
}

void check_report_verdict(struct output *output, const struct format *format, const struct job *job,
                          enum verdict verdict, const char *now)
{
    static const char *const texts[VERDICTS] = {
        [VERDICT_OK] = "OK",
        [VERDICT_FAILED] = "FAILED",
        [VERDICT_ROTTEN] = "FAILED bit rot",
        [VERDICT_MISSING] = "FAILED open or read",
        [VERDICT_UNREADABLE] = "FAILED open or read",
    };

    if (format->json)
        write_verdict(output, job, verdict, now);
    else if (texts[verdict] != NULL)
        text_line_verdict(output, format, job->path == NULL ? "" : job->path, texts[verdict]);
}

void check_report_unlisted(struct output *output, const struct format *format, const struct job *job)
{
    if (format->json)
        write_unlisted(output, job);
    else
        text_line_verdict(output, format, job->path, "UNLISTED");
}
