/* SPDX-License-Identifier: Apache-2.0 */
/* The script for zsh: the option tables become specifications for its function _arguments. */
#include <stddef.h>
#include <stdio.h>

#include "options/completions.h"

static const char *const functions[] = {
    "",
    "_iscc_first() {",
    "  local result=1",
    "  (( words[(I)--] )) || _describe -t commands command iscc_commands && result=0",
    "  _files && result=0",
    "  return result",
    "}",
    "",
    "_iscc() {",
    "  local curcontext=$curcontext context state state_descr line",
    "  local -a specs operands",
    "  local -A opt_args",
    "  _iscc_tables sum",
    "  _arguments -C -s -S $specs '1: :_iscc_first' '*:: :->rest' && return",
    "  [[ $state == rest ]] || return",
    "  _iscc_tables $words[1]",
    "  _arguments -s -S $specs $operands",
    "}",
    "",
    "if [[ $funcstack[1] == _iscc ]]; then",
    "  _iscc \"$@\"",
    "else",
    "  compdef _iscc iscc",
    "fi",
    NULL,
};

/* Escapes text for a single-quoted specification, where colons and brackets are special. */
static void write_text(struct output *output, const char *text)
{
    completions_quoted(output, text, "\\[]:", "'\\''");
}

static void write_action(struct output *output, const struct option_spec *option)
{
    static const char *const actions[] = {
        [VALUE_FILE] = ":_files", [VALUE_DIRECTORY] = ":_files -/", [VALUE_WORD] = ":(", [VALUE_OTHER] = ": "};

    if (option->value_name == NULL)
        return;
    output_string(output, option->bare != NULL ? "::" : ":");
    output_string(output, option->value_name);
    output_string(output, actions[completions_value_kind(option)]);
    if (option->words != NULL) {
        output_string(output, option->words);
        output_string(output, ")");
    }
}

/* Writes one specification for each name. Only an option with a value may be repeated. */
static void write_option(struct output *output, const struct option_spec *option)
{
    const bool is_valued = option->value_name != NULL;
    char names[2][64] = {"", ""};
    char excluded[160];

    snprintf(names[1], sizeof names[1], "--%s", option->name);
    if (option->letter != 0)
        snprintf(names[0], sizeof names[0], "-%c", option->letter);
    snprintf(excluded, sizeof excluded, "(%s%s%s)", names[0], names[0][0] != '\0' ? " " : "", names[1]);
    for (size_t i = 0; i < 2; i++) {
        if (names[i][0] == '\0')
            continue;
        output_string(output, "      '");
        output_string(output, is_valued ? "*" : excluded);
        output_string(output, names[i]);
        output_string(output, !is_valued ? "" : i == 0 ? "+" : option->bare != NULL ? "=-" : "=");
        output_string(output, "[");
        write_text(output, option->help);
        output_string(output, "]");
        write_action(output, option);
        output_string(output, "'\n");
    }
}

static void write_command(struct output *output, const struct command *command, const char *pattern)
{
    output_string(output, "  (");
    output_string(output, pattern);
    output_string(output, ")\n    specs=(\n");
    for (const struct option_spec *option = option_from(command->options); option != NULL;
         option = option_from(option + 1))
        write_option(output, option);
    output_string(output, "    )\n    operands=('*:operand:");
    if (command->operands == NULL) {
        output_string(output, "_files");
    } else {
        output_string(output, *command->operands != '\0' ? "(" : " ");
        output_string(output, command->operands);
        output_string(output, *command->operands != '\0' ? ")" : "");
    }
    output_string(output, "')\n    ;;\n");
}

void completions_zsh(struct output *output, const struct command *const *commands)
{
    output_string(output, "#compdef iscc\n# zsh completion for iscc: what 'iscc completions zsh' prints.\n\n"
                          "typeset -ga iscc_commands=(\n");
    const struct command *const *command = commands; /* there is at least one */
    do {
        output_string(output, "  '");
        output_string(output, (*command)->name);
        output_string(output, ":");
        completions_quoted(output, (*command)->summary, "\\:", "'\\''");
        output_string(output, "'\n");
    } while (*++command != NULL);
    output_string(output, ")\n\n_iscc_tables() {\n  case $1 in\n");
    /* The default command comes last, because its pattern matches any word. */
    for (command = commands + 1; *command != NULL; command++)
        write_command(output, *command, (*command)->name);
    write_command(output, commands[0], "*");
    output_string(output, "  esac\n}\n");
    completions_lines(output, functions);
}
