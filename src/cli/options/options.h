/* SPDX-License-Identifier: Apache-2.0 */
/* Parses command lines with the option tables of command.h. */
#ifndef OPTIONS_H
#define OPTIONS_H

#include "options/command.h"
#include "options/operands.h"

/* Finds the name of the command, if there is one, and removes it from the arguments. */
struct invocation invocation_make(const struct command *const *commands, char **arguments, int count);

/*
 * Parses the options, which may come anywhere before `--`, into the settings, and leaves only the operands in the
 * invocation. `settings` may be NULL if the command has no settings. Returns false if there is nothing left to do: the
 * help or the version was printed, or there was a usage error. If it returns true, the process may be in its sandbox.
 */
bool invocation_parse(struct invocation *invocation, void *settings);

/* Whether the option with this long name was given. */
bool invocation_has(const struct invocation *invocation, const char *name);

/* Whether the process enters its sandbox once the options are known. */
bool invocation_is_sandboxed(const struct invocation *invocation);

/* The operands, after invocation_parse. */
struct operands invocation_operands(const struct invocation *invocation);

/* Whether there are two operands, not both standard input. Returns false after a usage error. */
bool invocation_is_of_two(const struct invocation *invocation);

#endif
