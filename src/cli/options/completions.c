/* SPDX-License-Identifier: Apache-2.0 */
/* Helpers shared by the scripts for all shells. */
#include "options/completions.h"

#include <stddef.h>
#include <string.h>

/* The value names that say what kind of value an option takes. */
static const struct {
    const char *name;
    enum value_kind kind;
} values[] = {{"FILE", VALUE_FILE}, {"QUERY", VALUE_FILE}, {"DIR", VALUE_DIRECTORY}};

enum value_kind completions_value_kind(const struct option_spec *option)
{
    if (option->value_name == NULL)
        return VALUE_NONE;
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
        if (strcmp(option->value_name, values[i].name) == 0)
            return values[i].kind;
    return option->words != NULL ? VALUE_WORD : VALUE_OTHER;
}

void completions_lines(struct output *output, const char *const lines[])
{
    for (; *lines != NULL; lines++) {
        output_string(output, *lines);
        output_string(output, "\n");
    }
}

void completions_commands(struct output *output, const struct command *const *commands)
{
    for (const struct command *const *command = commands; *command != NULL; command++) {
        output_string(output, command == commands ? "" : " ");
        output_string(output, (*command)->name);
    }
}

void completions_quoted(struct output *output, const char *text, const char *specials, const char *apostrophe)
{
    for (; *text != '\0'; text++) {
        if (*text == '\'') {
            output_string(output, apostrophe);
            continue;
        }
        if (strchr(specials, *text) != NULL)
            output_write(output, "\\", 1);
        output_write(output, text, 1);
    }
}

static bool is_in_earlier_command(const struct command *const *commands, const struct command *const *before,
                                  const struct option_spec *option)
{
    for (const struct command *const *command = commands; command != before; command++)
        for (const struct option_spec *other = option_from((*command)->options); other != NULL;
             other = option_from(other + 1))
            if (strcmp(other->name, option->name) == 0)
                return true;
    return false;
}

void completions_each_option(struct output *output, const struct command *const *commands,
                             void (*visit)(struct output *output, const struct option_spec *option))
{
    for (const struct command *const *command = commands; *command != NULL; command++)
        for (const struct option_spec *option = option_from((*command)->options); option != NULL;
             option = option_from(option + 1))
            if (!is_in_earlier_command(commands, command, option))
                visit(output, option);
}
