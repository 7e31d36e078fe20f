/* SPDX-License-Identifier: Apache-2.0 */
/* Splits arguments into options and operands, as the option tables say. */
#include "options/options.h"

#include <string.h>
#include <sys/stat.h>

#include "options/command_text.h"
#include "options/help.h"
#include "options/launcher.h"
#include "options/option_value.h"
#include "options/replaced_file.h"
#include "options/suggestion.h"
#include "output/sandbox.h"
#include "progress/progress.h"
#include "util/message.h"
#include "util/threads.h"

enum token_kind { TOKEN_END, TOKEN_OPERAND, TOKEN_OPTION, TOKEN_UNKNOWN, TOKEN_NEEDS_VALUE, TOKEN_TAKES_NO_VALUE };

struct token {
    enum token_kind kind;
    const struct option_spec *option;
    const char *value;
    const char *text; /* the option as the user wrote it, without its value */
    int text_size;
};

struct cursor {
    const struct command *const *commands; /* whose options are recognized; NULL-terminated */
    char **arguments;
    int count;
    int next;
    const char *letters; /* the rest of an argument such as -zj4; NULL or empty if there is none */
    bool operands_only;  /* after `--` */
};

/* Finds an option by its letter, or by its name if the letter is 0. */
static const struct option_spec *find_in_command(const struct command *command, const char *name, size_t size,
                                                 char letter)
{
    const struct option_spec *option = option_from(command->options);

    while (option != NULL && (letter != 0 ? option->letter != letter
                                          : strncmp(option->name, name, size) != 0 || option->name[size] != '\0'))
        option = option_from(option + 1);
    return option;
}

/* Until the command is known, all commands are searched. That works because an option that several commands have takes
 * a value in all of them or in none. */
static const struct option_spec *find_option(const struct cursor *cursor, const char *name, size_t size, char letter)
{
    const struct option_spec *option = NULL;

    for (const struct command *const *command = cursor->commands; option == NULL && *command != NULL; command++)
        option = find_in_command(*command, name, size, letter);
    return option;
}

static const char *next_argument(struct cursor *cursor)
{
    return cursor->next < cursor->count ? cursor->arguments[cursor->next++] : NULL;
}

static struct token long_option(struct cursor *cursor, const char *argument)
{
    const char *name = argument + 2;
    const size_t size = strcspn(name, "=");
    const char *value = name[size] == '=' ? name + size + 1 : NULL;
    struct token token = {TOKEN_OPTION, find_option(cursor, name, size, 0), value, argument, (int)size + 2};

    if (token.option == NULL)
        token.kind = TOKEN_UNKNOWN;
    else if (token.option->value_name == NULL && value != NULL)
        token.kind = TOKEN_TAKES_NO_VALUE;
    else if (value == NULL && !option_takes_argument(token.option))
        token.value = token.option->bare;
    else if (value == NULL && (token.value = next_argument(cursor)) == NULL)
        token.kind = TOKEN_NEEDS_VALUE;
    return token;
}

static struct token short_option(struct cursor *cursor)
{
    const char *letter = cursor->letters++;
    struct token token = {TOKEN_OPTION, find_option(cursor, "", 0, *letter), NULL, letter, 1};

    if (token.option == NULL) {
        token.kind = TOKEN_UNKNOWN;
    } else if (option_takes_argument(token.option)) {
        token.value = *cursor->letters != '\0' ? cursor->letters : next_argument(cursor);
        cursor->letters = NULL;
        if (token.value == NULL)
            token.kind = TOKEN_NEEDS_VALUE;
    }
    return token;
}

static struct token next_token(struct cursor *cursor)
{
    if (cursor->letters != NULL && *cursor->letters != '\0')
        return short_option(cursor);
    const char *argument = next_argument(cursor);
    if (argument == NULL)
        return (struct token){.kind = TOKEN_END};
    if (cursor->operands_only || argument[0] != '-' || argument[1] == '\0')
        return (struct token){.kind = TOKEN_OPERAND};
    if (argument[1] != '-') {
        cursor->letters = argument + 1;
        return short_option(cursor);
    }
    if (argument[2] != '\0')
        return long_option(cursor, argument);
    cursor->operands_only = true;
    return next_token(cursor);
}

static const struct command *find_command(const struct command *const *commands, const char *name)
{
    for (const struct command *const *command = commands; *command != NULL; command++)
        if (strcmp((*command)->name, name) == 0)
            return *command;
    return NULL;
}

struct invocation invocation_make(const struct command *const *commands, char **arguments, int count)
{
    struct invocation invocation = {.commands = commands,
                                    .command = commands[0],
                                    .implied = true,
                                    .arguments = arguments,
                                    .count = count,
                                    .threads = threads_default()};
    struct cursor cursor = {.commands = commands, .arguments = arguments, .count = count};
    struct token token;

    do
        token = next_token(&cursor);
    while (token.kind != TOKEN_OPERAND && token.kind != TOKEN_END);
    invocation.names_no_command = cursor.operands_only;
    if (token.kind == TOKEN_END || invocation.names_no_command)
        return invocation;
    const int word = cursor.next - 1;
    const struct command *command = find_command(commands, arguments[word]);
    if (command == NULL)
        return invocation;
    for (int i = word; i + 1 < count; i++)
        arguments[i] = arguments[i + 1];
    invocation.command = command;
    invocation.implied = false;
    invocation.count--;
    return invocation;
}

static void report_bad_option(const struct invocation *invocation, const struct token *token)
{
    const char *name = invocation->command->name;
    const bool is_long = token->text_size > 1; /* the letter of a short option may be a dash too */
    const char *nearest = NULL;

    switch (token->kind) {
    case TOKEN_UNKNOWN:
        if (is_long)
            nearest = suggestion_of_option(invocation->command, token->text + 2, (size_t)token->text_size - 2);
        if (nearest != NULL)
            message_usage(name, "unrecognized option '%.*s'; did you mean '--%s'?", token->text_size, token->text,
                          nearest);
        else if (is_long)
            message_usage(name, "unrecognized option '%.*s'", token->text_size, token->text);
        else
            message_usage(name, "invalid option -- '%c'", *token->text);
        break;
    case TOKEN_NEEDS_VALUE:
        if (is_long)
            message_usage(name, "option '%.*s' requires an argument", token->text_size, token->text);
        else
            message_usage(name, "option requires an argument -- '%c'", *token->text);
        break;
    default:
        message_usage(name, "option '%.*s' doesn't allow an argument", token->text_size, token->text);
    }
}

/* Whether --verbose follows. Errors in the rest of the command line are ignored. */
static bool will_be_verbose(struct cursor rest)
{
    struct token token;

    do
        token = next_token(&rest);
    while (token.kind != TOKEN_END && (token.option == NULL || strcmp(token.option->name, "verbose") != 0));
    return token.kind != TOKEN_END;
}

/* Finds the file that the command replaces, which no input may be: the file of -o, or the first operand. */
static struct replaced_file find_replaced(const struct command *command, struct cursor all)
{
    const char *path = NULL;

    for (struct token token = next_token(&all); token.kind != TOKEN_END; token = next_token(&all)) {
        if (token.kind == TOKEN_OPERAND && command->replaces_operand)
            return replaced_file_of(all.arguments[all.next - 1]);
        if (token.kind == TOKEN_OPTION && strcmp(token.option->name, "output") == 0)
            path = token.value;
    }
    return replaced_file_of(path);
}

/* Returns false if parsing ends with this option. */
static bool handle_option(struct invocation *invocation, const struct token *token, const struct cursor *rest,
                          const struct replaced_file *replaced, void *settings)
{
    const struct option_spec *option = token->option;

    if (token->kind != TOKEN_OPTION) {
        report_bad_option(invocation, token);
        return false;
    }
    if (option->kind == OPTION_PRINTS_VERSION) {
        help_version(invocation->is_verbose || will_be_verbose(*rest));
        return false;
    }
    if (option->kind == OPTION_PRINTS_HELP) {
        if (invocation->implied)
            help_program(invocation->commands);
        else
            help_command(invocation->command);
        return false;
    }
    invocation->given[option - invocation->command->options] = true;
    if (option->names_input && !replaced_file_allows(replaced, token->value, invocation->command->name))
        return false;
    if (invocation->text != NULL)
        command_text_option(invocation->text, option, token->value);
    return option_store(option, token->value, option->is_of_invocation ? invocation : settings,
                        invocation->command->name);
}

bool invocation_has(const struct invocation *invocation, const char *name)
{
    const struct option_spec *option = find_in_command(invocation->command, name, strlen(name), 0);
    return option != NULL && invocation->given[option - invocation->command->options];
}

/* Whether an option, `--option`, was given, or else whether `what` is the first operand. */
static bool is_given(const struct invocation *invocation, const char *what)
{
    if (what[0] == '-')
        return invocation_has(invocation, what + 2);
    if (invocation->count > 0)
        return strcmp(invocation->arguments[0], what) == 0;
    const char *words = invocation->command->operands; /* the default comes first */
    return words != NULL && strcspn(words, " ") == strlen(what) && strncmp(words, what, strlen(what)) == 0;
}

/* As in coreutils, an option that would have no effect is an error. */
static bool options_agree(const struct invocation *invocation)
{
    const struct command *command = invocation->command;

    for (const struct option_spec *row = command->options; row->kind != OPTION_END; row++) {
        if (!invocation->given[row - command->options])
            continue;
        if (row->not_with != NULL && is_given(invocation, row->not_with))
            message_usage(command->name, "the --%s option is meaningless with %s", row->name, row->not_with);
        else if (row->needs != NULL && !is_given(invocation, row->needs))
            message_usage(command->name, "the --%s option is meaningful only with %s", row->name, row->needs);
        else
            continue;
        return false;
    }
    return true;
}

/* Returns false after a message if the first operand is not a file but looks like a mistyped command, in which case the
 * rest of the line should not be hashed. */
static bool command_is_plausible(const struct invocation *invocation)
{
    struct stat status;

    if (!invocation->implied || invocation->names_no_command || invocation->count == 0)
        return true;
    const char *word = invocation->arguments[0];
    const char *nearest = suggestion_of_command(invocation->commands, word, strlen(word));
    if (nearest == NULL || strchr(word, '/') != NULL || lstat(word, &status) == 0)
        return true;
    message_usage(NULL, "'%s' is neither a command nor an existing file; did you mean '%s'?", word, nearest);
    return false;
}

/* An update reads the list that it replaces, and walks leave out the output. */
static bool operands_are_safe(const struct invocation *invocation, const struct replaced_file *replaced)
{
    const struct command *command = invocation->command;

    if (replaced->is_ignore_file) {
        message_usage(command->name, "the file to write is an ignore file, which is an input");
        return false;
    }
    if (command->operands != NULL || command->replaces_operand)
        return true;
    for (int i = 0; i < invocation->count; i++)
        if (!replaced_file_allows(replaced, invocation->arguments[i], command->name))
            return false;
    return invocation->count > 0 || invocation_has(invocation, "files0-from") ||
           replaced_file_allows(replaced, "-", command->name);
}

static bool parse(struct invocation *invocation, void *settings)
{
    const struct command *const own[] = {invocation->command, NULL};
    struct cursor cursor = {.commands = own, .arguments = invocation->arguments, .count = invocation->count};
    const struct replaced_file replaced = find_replaced(invocation->command, cursor);
    int operands = 0;

    memset(invocation->given, 0, sizeof invocation->given);
    for (;;) {
        struct token token = next_token(&cursor);
        if (token.kind == TOKEN_END)
            break;
        if (token.kind == TOKEN_OPERAND)
            invocation->arguments[operands++] = cursor.arguments[cursor.next - 1];
        else if (!handle_option(invocation, &token, &cursor, &replaced, settings))
            return false;
    }
    invocation->count = operands;
    if (invocation->output != NULL && strcmp(invocation->output, "-") == 0)
        invocation->output = NULL;
    return options_agree(invocation) && command_is_plausible(invocation) && operands_are_safe(invocation, &replaced);
}

bool invocation_is_sandboxed(const struct invocation *invocation)
{
    return invocation->is_sandboxed && !invocation->no_sandbox;
}

bool invocation_parse(struct invocation *invocation, void *settings)
{
    if (!parse(invocation, settings)) {
        invocation->prints_stats = false;
        return false;
    }
    if (invocation->prepare != NULL && !invocation->prepare(invocation, settings))
        return false;
    if (!invocation->is_distributed && !invocation_has(invocation, "shard"))
        launcher_warn();
    progress_configure(invocation->progress);
    if (invocation_has(invocation, "threads"))
        threads_choose();
    if (invocation_is_sandboxed(invocation)) {
        const bool has_operand = invocation->command->replaces_operand && invocation->count > 0;
        sandbox_enter(has_operand ? invocation->arguments[0] : invocation->output);
    }
    return true;
}

struct operands invocation_operands(const struct invocation *invocation)
{
    return (struct operands){.arguments = (const char *const *)invocation->arguments,
                             .count = invocation->count,
                             .command = invocation->command->name,
                             .first_may_be_command = invocation->implied && !invocation->names_no_command};
}

bool invocation_is_of_two(const struct invocation *invocation)
{
    char **operands = invocation->arguments;
    const char *name = invocation->command->name;

    if (invocation->count == 0)
        message_usage(name, "missing operand");
    else if (invocation->count == 1)
        message_usage(name, "missing operand after '%s'", operands[0]);
    else if (invocation->count > 2)
        message_usage(name, "extra operand '%s'", operands[2]);
    else if (strcmp(operands[0], "-") == 0 && strcmp(operands[1], "-") == 0)
        message_usage(name, "standard input can be only one of the two");
    else
        return true;
    return false;
}
