/* SPDX-License-Identifier: Apache-2.0 */
/* iscc version: the same as --version. */
#include <stddef.h>

#include "commands/commands.h"
#include "options/help.h"
#include "util/message.h"

static const struct option_spec options[] = {
    OPTIONS_HEADING("Other:"),
    OPTIONS_ALWAYS,
    OPTION_VERBOSE("", IN_INVOCATION(SETS_FLAG(struct invocation, is_verbose))),
    OPTIONS_END,
};

static void run(struct invocation *invocation)
{
    if (!invocation_parse(invocation, NULL))
        return;
    if (invocation->count == 0)
        help_version(invocation->is_verbose);
    else
        message_usage(command_version.name, "extra operand '%s'", invocation->arguments[0]);
}

const struct command command_version = {
    .name = "version",
    .synopsis = "[OPTION]...",
    .summary = "print the version",
    .about = "Print what 'iscc --version' prints.",
    .examples = "iscc version --verbose",
    .options = options,
    .operands = "",
    .run = run,
};
