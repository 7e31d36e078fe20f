/* SPDX-License-Identifier: Apache-2.0 */
/* iscc version: the same as --version. */
#include <stddef.h>

#include "commands/commands.h"
#include "options/help.h"
#include "util/message.h"

static const struct option_spec options[] = {
    OPTIONS_HEADING("Other:"),
    OPTIONS_COMMON,
};

static void run(struct invocation *invocation)
{
    if (!invocation_parse(invocation, NULL))
        return;
    if (invocation->count == 0)
        help_version(false);
    else
        message_usage(command_version.name, "extra operand '%s'", invocation->arguments[0]);
}

const struct command command_version = {
    .name = "version",
    .synopsis = "[OPTION]...",
    .summary = "print the version",
    .about = "Print what 'iscc --version' prints; 'iscc --version --verbose' tells more.",
    .examples = "iscc version",
    .options = options,
    .operands = "",
    .run = run,
};
