/* SPDX-License-Identifier: Apache-2.0 */
/* iscc completions: prints shell completion scripts. */
#include <stddef.h>
#include <string.h>

#include "commands/commands.h"
#include "options/completions.h"
#include "util/message.h"

static const struct {
    const char *name;
    void (*write)(struct output *output, const struct command *const *commands);
} shells[] = {{"bash", completions_bash}, {"zsh", completions_zsh}, {"fish", completions_fish}};

static const struct option_spec options[] = {
    OPTIONS_HEADING("Output:"),
    OPTIONS_OUTPUT,
    OPTIONS_HEADING("Other:"),
    OPTIONS_COMMON,
};

static bool has_one_operand(const struct invocation *invocation)
{
    if (invocation->count == 1)
        return true;
    if (invocation->count == 0)
        message_usage(command_completions.name, "missing operand");
    else
        message_usage(command_completions.name, "extra operand '%s'", invocation->arguments[1]);
    return false;
}

static void run(struct invocation *invocation)
{
    size_t i = 0;

    if (!invocation_parse(invocation, NULL) || !has_one_operand(invocation))
        return;
    while (i < sizeof shells / sizeof shells[0] && strcmp(shells[i].name, invocation->arguments[0]) != 0)
        i++;
    if (i == sizeof shells / sizeof shells[0]) {
        message_usage(command_completions.name, "unknown shell '%s' (bash, zsh or fish)", invocation->arguments[0]);
        return;
    }
    struct output *output = output_open(invocation->output, '\n');
    if (output == NULL)
        return;
    shells[i].write(output, invocation->commands);
    output_finish(output);
}

const struct command command_completions = {
    .name = "completions",
    .synopsis = "[OPTION]... SHELL",
    .summary = "print a script that lets a shell complete command lines",
    .about = "Print a script that lets SHELL, which is bash, zsh or fish, complete commands, options and their values.",
    .examples = "source <(iscc completions bash)",
    .options = options,
    .operands = "bash zsh fish",
    .run = run,
};
