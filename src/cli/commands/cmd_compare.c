/* SPDX-License-Identifier: Apache-2.0 */
/* iscc compare: compares two codes or files: identical, near, or neither. */
#include <stdio.h>
#include <string.h>

#include "code_input/code_operand.h"
#include "commands/commands.h"
#include "hash/count.h"
#include "hash/empty_warning.h"
#include "hash/engine.h"
#include "hash/source.h"
#include "lists/file_record.h"
#include "options/backend.h"
#include "options/threshold.h"
#include "output/json_writer.h"
#include "output/output.h"
#include "util/failure.h"
#include "util/message.h"
#include "util/threads.h"

struct settings {
    bool json;
    enum near_by by;
    struct threshold threshold;
};

static const struct option_spec options[] = {
    OPTIONS_HEADING("Similarity:"),
    {0, "by", "UNIT", "compare Data-Codes (data, the default) or Text-Codes (text)",
     SETS_WORD(struct settings, by, NEAR_BY_WORDS)},
    OPTIONS_THRESHOLD(struct settings, threshold, NULL),
    OPTIONS_HEADING("Output:"),
    {0, "json", NULL, "print a JSON object", SETS_FLAG(struct settings, json)},
    OPTIONS_HEADING("Other:"),
    OPTIONS_PROGRESS,
    OPTIONS_COMMON,
};

/* ---- The two sides ---- */

struct side {
    const char *operand;
    bool ready; /* it has the unit that is compared */
    struct file_record file;
};

struct comparison {
    const struct settings *settings;
    struct output *output;
    struct side sides[2];
    struct side *files[2]; /* the sides that are files, not codes */
    size_t file_count;
    size_t files_done;
    const char *names[2]; /* of these files */
    struct source *source;
};

static void report(const struct comparison *comparison, const char *member, const char *name, const char *reason,
                   const char *code)
{
    code_operand_report(comparison->output, comparison->settings->json, member, name, reason, code);
}

/* Whether the file has the unit; otherwise reports that it has not. */
static bool check_unit(const struct comparison *comparison, const struct side *side, const char *member)
{
    const enum near_by by = comparison->settings->by;
    unsigned known;

    file_record_digest(&side->file, by, &known);
    if (known == 0)
        report(comparison, member, side->operand, code_operand_lack(by), code_operand_lack_code(by));
    return known > 0;
}

static void read_code(const struct comparison *comparison, struct side *side)
{
    struct code_units units;

    code_operand_units(side->operand, &units);
    file_record_add_unit(&side->file, units.data_code);
    file_record_add_unit(&side->file, units.instance_code);
    file_record_add_unit(&side->file, units.text_code);
    side->ready = check_unit(comparison, side, "input");
}

static bool next(void *context, struct job *job)
{
    struct comparison *comparison = context;
    return source_next(comparison->source, job);
}

static void report_failure(const struct comparison *comparison, const struct side *side, const struct job *job)
{
    const char *path = job->path != NULL ? job_failed_path(job) : side->operand;
    char reason[CODE_OPERAND_REASON_SIZE];

    code_operand_reason(path, job->failure, reason);
    report(comparison, "path", path, reason, failure_code(job->failure));
}

/* Called once for each operand of the source, in order. */
static void handle_result(void *context, struct job *job)
{
    struct comparison *comparison = context;
    struct side *side = comparison->files[comparison->files_done++];

    if (job->failure != 0) {
        report_failure(comparison, side, job);
        return;
    }
    empty_tree_warning(job, comparison->output);
    side->file = file_record_of_code(&job->code, ISCC_WIDE, side->operand, strlen(side->operand));
    file_record_add_unit(&side->file, job->text_code);
    side->ready = check_unit(comparison, side, "path");
}

static bool flush(void *context)
{
    const struct comparison *comparison = context;
    return !output_failed(comparison->output);
}

static struct operands files_of(const struct comparison *comparison)
{
    return (struct operands){.arguments = comparison->names, .count = (int)comparison->file_count};
}

static bool count(void *context)
{
    const struct comparison *comparison = context;
    const struct operands files = files_of(comparison);
    return count_operands(&files, &(struct source_settings){0});
}

/* Reads codes first: if a code cannot be compared, the other side need not be hashed. */
static bool read_sides(struct comparison *comparison)
{
    const struct source_settings source_settings = {.trees = true};
    const struct hash_settings hash_settings = {.flags = ISCC_WIDE, .text = comparison->settings->by == NEAR_BY_TEXT};
    const struct engine_work work = {
        .next = next, .print = handle_result, .flush = flush, .count = count, .context = comparison};
    bool ready = true;

    for (size_t i = 0; i < 2; i++) {
        struct side *side = &comparison->sides[i];
        if (code_operand_is_code(side->operand)) {
            read_code(comparison, side);
            ready = ready && side->ready;
        } else {
            comparison->names[comparison->file_count] = side->operand;
            comparison->files[comparison->file_count++] = side;
        }
    }
    if (!ready || comparison->file_count == 0)
        return ready;
    const struct operands files = files_of(comparison);
    comparison->source = source_open(&files, &source_settings);
    if (comparison->source == NULL)
        return false;
    engine_run(&work, &hash_settings, threads_default());
    source_close(comparison->source);
    return comparison->sides[0].ready && comparison->sides[1].ready;
}

/* ---- The result ---- */

struct result {
    bool identical;
    bool near;
    unsigned instance_bits; /* 0 if identity is unknown */
    unsigned distance;
    unsigned bits;
    unsigned threshold; /* in bits */
};

/* A Data-Code alone cannot show identity. */
static struct result compare_sides(const struct comparison *comparison)
{
    const struct file_record *a = &comparison->sides[0].file;
    const struct file_record *b = &comparison->sides[1].file;
    struct result result = {.bits = 8 * FILE_RECORD_DIGEST_SIZE};

    result.instance_bits = a->instance_bits < b->instance_bits ? a->instance_bits : b->instance_bits;
    result.identical = result.instance_bits > 0 && file_record_same_content(a, b);
    result.distance = file_record_distance(a, b, comparison->settings->by, &result.bits);
    result.threshold = threshold_bits(&comparison->settings->threshold, result.bits);
    result.near = result.identical || result.distance <= result.threshold;
    return result;
}

static void write_text(struct output *output, const struct result *result, enum near_by by)
{
    char line[128];

    if (result->identical)
        snprintf(line, sizeof line, "identical: the Instance-Codes agree in all %u bits\n", result->instance_bits);
    else
        snprintf(line, sizeof line, "%s: the %s differ in %u of %u bits (%.1f %%, threshold %u bits)\n",
                 result->near ? "near" : "not near", by == NEAR_BY_TEXT ? "Text-Codes" : "Data-Codes", result->distance,
                 result->bits, 100.0 * result->distance / result->bits, result->threshold);
    output_string(output, line);
}

static void write_json(const struct comparison *comparison, const struct result *result)
{
    const char *a = comparison->sides[0].operand;
    const char *b = comparison->sides[1].operand;
    struct json_writer json = json_begin("comparison");

    json_name(&json, "a", a, strlen(a));
    json_name(&json, "b", b, strlen(b));
    if (result->instance_bits > 0) {
        json_bool(&json, "identical", result->identical);
        json_integer(&json, "instance_bits", result->instance_bits);
    }
    json_bool(&json, "near", result->near);
    if (comparison->settings->by == NEAR_BY_TEXT)
        json_string(&json, "by", "text");
    json_integer(&json, "distance", result->distance);
    json_integer(&json, "bits", result->bits);
    json_number(&json, "share", (double)result->distance / result->bits);
    json_integer(&json, "threshold", result->threshold);
    json_end(&json, comparison->output, NULL);
}

static void compare(struct comparison *comparison)
{
    if (!read_sides(comparison))
        return;
    const struct result result = compare_sides(comparison);
    if (comparison->settings->json)
        write_json(comparison, &result);
    else
        write_text(comparison->output, &result, comparison->settings->by);
    if (!result.near)
        status_raise(STATUS_DIFFERENT);
}

static void run(struct invocation *invocation)
{
    struct settings settings = {.threshold = THRESHOLD_DEFAULT};

    if (!invocation_parse(invocation, &settings) || !invocation_is_of_two(invocation) || !backend_is_usable())
        return;
    struct comparison comparison = {
        .settings = &settings, .sides = {{.operand = invocation->arguments[0]}, {.operand = invocation->arguments[1]}}};
    comparison.output = output_open(NULL, '\n');
    if (comparison.output == NULL)
        return;
    compare(&comparison);
    output_finish(comparison.output);
}

const struct command command_compare = {
    .name = "compare",
    .synopsis = "[OPTION]... A B",
    .summary = "compare two codes or files: identical, near, or neither",
    .about =
        "Compare the Instance-Codes of A and B, and count the bits in which their Data-Codes differ. Each of the two "
        "is a code, a file, a directory, or - for standard input. The exit status is 0 for identical or near, 1 for "
        "not near, and 2 if something went wrong.",
    .examples = "iscc compare photos/a.jpg photos/b.jpg",
    .options = options,
    .run = run,
};
