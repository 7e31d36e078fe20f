/* SPDX-License-Identifier: Apache-2.0 */
/* Scripts by which shells complete command lines of the program, made from the tables of options. */
#ifndef COMPLETIONS_H
#define COMPLETIONS_H

#include "options/options.h"
#include "output/output.h"

/* Each writes the script for its shell. */
void completions_bash(struct output *output, const struct command *const *commands);
void completions_zsh(struct output *output, const struct command *const *commands);
void completions_fish(struct output *output, const struct command *const *commands);

/* What stands for the value of an option. */
enum value_kind { VALUE_NONE, VALUE_FILE, VALUE_DIRECTORY, VALUE_WORD, VALUE_OTHER };
enum value_kind completions_value_kind(const struct option_spec *option);

/* The part of a script that no table has a say in, up to a NULL. */
void completions_lines(struct output *output, const char *const lines[]);

/* The names of all commands, with a blank between. */
void completions_commands(struct output *output, const struct command *const *commands);

/* Writes `text` with a backslash before each byte of `specials`, and with `apostrophe` for each apostrophe. */
void completions_quoted(struct output *output, const char *text, const char *specials, const char *apostrophe);

/* Calls back for each option of all commands, of which those with the same name are one. */
void completions_each_option(struct output *output, const struct command *const *commands,
                             void (*visit)(struct output *output, const struct option_spec *option));

#endif
