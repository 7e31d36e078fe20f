/* SPDX-License-Identifier: Apache-2.0 */
/* iscc update: brings a list up to date. */
#include <string.h>

#include "archive/archive_process.h"
#include "commands/commands.h"
#include "lists/list_name.h"
#include "options/backend.h"
#include "update/accepted.h"
#include "update/update.h"
#include "util/message.h"

static const struct option_spec options[] = {
    OPTIONS_HEADING("Updating:"),
    {'n', "dry-run", NULL, "only report; leave the list unchanged", SETS_FLAG(struct update_settings, dry_run)},
    {0, "recheck", NULL, "also read files that have not changed according to their times",
     SETS_FLAG(struct update_settings, recheck)},
    {0, "allow-empty", NULL, "remove lines even if nothing of a PATH, or without PATH nothing at all, is left",
     SETS_FLAG(struct update_settings, limit.allows_empty)},
    {0, "max-removed", "N", "leave the list unchanged if more than N lines, or N% of them, would be removed",
     CALLS(struct update_settings, limit, removal_limit_set, 0)},
    {0, "accept", "GLOB", "list the new content of rotten and suspect files that match GLOB, a pattern of gitignore",
     CALLS(struct update_settings, accepted, accepted_add, true)},
    {0, "trust-times", NULL, "use times on any file system, and of files that have just changed",
     SETS_FLAG(struct update_settings, trusts_times)},
    OPTION_STRIP("", struct update_settings, source.strip, NULL),
    OPTIONS_HEADING("Output:"),
    {'q', "quiet", NULL, "do not print lines for single files", SETS_FLAG(struct update_settings, quiet)},
    {0, "json", NULL, "print the report as JSON Lines; the list keeps its format",
     SETS_FLAG(struct update_settings, format.json)},
    {'z', "zero", NULL, "lines of the list and of the report end with NUL, and names are not escaped",
     SETS_FLAG(struct update_settings, format.zero)},
    OPTIONS_HEADING("What is hashed:"),
    OPTION_ARCHIVES(struct update_settings, archives),
    OPTIONS_ARCHIVE_LIMITS(struct update_settings, archives, "--archives"),
    OPTIONS_FILTER("of the PATHs: ", struct update_settings, source.filter),
    OPTIONS_HEADING("Other:"),
    OPTIONS_PROGRESS,
    OPTIONS_THREADS,
    OPTIONS_COMMON,
};

/* Standard input cannot be replaced, and if it were in a list, the next update could not hash it again. */
static bool operands_are_paths(const struct invocation *invocation)
{
    if (invocation->count == 0) {
        message_usage(command_update.name, "missing operand: the list to update");
        return false;
    }
    for (int i = 0; i < invocation->count; i++)
        if (strcmp(invocation->arguments[i], "-") == 0) {
            message_usage(command_update.name, "standard input cannot be %s", i == 0 ? "updated" : "a path to list");
            return false;
        }
    return true;
}

static bool prepare(const struct invocation *invocation, void *context)
{
    const struct update_settings *settings = context;
    return !settings->archives.wanted || archive_process_start(invocation_is_sandboxed(invocation));
}

static void run(struct invocation *invocation)
{
    struct update_settings settings = {.recheck = false};

    invocation->prepare = prepare;
    if (invocation_parse(invocation, &settings) && operands_are_paths(invocation) && backend_is_usable()) {
        const struct operands operands = invocation_operands(invocation);
        settings.threads = invocation->threads;
        update_list(&operands, &settings);
    }
    filter_free(&settings.source.filter);
    filter_free(&settings.accepted);
}

const struct command command_update = {
    .name = "update",
    .synopsis = "[OPTION]... LIST [PATH]...",
    .summary = "bring a list up to date",
    .about =
        "Bring LIST up to date with what sum would print for the PATHs now: add new files, remove those that are gone, "
        "and hash those that have changed. Without PATH, check only the files that LIST names. LIST is replaced "
        "completely or not at all. A file is not read if LIST has its times (sum --json --stat) and they have not "
        "changed.",
    .examples = "iscc update codes.json photos\niscc update --dry-run codes.json photos",
    .options = options,
    .replaces_operand = true,
    .run = run,
};
