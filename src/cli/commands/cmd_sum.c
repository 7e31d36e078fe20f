/* SPDX-License-Identifier: Apache-2.0 */
/* iscc sum: prints codes of files, directories and standard input. */
#include <stdlib.h>

#include "archive/archive_process.h"
#include "check/check.h"
#include "commands/commands.h"
#include "options/backend.h"
#include "reuse/reuse.h"
#include "sum/sum.h"
#include "util/message.h"

struct settings {
    struct sum_settings sum;
    bool checks; /* -c */
    struct check_settings check;
};

static const struct option_spec options[] = {
    OPTIONS_HEADING("Output:"),
    OPTIONS_FORMAT(struct settings, sum.format),
    {0, "tag", NULL, "print BSD-style lines: ISCC-SUM (NAME) = ISCC:...",
     NOT_WITH("--check", SETS_FLAG(struct settings, sum.format.tag))},
    {0, "narrow", NULL, "print the 128-bit code of ISO 24138:2024 instead of the 256-bit WIDE code",
     NOT_WITH("--check", SETS_VALUE(struct settings, sum.hash.flags, ISCC_NARROW))},
    {0, "units", NULL, "also print the 256-bit Data-Code and Instance-Code of each file",
     NOT_WITH("--check", SETS_FLAG(struct settings, sum.format.units))},
    {0, "text", NULL, "with --json or --units: also print the Text-Code of each file that is text",
     NOT_WITH("--check", SETS_FLAG(struct settings, sum.format.text))},
    {0, "stat", NULL, "with --json: add the times of each file, so that check can tell bit rot from an edit",
     ONLY_WITH("--json", NOT_WITH("--check", SETS_FLAG(struct settings, sum.format.stat)))},
    {0, "trust-times", NULL,
     "with --stat, --reuse or -c: use times on any file system, and of files that have just changed",
     SETS_FLAG(struct settings, sum.hash.trusts_times)},
    OPTIONS_OUTPUT,
    OPTIONS_HEADING("What is hashed:"),
    {'t', "tree", NULL, "print one code for each directory: that of all its files, concatenated in order",
     NOT_WITH("--check", SETS_FLAG(struct settings, sum.source.trees))},
    OPTION_ARCHIVES(struct settings, sum.archives),
    OPTIONS_ARCHIVE_LIMITS(struct settings, sum.archives, "--archives"),
    OPTIONS_SOURCE(struct settings, sum.source, "--check"),
    OPTIONS_HEADING("Long runs:"),
    OPTION_REUSE(struct settings, sum.reuse, "--check"),
    {0, "resume", NULL, "with --stat and -o: keep finished lines in FILE.part, and go on where an earlier run ended",
     LEAVES_RESULTS(ONLY_WITH("--stat", NOT_WITH("--tree", SETS_FLAG(struct settings, sum.resumes))))},
    {0, "shard", "K/N", "hash only the files of the K-th of N shards, for iscc merge",
     LEAVES_RESULTS(NOT_WITH("--check", CALLS(struct settings, sum.shard, shard_set, 0)))},
    OPTIONS_HEADING("Checking:"),
    {'c', "check", NULL, "read lists from the FILEs and check them, as iscc check does",
     SETS_FLAG(struct settings, checks)},
    OPTIONS_CHECK("with -c: ", struct settings, check, "--check"),
    OPTIONS_HEADING("Other:"),
    OPTIONS_PROGRESS,
    OPTIONS_THREADS,
    OPTIONS_COMMON,
};

/* BSD-style lines have no mark for members, and what is kept of an earlier run has whole files only. */
static bool prepare(const struct invocation *invocation, void *context)
{
    static const char *const others[] = {"tag", "tree", "reuse", "resume", "shard"};
    const struct settings *settings = context;

    if (!settings->sum.archives.wanted)
        return true;
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (invocation_has(invocation, others[i])) {
            message_usage(command_sum.name, "the --%s option is meaningless with --archives", others[i]);
            return false;
        }
    return archive_process_start(invocation_is_sandboxed(invocation));
}

static void run(struct invocation *invocation)
{
    struct settings settings = {.sum = {.hash = {.flags = ISCC_WIDE}}};
    struct sum_settings *sum = &settings.sum;

    invocation->text = &sum->command;
    invocation->prepare = prepare;
    if (!invocation_parse(invocation, &settings) || !backend_is_usable())
        goto out;
    if (settings.checks) {
        const struct operands lists = invocation_operands(invocation);
        settings.check.filter = sum->source.filter;
        settings.check.archives = sum->archives;
        settings.check.zero = sum->format.zero;
        settings.check.json = sum->format.json;
        settings.check.trusts_times = sum->hash.trusts_times;
        settings.check.threads = invocation->threads;
        check_lists(&lists, invocation->output, &settings.check);
    } else if (sum->resumes && invocation->output == NULL) {
        message_usage(command_sum.name, "the --resume option is meaningful only with --output");
    } else {
        const struct operands operands = invocation_operands(invocation);
        sum->output = invocation->output;
        sum->threads = invocation->threads;
        sum_operands(&operands, sum);
    }
out:
    free(settings.check.trees);
    command_text_free(&sum->command);
    filter_free(&sum->source.filter);
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
