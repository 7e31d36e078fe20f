/* SPDX-License-Identifier: Apache-2.0 */
/* The commands; cmd_NAME.c defines command_NAME. */
#ifndef COMMANDS_H
#define COMMANDS_H

#include "options/options.h"

/* All commands, NULL-terminated; the first one is the default. The words are their names. */
extern const struct command *const commands[];
#define COMMAND_WORDS                                                                                                  \
    "sum check update diff walk similar merge decode compose compare gen selftest bench completions help version"

extern const struct command command_bench;
extern const struct command command_check;
extern const struct command command_compare;
extern const struct command command_completions;
extern const struct command command_compose;
extern const struct command command_decode;
extern const struct command command_diff;
extern const struct command command_gen;
extern const struct command command_help;
extern const struct command command_merge;
extern const struct command command_selftest;
extern const struct command command_similar;
extern const struct command command_sum;
extern const struct command command_update;
extern const struct command command_version;
extern const struct command command_walk;

#endif
