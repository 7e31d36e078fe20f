/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The option parser with the tables of all commands, on arguments separated by newlines. Accepted arguments, rewritten
 * in one plain form (options first, each alone, then two dashes), must parse the same; rejected ones must give exactly
 * one message.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands/commands.h"
#include "options/option_value.h"
#include "options/options.h"
#include "support/fuzz.h"

enum { ARGUMENTS_MAX = 64 };

/* The result of a parse. */
struct seen {
    const struct option_spec *options[1024];
    const char *values[1024];
    size_t count;
    int messages; /* including help and version texts */
};

static struct seen *current;

/* Replacements by the linker, which print nothing. */
void __wrap_message_usage(const char *command, const char *format, ...) __attribute__((format(printf, 2, 3)));
void __wrap_help_program(void);
void __wrap_help_command(const struct command *command);
void __wrap_help_version(void);

void __wrap_message_usage(const char *command, const char *format, ...)
{
    char text[512];
    va_list arguments;

    va_start(arguments, format);
    (void)command; /* NULL after a mistyped command */
    REQUIRE(vsnprintf(text, sizeof text, format, arguments) > 0);
    va_end(arguments);
    current->messages++;
}

void __wrap_help_program(void)
{
    current->messages++;
}

void __wrap_help_command(const struct command *command)
{
    REQUIRE(command != NULL);
    current->messages++;
}

void __wrap_help_version(void)
{
    current->messages++;
}

/* Stores only options that go into the invocation. */
bool __real_option_store(const struct option_spec *option, const char *value, void *base, const char *command);
bool __wrap_option_store(const struct option_spec *option, const char *value, void *base, const char *command);

bool __wrap_option_store(const struct option_spec *option, const char *value, void *base, const char *command)
{
    REQUIRE(current->count < 1024);
    current->options[current->count] = option;
    current->values[current->count++] = value;
    return base == NULL || __real_option_store(option, value, base, command);
}

static bool parse(struct invocation *invocation, struct seen *seen)
{
    *seen = (struct seen){.count = 0};
    current = seen;
    return invocation_parse(invocation, NULL);
}

/* Writes one option: long with "=" and its value, or its letter, if it has one, with the value after it. */
static char *write_option(const struct option_spec *option, const char *value, bool as_letter)
{
    const size_t size = strlen(option->name) + (value == NULL ? 0 : strlen(value)) + 4;
    char *text = fuzz_grow(NULL, size);

    REQUIRE((value != NULL) == (option->value_name != NULL));
    if (as_letter && option->letter != 0 && (value == NULL || *value != '\0'))
        snprintf(text, size, "-%c%s", option->letter, value == NULL ? "" : value);
    else
        snprintf(text, size, "--%s%s%s", option->name, value == NULL ? "" : "=", value == NULL ? "" : value);
    return text;
}

static void require_same_again(const struct invocation *invocation, const struct seen *seen, bool as_letter)
{
    char *arguments[1024 + ARGUMENTS_MAX + 1];
    char dashes[] = "--";
    struct invocation again = *invocation;
    struct seen found;
    size_t count = 0;

    for (size_t i = 0; i < seen->count; i++)
        arguments[count++] = write_option(seen->options[i], seen->values[i], as_letter);
    arguments[count++] = dashes;
    for (int i = 0; i < invocation->count; i++)
        arguments[count++] = invocation->arguments[i];
    char *owned[1024];
    memcpy(owned, arguments, seen->count * sizeof *owned);
    again.arguments = arguments;
    again.count = (int)count;
    REQUIRE(parse(&again, &found) && found.messages == 0 && found.count == seen->count);
    for (size_t i = 0; i < seen->count; i++) {
        REQUIRE(found.options[i] == seen->options[i] && (found.values[i] == NULL) == (seen->values[i] == NULL));
        REQUIRE(found.values[i] == NULL || strcmp(found.values[i], seen->values[i]) == 0);
    }
    REQUIRE(again.count == invocation->count);
    for (int i = 0; i < again.count; i++)
        REQUIRE(again.arguments[i] == invocation->arguments[i]);
    for (size_t i = 0; i < seen->count; i++)
        free(owned[i]);
}

/* Every operand is an argument, in order. */
static void require_operands(const struct invocation *invocation, char *const *arguments, int count)
{
    int next = 0;

    for (int i = 0; i < invocation->count; i++) {
        while (next < count && arguments[next] != invocation->arguments[i])
            next++;
        REQUIRE(next++ < count);
    }
}

FUZZ_TARGET(options)
{
    struct fuzz_input input = {data, size};
    char *arguments[ARGUMENTS_MAX];
    char *all[ARGUMENTS_MAX];
    int count = 0;
    struct seen seen;

    if (size > 1000) /* each byte may be an option */
        return 0;
    while (input.size > 0 && count < ARGUMENTS_MAX)
        arguments[count++] = fuzz_part(&input, '\n', NULL);
    memcpy(all, arguments, (size_t)count * sizeof *all);
    struct invocation invocation = invocation_make(commands, arguments, count);
    REQUIRE(invocation.count == count - !invocation.implied);
    if (parse(&invocation, &seen)) {
        REQUIRE(seen.messages == 0);
        require_operands(&invocation, all, count);
        require_same_again(&invocation, &seen, false);
        require_same_again(&invocation, &seen, true);
    } else {
        REQUIRE(seen.messages == 1);
    }
    for (int i = 0; i < count; i++)
        free(all[i]);
    return 0;
}
