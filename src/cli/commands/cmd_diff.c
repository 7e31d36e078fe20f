/* SPDX-License-Identifier: Apache-2.0 */
/* iscc diff: compares the files of two lists or directories. */
#include <errno.h>
#include <stddef.h>
#include <string.h>

#include "archive/archive_pass.h"
#include "archive/archive_process.h"
#include "check/check_list.h"
#include "commands/commands.h"
#include "diff/diff_markdown.h"
#include "diff/diff_report.h"
#include "diff/difference.h"
#include "diff/inputs.h"
#include "format/format.h"
#include "lists/list_name.h"
#include "options/backend.h"
#include "output/output.h"
#include "reuse/reuse.h"
#include "util/message.h"

struct settings {
    struct source_settings source;
    struct archive_settings archives;
    struct format format;
    struct threshold threshold;
    const char *strip;
    enum report report;
    bool markdown;
    const char *reuse; /* a list, or NULL */
    bool trusts_times;
    bool text;
};

static const struct option_spec options[] = {
    OPTIONS_HEADING("Similarity:"),
    {0, "text", NULL, "also compute the Text-Codes of directories: near is what is near by either code",
     SETS_FLAG(struct settings, text)},
    OPTIONS_THRESHOLD(struct settings, threshold, NULL),
    OPTIONS_HEADING("Names:"),
    OPTION_STRIP("", struct settings, strip, NULL),
    OPTIONS_HEADING("Output:"),
    {'q', "quiet", NULL, "print only the counts", SETS_VALUE(struct settings, report, REPORT_QUIET)},
    {0, "status", NULL, "print nothing; only set the exit status", SETS_VALUE(struct settings, report, REPORT_STATUS)},
    {0, "json", NULL, "print JSON Lines: one object for each finding, and one that counts them",
     SETS_FLAG(struct settings, format.json)},
    {0, "markdown", NULL, "print tables in Markdown for the summary of a CI job: the counts, then the findings",
     NOT_WITH("--json", SETS_FLAG(struct settings, markdown))},
    {'z', "zero", NULL, "lines of the lists and of the output end with NUL, and names are not escaped",
     NOT_WITH("--markdown", SETS_FLAG(struct settings, format.zero))},
    OPTIONS_OUTPUT,
    OPTIONS_HEADING("What is hashed:"),
    OPTION_ARCHIVES(struct settings, archives),
    OPTIONS_ARCHIVE_LIMITS(struct settings, archives, NULL),
    OPTIONS_FILTER("", struct settings, source.filter),
    OPTION_REUSE(struct settings, reuse, NULL),
    OPTION_TRUST_REUSED(struct settings, trusts_times),
    OPTIONS_HEADING("Other:"),
    OPTIONS_PROGRESS,
    OPTIONS_THREADS,
    OPTIONS_COMMON,
};

struct reporter {
    const struct settings *settings;
    struct output *output;
    struct diff_markdown markdown;
    bool has_failed; /* memory was short for a finding */
};

static void report(void *context, const struct difference *difference)
{
    struct reporter *reporter = context;

    if (reporter->settings->report != REPORT_ALL)
        return;
    if (reporter->settings->markdown)
        reporter->has_failed = !diff_markdown_add(&reporter->markdown, difference) || reporter->has_failed;
    else
        diff_report_difference(reporter->output, &reporter->settings->format, difference);
}

static void report_counts(const struct reporter *reporter, const struct invocation *invocation,
                          const struct difference_counts *counts)
{
    const struct settings *settings = reporter->settings;
    uint64_t different = 0;

    for (size_t i = 0; i < DIFFERENCES; i++)
        different += counts->kinds[i];
    if (different > 0)
        status_raise(STATUS_DIFFERENT);
    if (settings->report != REPORT_STATUS && settings->markdown)
        diff_markdown_write(reporter->output, &reporter->markdown, counts);
    else if (settings->report != REPORT_STATUS && (different > 0 || settings->format.json))
        diff_report_counts(reporter->output, &settings->format, invocation->arguments[0], invocation->arguments[1],
                           counts);
}

/* False, after a message, if there is nothing to report. */
static bool compare(const struct invocation *invocation, const struct settings *settings, struct output *output)
{
    struct reporter reporter = {.settings = settings, .output = output};
    const bool writes_objects = settings->format.json && settings->report != REPORT_STATUS;
    const struct load load = {
        .hash = {.flags = ISCC_WIDE, .text = settings->text, .trusts_times = settings->trusts_times, .output = output},
        .reuse = settings->reuse,
        .source = &settings->source,
        .archives = settings->archives,
        .threads = invocation->threads,
        .failures = writes_objects ? output : NULL,
        .reads_groups = true,
        .strip = settings->strip,
        .zero = settings->format.zero};
    struct difference_counts counts;
    struct diff_inputs inputs;

    const struct operands operands = invocation_operands(invocation);
    bool done = diff_inputs_read(&inputs, operands.arguments, &load);
    if (done && inputs.old.count == 0 && inputs.new.count == 0 && status_get() == STATUS_OK)
        message_finding(STATUS_OK, NULL, "nothing to compare: no file");
    if (done) {
        const struct difference_task task = {.old = &inputs.old,
                                             .new = &inputs.new,
                                             .old_label = invocation->arguments[0],
                                             .new_label = invocation->arguments[1],
                                             .threshold = settings->threshold,
                                             .report = report,
                                             .context = &reporter};
        done = difference_find(&task, &counts);
    }
    if (done && reporter.has_failed)
        message_error(NULL, strerror(ENOMEM));
    else if (done)
        report_counts(&reporter, invocation, &counts);
    diff_markdown_free(&reporter.markdown);
    diff_inputs_free(&inputs);
    return done && !reporter.has_failed;
}

static void print_differences(const struct invocation *invocation, const struct settings *settings)
{
    struct output *output = output_open(invocation->output, format_terminator(&settings->format));

    if (output == NULL)
        return;
    if (compare(invocation, settings, output))
        output_finish(output);
    else
        output_abandon(output);
}

static bool prepare(const struct invocation *invocation, void *context)
{
    const struct settings *settings = context;
    const struct operands operands = invocation_operands(invocation);

    if (settings->archives.wanted && settings->reuse != NULL) {
        message_usage(command_diff.name, "the --reuse option is meaningless with --archives");
        return false;
    }
    if (!settings->archives.wanted && !archive_pass_is_for_any(operands.arguments, operands.count))
        return true;
    return archive_process_start(invocation_is_sandboxed(invocation));
}

static void run(struct invocation *invocation)
{
    struct settings settings = {.threshold = THRESHOLD_DEFAULT};

    invocation->prepare = prepare;
    if (invocation_parse(invocation, &settings) && invocation_is_of_two(invocation) && backend_is_usable())
        print_differences(invocation, &settings);
    filter_free(&settings.source.filter);
}

const struct command command_diff = {
    .name = "diff",
    .synopsis = "[OPTION]... OLD NEW",
    .summary = "show what was added, removed, changed or moved between two lists",
    .about = "Print which files were added, removed, changed or moved between OLD and NEW, and how much they changed. "
             "Each of the two is a list that sum printed, in text or JSON, - for a list from standard input, a "
             "directory, or an archive. The exit status is 0 if everything is the same, 1 if something differs, and 2 "
             "if something "
             "went wrong.",
    .examples = "iscc diff codes photos\niscc diff --json v1 v2",
    .options = options,
    .run = run,
};
