/* SPDX-License-Identifier: Apache-2.0 */
/* iscc help: the same as --help. */
#include <stddef.h>
#include <string.h>

#include "commands/commands.h"
#include "options/help.h"
#include "options/suggestion.h"
#include "util/message.h"

static const struct option_spec options[] = {
    OPTIONS_HEADING("Other:"),
    OPTIONS_COMMON,
};

static void help_of(const struct invocation *invocation, const char *name)
{
    for (const struct command *const *command = invocation->commands; *command != NULL; command++)
        if (strcmp((*command)->name, name) == 0) {
            help_command(*command);
            return;
        }
    const char *nearest = suggestion_of_command(invocation->commands, name, strlen(name));
    if (nearest != NULL)
        message_usage(NULL, "unknown command '%s'; did you mean '%s'?", name, nearest);
    else
        message_usage(NULL, "unknown command '%s'", name);
}

static void run(struct invocation *invocation)
{
    if (!invocation_parse(invocation, NULL))
        return;
    if (invocation->count == 0)
        help_program(invocation->commands);
    else if (invocation->count == 1)
        help_of(invocation, invocation->arguments[0]);
    else
        message_usage(command_help.name, "extra operand '%s'", invocation->arguments[1]);
}

const struct command command_help = {
    .name = "help",
    .synopsis = "[OPTION]... [COMMAND]",
    .summary = "explain a command and its options",
    .about = "Print what 'iscc COMMAND --help' prints, or, without COMMAND, what 'iscc --help' prints.",
    .examples = "iscc help check",
    .options = options,
    .operands = COMMAND_WORDS,
    .run = run,
};
