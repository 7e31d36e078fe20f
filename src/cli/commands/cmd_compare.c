/* SPDX-License-Identifier: Apache-2.0 */
/* iscc compare: whether two codes or files are identical, near, or neither. */
#include <stdio.h>
#include <string.h>

#include "code_input/code_operand.h"
#include "commands/commands.h"
#include "hash/engine.h"
#include "hash/source.h"
#include "options/backend.h"
#include "options/threshold.h"
#include "output/json_writer.h"
#include "output/output.h"
#include "util/failure.h"
#include "util/message.h"
#include "util/threads.h"

struct settings {
    bool json;
    struct threshold threshold;
};

static const struct option_spec options[] = {
    OPTIONS_HEADING("Similarity:"), OPTIONS_THRESHOLD(struct settings, threshold, NULL),
    OPTIONS_HEADING("Output:"),     {0, "json", NULL, "print a JSON object", SETS_FLAG(struct settings, json)},
    OPTIONS_HEADING("Other:"),      OPTIONS_COMMON,
};

/* ---- The two sides ---- */

/* One operand, and what is known of it. */
struct side {
    const char *operand;
    bool ready;              /* there is a Data-Code */
    struct code_units units; /* no Instance-Code where a lone Data-Code was given */
};

struct comparison {
    const struct settings *settings;
    struct output *output;
    struct side sides[2];
    struct side *files[2]; /* the sides that are no codes */
    size_t file_count;
    size_t files_done;
    struct source *source;
};

static void report(const struct comparison *comparison, const char *member, const char *name, const char *reason,
                   const char *code)
{
    code_operand_report(comparison->output, comparison->settings->json, member, name, reason, code);
}

/* Takes the units to be compared out of a code. */
static void take_code(const struct comparison *comparison, struct side *side)
{
    code_operand_units(side->operand, &side->units);
    side->ready = side->units.data_code[0] != '\0';
    if (!side->ready)
        report(comparison, "input", side->operand, "it has no Data-Code that could be compared", "NO_DATA");
}

static bool next(void *context, struct job *job)
{
    struct comparison *comparison = context;
    return source_next(comparison->source, job);
}

static void report_failure(const struct comparison *comparison, const struct side *side, const struct job *job)
{
    const char *path = job->path != NULL ? job->path : side->operand;
    char reason[CODE_OPERAND_REASON_SIZE];

    code_operand_reason(path, job->failure, reason);
    report(comparison, "path", path, reason, failure_code(job->failure));
}

/* Each operand of the source gives one job. */
static void take_job(void *context, struct job *job)
{
    struct comparison *comparison = context;
    struct side *side = comparison->files[comparison->files_done++];

    if (job->failure != 0) {
        report_failure(comparison, side, job);
        return;
    }
    memcpy(side->units.data_code, job->code.data_code, sizeof side->units.data_code);
    memcpy(side->units.instance_code, job->code.instance_code, sizeof side->units.instance_code);
    side->ready = true;
}

static bool flush(void *context)
{
    const struct comparison *comparison = context;
    return !output_failed(comparison->output);
}

/* Codes first, since a code that cannot be compared spares the reading of the other side. */
static bool take_sides(struct comparison *comparison)
{
    const struct source_settings source_settings = {.trees = true};
    const struct hash_settings hash_settings = {.flags = ISCC_WIDE};
    const struct engine_work work = {.next = next, .print = take_job, .flush = flush, .context = comparison};
    const char *operands[2];
    bool ready = true;

    for (size_t i = 0; i < 2; i++) {
        struct side *side = &comparison->sides[i];
        if (code_operand_is_code(side->operand)) {
            take_code(comparison, side);
            ready = ready && side->ready;
        } else {
            operands[comparison->file_count] = side->operand;
            comparison->files[comparison->file_count++] = side;
        }
    }
    if (!ready || comparison->file_count == 0)
        return ready;
    const struct operands files = {.arguments = operands, .count = (int)comparison->file_count};
    comparison->source = source_open(&files, &source_settings);
    if (comparison->source == NULL)
        return false;
    engine_run(&work, &hash_settings, threads_processors());
    source_close(comparison->source);
    return comparison->sides[0].ready && comparison->sides[1].ready;
}

/* ---- The result ---- */

struct result {
    bool has_instances; /* whether identity could be judged */
    bool identical;
    bool near;
    unsigned instance_bits;
    unsigned distance;
    unsigned bits;
    unsigned threshold; /* in bits */
};

static iscc_status judge(const struct comparison *comparison, struct result *result)
{
    const struct settings *settings = comparison->settings;
    const struct code_units *a = &comparison->sides[0].units;
    const struct code_units *b = &comparison->sides[1].units;
    unsigned instance_distance;

    *result = (struct result){.has_instances = a->instance_code[0] != '\0' && b->instance_code[0] != '\0'};
    if (result->has_instances) {
        iscc_status status =
            iscc_distance(a->instance_code, b->instance_code, &instance_distance, &result->instance_bits);
        if (status != ISCC_OK)
            return status;
        result->identical = instance_distance == 0;
    }
    iscc_status status = iscc_distance(a->data_code, b->data_code, &result->distance, &result->bits);
    if (status != ISCC_OK)
        return status;
    result->threshold = threshold_bits(&settings->threshold, result->bits);
    result->near = result->identical || result->distance <= result->threshold;
    return ISCC_OK;
}

static void write_text(struct output *output, const struct result *result)
{
    char line[128];

    if (result->identical)
        snprintf(line, sizeof line, "identical: the Instance-Codes agree in all %u bits\n", result->instance_bits);
    else
        snprintf(line, sizeof line, "%s: the Data-Codes differ in %u of %u bits (%.1f %%, threshold %u bits)\n",
                 result->near ? "near" : "not near", result->distance, result->bits,
                 100.0 * result->distance / result->bits, result->threshold);
    output_string(output, line);
}

static void write_json(const struct comparison *comparison, const struct result *result)
{
    const char *a = comparison->sides[0].operand;
    const char *b = comparison->sides[1].operand;
    struct json_writer json = json_begin("comparison");

    json_name(&json, "a", a, strlen(a));
    json_name(&json, "b", b, strlen(b));
    if (result->has_instances) {
        json_bool(&json, "identical", result->identical);
        json_integer(&json, "instance_bits", result->instance_bits);
    }
    json_bool(&json, "near", result->near);
    json_integer(&json, "distance", result->distance);
    json_integer(&json, "bits", result->bits);
    json_number(&json, "share", (double)result->distance / result->bits);
    json_integer(&json, "threshold", result->threshold);
    json_end(&json, comparison->output, NULL);
}

static void compare(struct comparison *comparison)
{
    struct result result;

    if (!take_sides(comparison))
        return;
    iscc_status status = judge(comparison, &result);
    if (status != ISCC_OK) {
        message_error(NULL, iscc_strerror(status));
        return;
    }
    if (comparison->settings->json)
        write_json(comparison, &result);
    else
        write_text(comparison->output, &result);
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
        "Compare A and B, each a code, a file, a directory, or - for standard input: by their Instance-Codes, and by "
        "the number of bits in which their Data-Codes differ. The status is 0 for identical or near, 1 for not "
        "near, and 2 where something went wrong.",
    .options = options,
    .run = run,
};
