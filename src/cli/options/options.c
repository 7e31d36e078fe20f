/* SPDX-License-Identifier: Apache-2.0 */
/* Splits arguments into options and operands by the tables of options. */
#include "options/options.h"

#include <string.h>

#include "options/help.h"
#include "output/sandbox.h"
#include "util/message.h"
#include "util/threads.h"

enum token_kind { TOKEN_END, TOKEN_OPERAND, TOKEN_OPTION, TOKEN_UNKNOWN, TOKEN_NEEDS_VALUE, TOKEN_TAKES_NO_VALUE };

struct token {
    enum token_kind kind;
    const struct option_spec *option;
    const char *value;
    const char *text; /* the option as the user wrote it, its value aside */
    int text_size;
};

struct cursor {
    const struct command *const *commands; /* whose options are known here, ended by NULL */
    char **arguments;
    int count;
    int next;
    const char *letters; /* what is left of an argument such as -zj4; NULL or empty: nothing */
    bool operands_only;  /* `--` has been met */
};

static const struct option_spec *find_in_command(const struct command *command, const char *name, size_t size, int key)
{
    for (const struct option_spec *option = command->options; option->key != 0; option++)
        if (name == NULL ? option->key == key
                         : strncmp(option->long_name, name, size) == 0 && option->long_name[size] == '\0')
            return option;
    return NULL;
}

const char *command_option_name(const struct command *command, int key)
{
    return find_in_command(command, NULL, 0, key)->long_name;
}

/* Before the command is known all of them are searched: options of the same name take a value in each or in none. */
static const struct option_spec *find_option(const struct cursor *cursor, const char *name, size_t size, int key)
{
    const struct option_spec *option = NULL;

    for (const struct command *const *command = cursor->commands; option == NULL && *command != NULL; command++)
        option = find_in_command(*command, name, size, key);
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
    else if (token.option->value_name != NULL && value == NULL && (token.value = next_argument(cursor)) == NULL)
        token.kind = TOKEN_NEEDS_VALUE;
    return token;
}

static struct token short_option(struct cursor *cursor)
{
    const char *letter = cursor->letters++;
    struct token token = {TOKEN_OPTION, find_option(cursor, NULL, 0, (unsigned char)*letter), NULL, letter, 1};

    if (token.option == NULL) {
        token.kind = TOKEN_UNKNOWN;
    } else if (token.option->value_name != NULL) {
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
                                    .threads = threads_processors()};
    struct cursor cursor = {.commands = commands, .arguments = arguments, .count = count};
    struct token token;

    do
        token = next_token(&cursor);
    while (token.kind != TOKEN_OPERAND && token.kind != TOKEN_END);
    if (token.kind == TOKEN_END)
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

static void complain(const struct invocation *invocation, const struct token *token)
{
    const char *name = invocation->command->name;
    const bool is_long = token->text_size > 1; /* dashes and a name; a letter may be a dash as well */

    switch (token->kind) {
    case TOKEN_UNKNOWN:
        if (is_long)
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

/* Whether --verbose is still to come; anything wrong with what follows is no matter then. */
static bool will_be_verbose(struct cursor rest)
{
    struct token token;

    do
        token = next_token(&rest);
    while (token.kind != TOKEN_END && (token.option == NULL || token.option->key != OPTION_VERBOSE));
    return token.kind != TOKEN_END;
}

/* Handles one option. False where the parsing ends with it. */
static bool take_option(struct invocation *invocation, const struct token *token, const struct cursor *rest,
                        bool (*set)(void *settings, int key, const char *value), void *settings)
{
    if (token->kind != TOKEN_OPTION) {
        complain(invocation, token);
        return false;
    }
    switch (token->option->key) {
    case OPTION_HELP:
        if (invocation->implied)
            help_program(invocation->commands);
        else
            help_command(invocation->command);
        return false;
    case OPTION_VERSION:
        help_version(invocation->is_verbose || will_be_verbose(*rest));
        return false;
    case OPTION_VERBOSE:
        invocation->is_verbose = true;
        return true;
    case OPTION_NO_SANDBOX:
        invocation->is_sandboxed = false;
        return true;
    case 'o':
        invocation->output = token->value;
        break;
    case 'j':
        if (!threads_parse(invocation->command->name, token->value, &invocation->threads))
            return false;
        break;
    default:
        break;
    }
    return set == NULL || set(settings, token->option->key, token->value);
}

/* What is left to do where all options are known. */
static bool settle(const struct invocation *invocation)
{
    if (invocation->is_verbose) {
        message_usage(invocation->command->name, "the --verbose option is meaningful only with --version");
        return false;
    }
    if (!invocation->is_sandboxed)
        return true;
    const bool has_operand = invocation->command->replaces_operand && invocation->count > 0;
    sandbox_enter(has_operand ? invocation->arguments[0] : invocation->output);
    return true;
}

bool invocation_parse(struct invocation *invocation, bool (*set)(void *settings, int key, const char *value),
                      void *settings)
{
    const struct command *const own[] = {invocation->command, NULL};
    struct cursor cursor = {.commands = own, .arguments = invocation->arguments, .count = invocation->count};
    int operands = 0;

    for (;;) {
        struct token token = next_token(&cursor);
        if (token.kind == TOKEN_END)
            break;
        if (token.kind == TOKEN_OPERAND)
            invocation->arguments[operands++] = cursor.arguments[cursor.next - 1];
        else if (!take_option(invocation, &token, &cursor, set, settings))
            return false;
    }
    invocation->count = operands;
    return settle(invocation);
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
