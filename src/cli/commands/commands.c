/* SPDX-License-Identifier: Apache-2.0 */
/* The list of commands. */
#include "commands/commands.h"

#include <stddef.h>

const struct command *const commands[] = {
    &command_sum,   &command_check,       &command_update,  &command_diff,    &command_walk, &command_similar,
    &command_merge, &command_decode,      &command_compose, &command_compare, &command_gen,  &command_selftest,
    &command_bench, &command_completions, &command_help,    &command_version, NULL};
