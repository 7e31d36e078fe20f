/* SPDX-License-Identifier: Apache-2.0 */
/* The parser of command lines, which reads the tables of command.h. */
#ifndef OPTIONS_H
#define OPTIONS_H

#include "options/command.h"
#include "options/operands.h"

/* The first option of a table from this row on; NULL at its end. */
const struct option_spec *option_from(const struct option_spec *row);

/* Finds the command word, if there is one, and takes it out of the arguments. */
struct invocation invocation_make(const struct command *const *commands, char **arguments, int count);

/*
 * Parses the options, which may stand anywhere before `--`, into the settings, which may be NULL where no option goes
 * there, and leaves the operands in the invocation. False is returned where nothing is left to do: after --help,
 * --version, or a message for what is wrong with an option, its value, or options together. Where true is returned, the
 * process may be in its sandbox.
 */
bool invocation_parse(struct invocation *invocation, void *settings);

/* Whether the option of this long name was given. */
bool invocation_has(const struct invocation *invocation, const char *name);

/* What is left when the options are parsed. */
struct operands invocation_operands(const struct invocation *invocation);

/* Whether there are two operands, of which one at most is standard input. False after a usage error. */
bool invocation_is_of_two(const struct invocation *invocation);

#endif
