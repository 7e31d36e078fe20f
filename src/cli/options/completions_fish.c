/* SPDX-License-Identifier: Apache-2.0 */
/* The script for fish: one line for each option of each command. */
#include <stddef.h>

#include "options/completions.h"

/* Prints the name of the command, or nothing if there is no operand yet. */
static const char *const find_command[] = {
    "        if test -n \"$skip\"",
    "            set skip",
    "        else if contains -- $word $long; or string match -qr -- \"^-[^-$letters]*[$letters]\\$\" $word",
    "            set skip yes",
    "        else if test \"x$word\" = x--",
    "            echo sum",
    "            return",
    "        else if not string match -q -- '-?*' $word",
    "            contains -- $word $names; and echo $word; or echo sum",
    "            return",
    "        end",
    "    end",
    "end",
    "",
    "function __iscc_is",
    "    set -l command (__iscc_command)",
    "    contains -- \"$command\" $argv",
    "end",
    "",
    "# An option's own name is no part of the directory's.",
    "function __iscc_directories",
    "    __fish_complete_directories (commandline -ct | string replace -r -- '^-[^=]*=' '')",
    "end",
    NULL,
};

static void write_text(struct output *output, const char *text)
{
    output_string(output, "'");
    completions_quoted(output, text, "\\", "\\'");
    output_string(output, "'");
}

static void write_long_with_value(struct output *output, const struct option_spec *option)
{
    if (!option_takes_argument(option))
        return;
    output_string(output, " --");
    output_string(output, option->name);
}

static void write_letter_with_value(struct output *output, const struct option_spec *option)
{
    const char letter = option->letter;

    if (option_takes_argument(option) && option->letter != 0)
        output_write(output, &letter, 1);
}

/* Options of the default command are also valid before the first operand. */
static void begin_line(struct output *output, const struct command *command, bool is_default)
{
    output_string(output, "complete -c iscc -n \"__iscc_is ");
    output_string(output, is_default ? "'' " : "");
    output_string(output, command->name);
    output_string(output, "\"");
}

static void write_option(struct output *output, const struct command *command, bool is_default,
                         const struct option_spec *option)
{
    static const char *const kinds[] = {[VALUE_NONE] = "",
                                        [VALUE_FILE] = " -r -F",
                                        [VALUE_DIRECTORY] = " -x -a '(__iscc_directories)'",
                                        [VALUE_WORD] = " -x -a ",
                                        [VALUE_OTHER] = " -x"};
    const char letter = option->letter;

    begin_line(output, command, is_default);
    if (option->letter != 0) {
        output_string(output, " -s ");
        output_write(output, &letter, 1);
    }
    output_string(output, " -l ");
    output_string(output, option->name);
    output_string(output, option->bare != NULL ? " -f -a " : kinds[completions_value_kind(option)]);
    if (option->words != NULL)
        write_text(output, option->words);
    output_string(output, " -d ");
    write_text(output, option->help);
    output_string(output, "\n");
}

static void write_command(struct output *output, const struct command *command, bool is_default)
{
    output_string(output, "\ncomplete -c iscc -n \"__iscc_is ''\" -a ");
    output_string(output, command->name);
    output_string(output, " -d ");
    write_text(output, command->summary);
    output_string(output, "\n");
    for (const struct option_spec *option = option_from(command->options); option != NULL;
         option = option_from(option + 1))
        write_option(output, command, is_default, option);
    if (command->operands == NULL)
        return;
    begin_line(output, command, is_default);
    output_string(output, " -f");
    if (*command->operands != '\0') {
        output_string(output, " -a ");
        write_text(output, command->operands);
    }
    output_string(output, "\n");
}

void completions_fish(struct output *output, const struct command *const *commands)
{
    output_string(output, "# fish completion for iscc: what 'iscc completions fish' prints.\n\n"
                          "function __iscc_command\n    set -l skip\n    set -l names ");
    completions_commands(output, commands);
    output_string(output, "\n    set -l long");
    completions_each_option(output, commands, write_long_with_value);
    output_string(output, "\n    set -l letters ");
    completions_each_option(output, commands, write_letter_with_value);
    output_string(output, "\n    for word in (commandline -opc)[2..]\n");
    completions_lines(output, find_command);
    for (const struct command *const *command = commands; *command != NULL; command++)
        write_command(output, *command, command == commands);
}
