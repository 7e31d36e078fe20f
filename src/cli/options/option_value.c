/* SPDX-License-Identifier: Apache-2.0 */
/* Parses the value of an option as its row says, and reports an invalid one. */
#include "options/option_value.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "options/threshold.h"
#include "util/message.h"
#include "util/number.h"

enum { VALID_SIZE = 128 };

static bool parse_word(const char *words, const char *value, unsigned *number)
{
    const size_t size = strlen(value);

    for (*number = 0; *words != '\0'; ++*number) {
        const size_t word = strcspn(words, " ");
        if (word == size && memcmp(words, value, size) == 0)
            return true;
        words += word;
        words += *words == ' ';
    }
    return false;
}

/* Prints a size in the largest unit that divides it. */
static int print_size(char *text, size_t capacity, uint64_t size)
{
    static const char letters[] = "KMGTPE";
    size_t times = 0;

    for (; size > 0 && size % 1024 == 0; size /= 1024)
        times++;
    return snprintf(text, capacity, "%" PRIu64 "%.*s", size, times > 0, &letters[times > 0 ? times - 1 : 0]);
}

/* Describes the valid values; a number without a limit needs no words. */
static void describe_valid(const struct option_spec *option, char text[VALID_SIZE])
{
    int size;

    text[0] = '\0';
    if (option->maximum == UINT64_MAX)
        return;
    switch (option->kind) {
    case OPTION_WORD:
        snprintf(text, VALID_SIZE, "one of: %s", option->words);
        break;
    case OPTION_SIZE:
        size = print_size(text, VALID_SIZE, option->minimum);
        size += snprintf(text + size, VALID_SIZE - (size_t)size, " to ");
        print_size(text + size, VALID_SIZE - (size_t)size, option->maximum);
        break;
    case OPTION_THRESHOLD:
        snprintf(text, VALID_SIZE, "bits from 0 to %d, or 0%% to 100%%", THRESHOLD_BITS_MAX);
        break;
    default:
        snprintf(text, VALID_SIZE, "%" PRIu64 " to %" PRIu64, option->minimum, option->maximum);
    }
}

/* False if the value is invalid. */
static bool parse_value(const struct option_spec *option, const char *value, void *member)
{
    uint64_t number;

    switch (option->kind) {
    case OPTION_FLAG:
        *(bool *)member = true;
        return true;
    case OPTION_VALUE:
        *(unsigned *)member = option->value;
        return true;
    case OPTION_WORD:
        return parse_word(option->words, value, member);
    case OPTION_STRING:
        *(const char **)member = value;
        return true;
    case OPTION_INT:
        if (!number_parse(value, option->minimum, option->maximum, &number))
            return false;
        *(int *)member = (int)number;
        return true;
    case OPTION_NUMBER:
        return number_parse(value, option->minimum, option->maximum, member);
    case OPTION_SIZE:
        return size_parse(value, option->unit, member) == SIZE_READ && *(uint64_t *)member >= option->minimum &&
               *(uint64_t *)member <= option->maximum;
    default:
        return threshold_parse(value, member);
    }
}

bool option_store(const struct option_spec *option, const char *value, void *base, const char *command)
{
    void *const member = (char *)base + option->offset;
    char valid[VALID_SIZE];

    if (option->given != 0)
        *(bool *)((char *)base + option->given) = true;
    if (option->kind == OPTION_CALL)
        return option->call(member, option, value, command);
    if (parse_value(option, value, member))
        return true;
    describe_valid(option, valid);
    if (valid[0] == '\0')
        message_usage(command, "invalid argument '%s' for '--%s'", value, option->name);
    else
        message_usage(command, "invalid argument '%s' for '--%s' (%s)", value, option->name, valid);
    return false;
}
