/* SPDX-License-Identifier: Apache-2.0 */
/* iscc selftest: tests the functions of ISO 24138 that this program computes codes with. */
#include "commands/commands.h"
#include "generate/selftest.h"
#include "options/backend.h"
#include "util/message.h"

struct settings {
    bool is_quiet;
};

static const struct option_spec options[] = {
    OPTIONS_HEADING("Output:"),
    {'q', "quiet", NULL, "print only the cases that do not agree", SETS_FLAG(struct settings, is_quiet)},
    OPTIONS_HEADING("Other:"),
    OPTIONS_COMMON,
};

static void run(struct invocation *invocation)
{
    struct settings settings = {.is_quiet = false};

    if (!invocation_parse(invocation, &settings) || !backend_is_usable())
        return;
    if (invocation->count > 1) {
        message_usage(command_selftest.name, "extra operand '%s'", invocation->arguments[1]);
        return;
    }
    struct output *output = output_open(NULL, '\n');
    if (output == NULL)
        return;
    selftest_run(output, invocation->count > 0 ? invocation->arguments[0] : NULL, settings.is_quiet);
    output_finish(output);
}

const struct command command_selftest = {
    .name = "selftest",
    .synopsis = "[OPTION]... [FILE]",
    .summary = "test the functions of ISO 24138",
    .about = "Compute the codes of a built-in set of inputs, or of those in FILE, which has the form of the standard's "
             "conformance file, and compare every field of the results. The exit status is 0 if all agree, 1 if one "
             "does not, and 2 if something went wrong.",
    .examples = "iscc selftest",
    .options = options,
    .run = run,
};
