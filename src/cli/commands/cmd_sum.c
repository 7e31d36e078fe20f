/* SPDX-License-Identifier: Apache-2.0 */
/* iscc sum: prints codes of files, directories and standard input. */
#include <stdlib.h>

#include "check/check.h"
#include "commands/commands.h"
#include "format/file_lines.h"
#include "format/format.h"
#include "hash/count.h"
#include "hash/empty_warning.h"
#include "hash/engine.h"
#include "hash/source.h"
#include "hash/times_warning.h"
#include "options/backend.h"
#include "output/output.h"
#include "util/failure.h"
#include "util/message.h"

struct settings {
    struct source_settings source;
    struct hash_settings hash;
    struct format format;
    bool checks; /* -c */
    struct check_settings check;
};

static const struct option_spec options[] = {
    OPTIONS_HEADING("Output:"),
    OPTIONS_FORMAT(struct settings, format),
    {0, "tag", NULL, "print BSD-style lines: ISCC-SUM (NAME) = ISCC:...",
     NOT_WITH("--check", SETS_FLAG(struct settings, format.tag))},
    {0, "narrow", NULL, "print the 128-bit code of ISO 24138:2024 instead of the 256-bit WIDE code",
     NOT_WITH("--check", SETS_VALUE(struct settings, hash.flags, ISCC_NARROW))},
    {0, "units", NULL, "also print the 256-bit Data-Code and Instance-Code of each file",
     NOT_WITH("--check", SETS_FLAG(struct settings, format.units))},
    {0, "text", NULL, "with --json or --units: also print the Text-Code of each file that is text",
     NOT_WITH("--check", SETS_FLAG(struct settings, format.text))},
    {0, "stat", NULL, "with --json: add the times of each file, so that check can tell bit rot from an edit",
     ONLY_WITH("--json", NOT_WITH("--check", SETS_FLAG(struct settings, format.stat)))},
    {0, "trust-times", NULL, "with --stat or -c: use times on any file system, and of files that have just changed",
     SETS_FLAG(struct settings, hash.trusts_times)},
    OPTIONS_OUTPUT,
    OPTIONS_HEADING("What is hashed:"),
    {'t', "tree", NULL, "print one code for each directory: that of all its files, concatenated in order",
     NOT_WITH("--check", SETS_FLAG(struct settings, source.trees))},
    OPTIONS_SOURCE(struct settings, source, "--check"),
    OPTIONS_HEADING("Checking:"),
    {'c', "check", NULL, "read lists from the FILEs and check them, as iscc check does",
     SETS_FLAG(struct settings, checks)},
    OPTIONS_CHECK("with -c: ", struct settings, check, "--check"),
    OPTIONS_HEADING("Other:"),
    OPTIONS_PROGRESS,
    OPTIONS_THREADS,
    OPTIONS_COMMON,
};

struct summing {
    const struct settings *settings;
    const struct operands *operands;
    struct source *source;
    struct output *output;
    bool has_lines;  /* something was printed */
    bool has_files;  /* something was hashed */
    bool has_warned; /* of times that are not trusted */
};

static bool next(void *context, struct job *job)
{
    struct summing *summing = context;
    return source_next(summing->source, job);
}

static void print(void *context, struct job *job)
{
    struct summing *summing = context;

    if (job->kind == JOB_SKIPPED)
        return;
    summing->has_lines = true;
    /* A tree without bytes is as suspicious as a directory without files. */
    summing->has_files = summing->has_files || (job->failure == 0 && (job->kind != JOB_TREE || job->code.filesize > 0));
    if (summing->settings->format.stat)
        times_warning(job, summing->output, &summing->has_warned);
    format_result(summing->output, &summing->settings->format, job);
    if (job->failure != 0) {
        /* On a terminal, the message then appears in place of the line. */
        output_flush(summing->output);
        message_error(job_failed_path(job), failure_text(job->failure));
    }
    empty_tree_warning(job, summing->output);
}

static bool flush(void *context)
{
    struct summing *summing = context;

    output_flush(summing->output);
    return !output_failed(summing->output);
}

static bool count(void *context)
{
    const struct summing *summing = context;
    return count_operands(summing->operands, &summing->settings->source);
}

static void print_sums(const struct invocation *invocation, struct settings *settings)
{
    const struct operands operands = invocation_operands(invocation);
    struct summing summing = {
        .settings = settings, .operands = &operands, .source = source_open(&operands, &settings->source)};
    if (summing.source == NULL)
        return;
    if (settings->format.text && !format_shows_text(&settings->format))
        message_finding(STATUS_OK, NULL, "--text has no effect without --json or --units");
    summing.output = output_open(invocation->output, format_terminator(&settings->format));
    if (summing.output != NULL) {
        const struct engine_work work = {
            .next = next, .print = print, .flush = flush, .count = count, .context = &summing};
        settings->hash.output = summing.output;
        settings->hash.filter = &settings->source.filter;
        settings->hash.text = format_shows_text(&settings->format);
        settings->hash.records_times = settings->format.stat;
        if (engine_run(&work, &settings->hash, invocation->threads)) {
            output_finish_list(summing.output, summing.has_files);
            empty_run_warning(summing.has_lines);
        } else {
            output_abandon(summing.output);
        }
    }
    source_close(summing.source);
}

static void run(struct invocation *invocation)
{
    struct settings settings = {.hash = {.flags = ISCC_WIDE}};

    if (!invocation_parse(invocation, &settings) || !backend_is_usable())
        goto out;
    if (settings.checks) {
        const struct operands lists = invocation_operands(invocation);
        settings.check.filter = settings.source.filter;
        settings.check.zero = settings.format.zero;
        settings.check.json = settings.format.json;
        settings.check.trusts_times = settings.hash.trusts_times;
        settings.check.threads = invocation->threads;
        check_lists(&lists, invocation->output, &settings.check);
    } else {
        print_sums(invocation, &settings);
    }
out:
    free(settings.check.trees);
    filter_free(&settings.source.filter);
}

const struct command command_sum = {
    .name = "sum",
    .synopsis = "[OPTION]... [FILE|DIRECTORY]...",
    .summary = "print content codes (the default)",
    .about = "Print the ISCC-CODE of each FILE, and of each regular file below each DIRECTORY in TREEWALK-ISCC order. "
             "With no operand, or if it is -, read standard input.",
    .examples = "iscc photos > codes\niscc sum --json --stat -o codes.json photos",
    .options = options,
    .run = run,
};
