/* SPDX-License-Identifier: Apache-2.0 */
/* iscc sum: codes of files, directories and standard input. */
#include "backend.h"
#include "commands.h"
#include "engine.h"
#include "failure.h"
#include "format.h"
#include "message.h"
#include "number.h"
#include "output.h"
#include "source.h"

enum { THREADS_MAX = 1024 };

struct settings {
    struct source_settings source;
    struct hash_settings hash;
    struct format format;
    const char *output;
    int threads;
};

static const struct option_spec options[] = {
    {OPTION_JSON, "json", NULL, "print JSON Lines: one object for each file"},
    {OPTION_TAG, "tag", NULL, "print BSD-style lines: ISCC-SUM (NAME) = ISCC:..."},
    {OPTION_NARROW, "narrow", NULL, "print the 128-bit code of ISO 24138:2024 instead of the 256-bit WIDE code"},
    {OPTION_UNITS, "units", NULL, "print the 256-bit Data-Code and Instance-Code of each file as well"},
    {'z', "zero", NULL, "end each line with NUL, not newline, and do not escape file names"},
    {OPTION_TREE, "tree", NULL, "print one code for each directory, over all its files in order; NAME ends with /"},
    {OPTION_FILES0_FROM, "files0-from", "FILE", "read NUL-terminated operands from FILE; - is standard input"},
    {'o', "output", "FILE", "write to FILE, which is replaced when all is done, and by all or nothing"},
    {'j', "threads", "N", "use N threads; the default is one for each processor"},
    OPTIONS_COMMON,
};

static bool set_threads(struct settings *settings, const char *value)
{
    uint64_t threads;

    if (!number_parse(value, 1, THREADS_MAX, &threads)) {
        message_usage(command_sum.name, "invalid number of threads: '%s' (1 to %d)", value, THREADS_MAX);
        return false;
    }
    settings->threads = (int)threads;
    return true;
}

static bool set_option(void *context, int key, const char *value)
{
    struct settings *settings = context;

    switch (key) {
    case OPTION_JSON:
        settings->format.json = true;
        break;
    case OPTION_TAG:
        settings->format.tag = true;
        break;
    case OPTION_NARROW:
        settings->hash.flags = ISCC_NARROW;
        break;
    case OPTION_UNITS:
        settings->format.units = true;
        break;
    case 'z':
        settings->format.zero = true;
        break;
    case OPTION_TREE:
        settings->source.trees = true;
        break;
    case OPTION_FILES0_FROM:
        settings->source.names_from = value;
        break;
    case 'o':
        settings->output = value;
        break;
    case 'j':
        return set_threads(settings, value);
    default:
        break;
    }
    return true;
}

struct run {
    const struct settings *settings;
    struct source *source;
    struct output *output;
};

static bool next(void *context, struct job *job)
{
    struct run *run = context;
    return source_next(run->source, job);
}

static void print(void *context, struct job *job)
{
    struct run *run = context;

    if (job->kind == JOB_SKIPPED)
        return;
    format_result(run->output, &run->settings->format, job);
    if (job->failure != 0) {
        /* Both may go to one terminal: the message stands where the line would. */
        output_flush(run->output);
        message_error(job->path, failure_text(job->failure));
    }
}

static bool flush(void *context)
{
    struct run *run = context;

    output_flush(run->output);
    return !output_failed(run->output);
}

static void run(struct invocation *invocation)
{
    struct settings settings = {.hash = {.flags = ISCC_WIDE}, .threads = engine_processors()};

    if (!invocation_parse(invocation, set_option, &settings) || !backend_is_usable())
        return;
    struct run run = {.settings = &settings, .source = source_open(invocation, &settings.source)};
    if (run.source == NULL)
        return;
    run.output = output_open(settings.output, format_terminator(&settings.format));
    if (run.output != NULL) {
        const struct engine_work work = {.next = next, .print = print, .flush = flush, .context = &run};
        settings.hash.output = run.output;
        engine_run(&work, &settings.hash, settings.threads);
        output_finish(run.output);
    }
    source_close(run.source);
}

const struct command command_sum = {
    .name = "sum",
    .synopsis = "[OPTION]... [FILE|DIRECTORY]...",
    .summary = "print content codes (the default)",
    .about = "Print the ISCC-CODE of each FILE, and of each regular file below each DIRECTORY in TREEWALK-ISCC order. "
             "With no operand, or where it is -, read standard input.",
    .options = options,
    .run = run,
};
