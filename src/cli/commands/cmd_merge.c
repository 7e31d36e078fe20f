/* SPDX-License-Identifier: Apache-2.0 */
/* iscc merge: puts the parts of a run together. */
#include <stddef.h>

#include "commands/commands.h"
#include "merge/merge.h"
#include "util/message.h"

static const struct option_spec options[] = {
    OPTIONS_HEADING("Output:"),
    OPTIONS_OUTPUT,
    OPTIONS_HEADING("Other:"),
    OPTIONS_COMMON,
};

static void run(struct invocation *invocation)
{
    if (!invocation_parse(invocation, NULL))
        return;
    const struct operands operands = invocation_operands(invocation);
    if (operands.count == 0)
        message_usage(command_merge.name, "missing operand: the parts to merge");
    else
        merge_parts(&operands, invocation->output);
}

const struct command command_merge = {
    .name = "merge",
    .synopsis = "[OPTION]... PART...",
    .summary = "put the parts of a run together",
    .about =
        "Print what one run of sum would have printed. Each PART is the output of sum --shard=K/N, for each K from "
        "1 to N, with the same options and operands; their order does not matter. A PART that is missing, there "
        "twice, incomplete or of another run is an error.",
    .examples =
        "iscc sum --shard=1/2 -o part.1 photos\niscc sum --shard=2/2 -o part.2 photos\niscc merge -o codes part.*",
    .options = options,
    .run = run,
};
