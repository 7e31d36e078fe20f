/* SPDX-License-Identifier: Apache-2.0 */
/* iscc update: brings a list up to date. */
#include <string.h>

#include "commands/commands.h"
#include "options/backend.h"
#include "update/update.h"
#include "util/message.h"

static const struct option_spec options[] = {
    {'n', "dry-run", NULL, "only report; the list stays as it is"},
    {OPTION_RECHECK, "recheck", NULL, "also read files that have not changed according to their times"},
    {'q', "quiet", NULL, "print no line for single files"},
    {OPTION_JSON, "json", NULL, "print the report as JSON Lines; the list keeps its form"},
    {'z', "zero", NULL, "lines of the list and of the report end with NUL, and names are not escaped"},
    OPTIONS_THREADS,
    OPTIONS_FILTER("of the PATHs: "),
    OPTIONS_COMMON,
};

static bool set_option(void *context, int key, const char *value)
{
    struct update_settings *settings = context;

    switch (key) {
    case 'n':
        settings->dry_run = true;
        break;
    case OPTION_RECHECK:
        settings->recheck = true;
        break;
    case 'q':
        settings->quiet = true;
        break;
    default:
        return format_set_option(&settings->format, key) ||
               filter_set_option(&settings->source.filter, command_update.name, key, value);
    }
    return true;
}

/* Standard input can be neither replaced nor, as a part of a list, looked for again. */
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

static void run(struct invocation *invocation)
{
    struct update_settings settings = {.recheck = false};

    if (invocation_parse(invocation, set_option, &settings) && operands_are_paths(invocation) && backend_is_usable())
        update_list(invocation, &settings);
    filter_free(&settings.source.filter);
}

const struct command command_update = {
    .name = "update",
    .synopsis = "[OPTION]... LIST [PATH]...",
    .summary = "bring a list up to date",
    .about =
        "Make LIST what sum would print of the PATHs now: add new files, remove those that are gone, and hash what "
        "has changed. Without PATH, look only at the files that LIST names. LIST is replaced by all or nothing. "
        "Files are not read where LIST has their times (sum --json --stat) and these have not changed.",
    .options = options,
    .replaces_operand = true,
    .run = run,
};
