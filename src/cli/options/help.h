/* SPDX-License-Identifier: Apache-2.0 */
/* Prints --help, from the option tables, and --version. */
#ifndef HELP_H
#define HELP_H

#include <stdbool.h>

#include "options/command.h"

/* `commands` is NULL-terminated. */
void help_program(const struct command *const *commands);
void help_command(const struct command *command);
void help_version(bool is_verbose);

#endif
