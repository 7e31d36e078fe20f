/* SPDX-License-Identifier: Apache-2.0 */
/* The script for bash. It does not need the package bash-completion. */
#include <stddef.h>
#include <stdio.h>

#include "options/completions.h"

/* Rejoins words that bash has split at `=`. */
static const char *const join_words[] = {
    "    for ((i = 1; i <= COMP_CWORD; i++)); do",
    "        word=${COMP_WORDS[i]}",
    "        last=$((${#words[@]} - 1))",
    "        if [[ $join ]]; then",
    "            words[last]+=$word",
    "            join=",
    "        elif [[ $word == = && $last -ge 0 && ${words[last]} == --* ]]; then",
    "            words[last]+=$word",
    "            join=1",
    "        else",
    "            words+=(\"$word\")",
    "        fi",
    "    done",
    NULL,
};

/* The words before the one to complete determine the command, and whether that word is an option's value. */
static const char *const read_words[] = {
    "    for word in \"${words[@]:0:${#words[@]}-1}\"; do",
    "        if [[ $option ]]; then",
    "            option=",
    "        elif [[ $ended || $word != -?* ]]; then",
    "            if [[ ! $command ]]; then",
    "                command=sum",
    "                if [[ ! $ended && \" $commands \" == *\" $word \"* ]]; then command=$word; fi",
    "            fi",
    "        elif [[ $word == -- ]]; then",
    "            ended=1",
    "        elif [[ $word == --* ]]; then",
    "            if [[ \" $valued \" == *\" $word \"* ]]; then option=$word; fi",
    "        else",
    "            for ((i = 1; i < ${#word}; i++)); do",
    "                if [[ \" $valued \" == *\" -${word:i:1} \"* ]]; then",
    "                    if ((i + 1 == ${#word})); then option=-${word:i:1}; fi",
    "                    break",
    "                fi",
    "            done",
    "        fi",
    "    done",
    NULL,
};

/* If COMPREPLY stays empty, bash completes file names itself, and quotes them correctly. */
static const char *const reply[] = {
    "    word=${words[${#words[@]}-1]}",
    "    _iscc_tables \"${command:-sum}\"",
    "    if [[ ! $option && ! $ended && $word == --*=* ]]; then",
    "        option=${word%%=*}",
    "        word=${word#*=}",
    "        if [[ $COMP_WORDBREAKS != *=* ]]; then prefix=$option=; fi",
    "    fi",
    "    if [[ $option ]]; then",
    "        if [[ \" $directories \" == *\" $option \"* ]]; then",
    "            _iscc_reply -P \"$prefix\" -d -- \"$word\"",
    "            compopt -o filenames 2>/dev/null",
    "        elif [[ \" $files \" == *\" $option \"* && $prefix ]]; then",
    "            _iscc_reply -P \"$prefix\" -f -- \"$word\"",
    "            compopt -o filenames 2>/dev/null",
    "        elif [[ \" $files \" != *\" $option \"* ]]; then",
    "            _iscc_reply -P \"$prefix\" -W \"$(_iscc_words \"$option\")\" -- \"$word\"",
    "            compopt +o default +o bashdefault 2>/dev/null",
    "        fi",
    "    elif [[ ! $ended && $word == -* ]]; then",
    "        _iscc_reply -W \"$options\" -- \"$word\"",
    "        if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *= ]]; then compopt -o nospace 2>/dev/null; fi",
    "    elif [[ ! $command && ! $ended ]]; then",
    "        _iscc_reply -W \"$commands\" -- \"$word\"",
    "        if [[ ${#COMPREPLY[@]} -gt 0 ]]; then _iscc_reply -f -- \"$word\"; fi",
    "    elif [[ $operands != files ]]; then",
    "        _iscc_reply -W \"$operands\" -- \"$word\"",
    "        compopt +o default +o bashdefault 2>/dev/null",
    "    fi",
    "    return 0",
    "}",
    "",
    "_iscc_reply()",
    "{",
    "    local line",
    "    while IFS= read -r line; do COMPREPLY+=(\"$line\"); done < <(compgen \"$@\")",
    "}",
    "",
    "complete -o default -o bashdefault -F _iscc iscc",
    NULL,
};

static void write_names(struct output *output, const struct option_spec *option, const char *end)
{
    char names[64];

    if (option->letter != 0)
        snprintf(names, sizeof names, "-%c --%s%s ", option->letter, option->name, end);
    else
        snprintf(names, sizeof names, "--%s%s ", option->name, end);
    output_string(output, names);
}

static void write_valued(struct output *output, const struct option_spec *option)
{
    if (option_takes_argument(option))
        write_names(output, option, "");
}

static void write_words(struct output *output, const struct option_spec *option)
{
    if (option->words == NULL)
        return;
    output_string(output, "    --");
    output_string(output, option->name);
    output_string(output, ") echo '");
    output_string(output, option->words);
    output_string(output, "' ;;\n");
}

static void write_kind(struct output *output, const struct command *command, const char *variable, enum value_kind kind)
{
    output_string(output, "        ");
    output_string(output, variable);
    output_string(output, "='");
    for (const struct option_spec *option = option_from(command->options); option != NULL;
         option = option_from(option + 1))
        if (completions_value_kind(option) == kind)
            write_names(output, option, "");
    output_string(output, "'\n");
}

static void write_command(struct output *output, const struct command *command)
{
    output_string(output, "    ");
    output_string(output, command->name);
    output_string(output, ")\n        options='");
    for (const struct option_spec *option = option_from(command->options); option != NULL;
         option = option_from(option + 1))
        write_names(output, option, option->value_name != NULL ? "=" : "");
    output_string(output, "'\n");
    write_kind(output, command, "files", VALUE_FILE);
    write_kind(output, command, "directories", VALUE_DIRECTORY);
    output_string(output, "        operands='");
    output_string(output, command->operands != NULL ? command->operands : "files");
    output_string(output, "'\n        ;;\n");
}

void completions_bash(struct output *output, const struct command *const *commands)
{
    output_string(output, "# bash completion for iscc: what 'iscc completions bash' prints.\n\n"
                          "_iscc_tables()\n{\n    case $1 in\n");
    for (const struct command *const *command = commands; *command != NULL; command++)
        write_command(output, *command);
    output_string(output, "    esac\n}\n\n_iscc_words()\n{\n    case $1 in\n");
    completions_each_option(output, commands, write_words);
    output_string(output, "    esac\n}\n\n_iscc()\n{\n    local commands='");
    completions_commands(output, commands);
    output_string(output, "'\n    local valued='");
    completions_each_option(output, commands, write_valued);
    output_string(output, "'\n    local options files directories operands words=() "
                          "word last i join='' option='' command='' ended='' prefix=''\n    COMPREPLY=()\n");
    completions_lines(output, join_words);
    completions_lines(output, read_words);
    completions_lines(output, reply);
}
