/* SPDX-License-Identifier: Apache-2.0 */
/* iscc sum: codes of files, directories and standard input. */
#include "check/check.h"
#include "commands/commands.h"
#include "format/file_lines.h"
#include "format/format.h"
#include "hash/engine.h"
#include "hash/source.h"
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
    const char *only_for_sums;   /* the last option that says nothing of a check, or NULL */
    const char *only_for_checks; /* the last option that says nothing of anything else, or NULL */
};

static const struct option_spec options[] = {
    OPTIONS_FORMAT,
    {OPTION_TAG, "tag", NULL, "print BSD-style lines: ISCC-SUM (NAME) = ISCC:..."},
    {OPTION_NARROW, "narrow", NULL, "print the 128-bit code of ISO 24138:2024 instead of the 256-bit WIDE code"},
    {OPTION_UNITS, "units", NULL, "print the 256-bit Data-Code and Instance-Code of each file as well"},
    {OPTION_STAT, "stat", NULL, "with --json: add the times of each file, by which a check knows bit rot"},
    {OPTION_TREE, "tree", NULL, "print one code for each directory, over all its files in order; NAME ends with /"},
    OPTIONS_SOURCE,
    OPTIONS_OUTPUT,
    OPTIONS_THREADS,
    {'c', "check", NULL, "read lists from the FILEs and check them, as iscc check does"},
    OPTIONS_CHECK("with -c: "),
    OPTIONS_COMMON,
};

static bool is_only_for_sums(int key)
{
    return key == OPTION_TAG || key == OPTION_NARROW || key == OPTION_UNITS || key == OPTION_STAT ||
           key == OPTION_TREE || key == OPTION_FILES0_FROM;
}

static bool set_option(void *context, int key, const char *value)
{
    struct settings *settings = context;

    if (is_only_for_sums(key))
        settings->only_for_sums = command_option_name(&command_sum, key);
    if (check_has_option(key))
        settings->only_for_checks = command_option_name(&command_sum, key);
    switch (key) {
    case 'c':
        settings->checks = true;
        break;
    case OPTION_NARROW:
        settings->hash.flags = ISCC_NARROW;
        break;
    case OPTION_TREE:
        settings->source.trees = true;
        break;
    default:
        if (format_set_option(&settings->format, key))
            break;
        return check_set_option(&settings->check, key, value) &&
               source_set_option(&settings->source, command_sum.name, key, value);
    }
    return true;
}

/* Options that would have no effect are errors, as coreutils have it. */
static bool options_agree(const struct settings *settings)
{
    if (settings->checks && settings->only_for_sums != NULL)
        message_usage(command_sum.name, "the --%s option is meaningless when verifying checksums",
                      settings->only_for_sums);
    else if (!settings->checks && settings->only_for_checks != NULL)
        message_usage(command_sum.name, "the --%s option is meaningful only when verifying checksums",
                      settings->only_for_checks);
    else if (settings->format.stat && !settings->format.json)
        message_usage(command_sum.name, "the --stat option is meaningful only with --json");
    else
        return true;
    return false;
}

/* What a run of the engine prints, and where. */
struct summing {
    const struct settings *settings;
    struct source *source;
    struct output *output;
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
    format_result(summing->output, &summing->settings->format, job);
    if (job->failure != 0) {
        /* Both may go to one terminal: the message stands where the line would. */
        output_flush(summing->output);
        message_error(job_failed_path(job), failure_text(job->failure));
    }
}

static bool flush(void *context)
{
    struct summing *summing = context;

    output_flush(summing->output);
    return !output_failed(summing->output);
}

static void print_sums(const struct invocation *invocation, struct settings *settings)
{
    struct summing summing = {.settings = settings, .source = source_open(invocation, &settings->source)};
    if (summing.source == NULL)
        return;
    summing.output = output_open(invocation->output, format_terminator(&settings->format));
    if (summing.output != NULL) {
        const struct engine_work work = {.next = next, .print = print, .flush = flush, .context = &summing};
        settings->hash.output = summing.output;
        settings->hash.filter = &settings->source.filter;
        if (engine_run(&work, &settings->hash, invocation->threads))
            output_finish(summing.output);
        else
            output_abandon(summing.output);
    }
    source_close(summing.source);
}

static void run(struct invocation *invocation)
{
    struct settings settings = {.hash = {.flags = ISCC_WIDE}};

    if (!invocation_parse(invocation, set_option, &settings) || !options_agree(&settings) || !backend_is_usable())
        goto out;
    if (settings.checks) {
        settings.check.filter = settings.source.filter;
        settings.check.zero = settings.format.zero;
        settings.check.json = settings.format.json;
        check_lists(invocation, &settings.check);
    } else {
        print_sums(invocation, &settings);
    }
out:
    check_settings_free(&settings.check);
    filter_free(&settings.source.filter);
}

const struct command command_sum = {
    .name = "sum",
    .synopsis = "[OPTION]... [FILE|DIRECTORY]...",
    .summary = "print content codes (the default)",
    .about = "Print the ISCC-CODE of each FILE, and of each regular file below each DIRECTORY in TREEWALK-ISCC order. "
             "With no operand, or if it is -, read standard input.",
    .options = options,
    .run = run,
};
