/* SPDX-License-Identifier: Apache-2.0 */
/* Shell completion scripts, generated from the option tables. */
#ifndef COMPLETIONS_H
#define COMPLETIONS_H

#include "options/options.h"
#include "output/output.h"

void completions_bash(struct output *output, const struct command *const *commands);
void completions_zsh(struct output *output, const struct command *const *commands);
void completions_fish(struct output *output, const struct command *const *commands);

/* What to complete as the value of an option. */
enum value_kind { VALUE_NONE, VALUE_FILE, VALUE_DIRECTORY, VALUE_WORD, VALUE_OTHER };
enum value_kind completions_value_kind(const struct option_spec *option);

/* Writes fixed lines of a script. `lines` is NULL-terminated. */
void completions_lines(struct output *output, const char *const lines[]);

/* Writes the names of all commands, separated by blanks. */
void completions_commands(struct output *output, const struct command *const *commands);

/* Writes `text` with a backslash before each byte of `specials`, and with `apostrophe` in place of each apostrophe. */
void completions_quoted(struct output *output, const char *text, const char *specials, const char *apostrophe);

/* Calls `visit` once for each option name, however many commands have that option. */
void completions_each_option(struct output *output, const struct command *const *commands,
                             void (*visit)(struct output *output, const struct option_spec *option));

#endif
