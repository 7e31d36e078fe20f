/* SPDX-License-Identifier: Apache-2.0 */
/* Verdicts as text lines and JSON Lines. */
#include "check/check_report.h"

#include <string.h>

#include "format/text_lines.h"
#include "lists/list_entry.h"
#include "output/json_writer.h"

static const char *const verdict_names[VERDICTS] = {
    [VERDICT_OK] = "ok",
    [VERDICT_FAILED] = "failed",
    [VERDICT_ROTTEN] = "rotten",
    [VERDICT_SUSPECT] = "suspect",
    [VERDICT_MISSING] = "missing",
    [VERDICT_UNREADABLE] = "unreadable",
    [VERDICT_UNREADABLE_THEN] = "unreadable-then",
    [VERDICT_MALFORMED] = "malformed",
};

/* Writes the code in the list, and the present code of the file in the same form. */
static void write_codes(struct json_writer *json, const struct job *job)
{
    const char *const units[] = {job->code.data_code, job->code.instance_code};
    char code[ISCC_CODE_SIZE];

    if (!job->line->is_damaged) {
        iscc_encode(&job->line->code, code);
        json_string(json, "listed", code);
    }
    if (job->failure != 0)
        return;
    iscc_gen_iscc_code_v0(units, 2, job->listed->flags, code); /* 256-bit units suffice for either form */
    json_string(json, "iscc", code);
}

static void write_verdict(struct output *output, const char *list, const struct job *job, enum verdict verdict)
{
    struct json_writer json = json_begin("check");

    json_name(&json, "path", job->path, job->path_size);
    if (list != NULL)
        json_name(&json, "list", list, strlen(list));
    json_integer(&json, "line", job->listed->line);
    json_string(&json, "verdict", verdict_names[verdict]);
    if (verdict != VERDICT_MALFORMED && job->listed->failure == 0)
        write_codes(&json, job);
    if (job->failure != 0)
        json_failure(&json, job->failure);
    else if (job->listed->failure != 0)
        json_failure(&json, job->listed->failure);
    json_end(&json, output, job->path);
}

void check_report_summary(struct output *output, const char *list, const uint64_t counts[VERDICTS])
{
    struct json_writer json = json_begin("summary");

    json_name(&json, "path", list, strlen(list));
    for (size_t i = 0; i < VERDICTS; i++)
        json_integer(&json, verdict_names[i], counts[i]);
    json_end(&json, output, list);
}

void check_report_strict_tree(struct output *output, const char *directory, uint64_t files, uint64_t unlisted)
{
    struct json_writer json = json_begin("strict-tree");

    json_name(&json, "path", directory, strlen(directory));
    json_integer(&json, "files", files);
    json_integer(&json, "unlisted", unlisted);
    json_end(&json, output, directory);
}

void check_report_verdict(struct output *output, const struct format *format, const char *list, const struct job *job,
                          enum verdict verdict)
{
    static const char *const texts[VERDICTS] = {
        [VERDICT_OK] = "OK",
        [VERDICT_FAILED] = "FAILED",
        [VERDICT_ROTTEN] = "FAILED bit rot",
        [VERDICT_SUSPECT] = "FAILED changed behind its mtime",
        [VERDICT_MISSING] = "FAILED open or read",
        [VERDICT_UNREADABLE] = "FAILED open or read",
        [VERDICT_UNREADABLE_THEN] = "FAILED not readable when listed",
    };

    if (format->json)
        write_verdict(output, list, job, verdict);
    else if (texts[verdict] != NULL)
        text_line_verdict(output, format, job->path == NULL ? "" : job->path, texts[verdict]);
}

void check_report_unlisted(struct output *output, const struct format *format, const struct job *job)
{
    if (!format->json) {
        text_line_verdict(output, format, job->path, "UNLISTED");
        return;
    }
    struct json_writer json = json_begin("check");
    json_name(&json, "path", job->path, job->path_size);
    json_string(&json, "verdict", "unlisted");
    json_end(&json, output, job->path);
}
