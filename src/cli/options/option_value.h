/* SPDX-License-Identifier: Apache-2.0 */
/* Values of options on their way into a struct. */
#ifndef OPTION_VALUE_H
#define OPTION_VALUE_H

#include <stdbool.h>

#include "options/command.h"

/* Stores what the option's row says into the struct at `base`. False after a message, for which `command` is the name
 * of the command. */
bool option_store(const struct option_spec *option, const char *value, void *base, const char *command);

#endif
