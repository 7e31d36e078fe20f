/* SPDX-License-Identifier: Apache-2.0 */
/* What --help and --version print, made from the option tables. */
#ifndef HELP_H
#define HELP_H

#include <stdbool.h>

#include "options/command.h"

/* `commands`: every one, ended by NULL. */
void help_program(const struct command *const *commands);
void help_command(const struct command *command);
void help_version(bool is_verbose);

#endif
