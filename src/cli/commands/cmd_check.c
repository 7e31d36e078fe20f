/* SPDX-License-Identifier: Apache-2.0 */
/* iscc check: compares files with the codes in lists. */
#include <stdlib.h>

#include "archive/archive_process.h"
#include "check/check.h"
#include "commands/commands.h"
#include "options/backend.h"

struct settings {
    struct check_settings check;
};

static const struct option_spec options[] = {
    OPTIONS_HEADING("Checking:"),
    OPTIONS_CHECK("", struct settings, check, NULL),
    {0, "trust-times", NULL, "tell bit rot from edits by the listed times on any file system",
     SETS_FLAG(struct settings, check.trusts_times)},
    OPTIONS_HEADING("What is hashed:"),
    OPTION_ARCHIVES(struct settings, check.archives),
    OPTIONS_ARCHIVE_LIMITS(struct settings, check.archives, "--archives"),
    OPTIONS_FILTER("in directories: ", struct settings, check.filter),
    OPTIONS_HEADING("Output:"),
    {0, "json", NULL, "print JSON Lines: one object for each line of the lists",
     SETS_FLAG(struct settings, check.json)},
    {'z', "zero", NULL, "lines of the lists end with NUL, and names are not escaped",
     SETS_FLAG(struct settings, check.zero)},
    OPTIONS_OUTPUT,
    OPTIONS_HEADING("Other:"),
    OPTIONS_PROGRESS,
    OPTIONS_THREADS,
    OPTIONS_COMMON,
};

static bool prepare(const struct invocation *invocation, void *context)
{
    const struct settings *settings = context;
    return !settings->check.archives.wanted || archive_process_start(invocation_is_sandboxed(invocation));
}

static void run(struct invocation *invocation)
{
    struct settings settings = {.check = {.report = REPORT_ALL}};

    invocation->prepare = prepare;
    if (invocation_parse(invocation, &settings) && backend_is_usable()) {
        const struct operands lists = invocation_operands(invocation);
        settings.check.threads = invocation->threads;
        check_lists(&lists, invocation->output, &settings.check);
    }
    free(settings.check.trees);
    filter_free(&settings.check.filter);
}

const struct command command_check = {
    .name = "check",
    .synopsis = "[OPTION]... [LIST]...",
    .summary = "check files against lists of content codes",
    .about = "Read lists of codes that sum printed, in text or JSON, and check that the files still have these codes. "
             "With no LIST, or if it is -, read standard input.",
    .examples = "iscc check codes\niscc check --quiet --base=/mnt/backup codes",
    .options = options,
    .run = run,
};
