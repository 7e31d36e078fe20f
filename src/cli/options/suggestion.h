/* SPDX-License-Identifier: Apache-2.0 */
/* Names the command or option that a mistyped word probably means. */
#ifndef SUGGESTION_H
#define SUGGESTION_H

#include "options/command.h"

/* Return the name nearest to `size` bytes at `word`, or NULL if none is near: at most two bytes inserted, removed,
 * replaced or, two neighbours, exchanged; one in a word of less than six bytes; and fewer than the word has. For an
 * option, two bytes or more of its beginning are near. */
const char *suggestion_of_command(const struct command *const *commands, const char *word, size_t size);
const char *suggestion_of_option(const struct command *command, const char *word, size_t size);

#endif
