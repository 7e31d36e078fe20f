/* SPDX-License-Identifier: Apache-2.0 */
/* Stores the value of an option in a struct. */
#ifndef OPTION_VALUE_H
#define OPTION_VALUE_H

#include <stdbool.h>

#include "options/command.h"

/* Stores the value in the struct at `base`, as the option's row says. Returns false after a message if the value is
 * invalid; `command` is the name of the command. */
bool option_store(const struct option_spec *option, const char *value, void *base, const char *command);

#endif
