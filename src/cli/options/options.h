/* SPDX-License-Identifier: Apache-2.0 */
/* The parser of command lines, which reads the tables of command.h. */
#ifndef OPTIONS_H
#define OPTIONS_H

#include "options/command.h"

/* The long name of an option that the command has. */
const char *command_option_name(const struct command *command, int key);

/* Finds the command word, if there is one, and takes it out of the arguments. */
struct invocation invocation_make(const struct command *const *commands, char **arguments, int count);

/*
 * Parses the options, which may stand anywhere before `--`, and leaves the operands in the invocation. `set` is called
 * for each option of the command with its key and value and returns false, after a message, for a bad value; it may be
 * NULL where the invocation has all there is to keep. False is returned where nothing is left to do: after a usage
 * error, --help or --version. Where true is returned, the process may be in its sandbox.
 */
bool invocation_parse(struct invocation *invocation, bool (*set)(void *settings, int key, const char *value),
                      void *settings);

/* Whether there are two operands, of which one at most is standard input. False after a usage error. */
bool invocation_is_of_two(const struct invocation *invocation);

#endif
