/* SPDX-License-Identifier: Apache-2.0 */
/* From options to a choice, and its judgement. */
#include "filter/filter.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "util/failure.h"
#include "util/message.h"
#include "util/number.h"
#include "filter/ignore_file.h"

/* Takes the list over, also on failure. */
static bool add_patterns(struct choice *choice, struct ignore_list *list)
{
    struct ignore_list **grown =
        list == NULL ? NULL : realloc(choice->patterns, (choice->count + 1) * sizeof *choice->patterns);

    if (grown == NULL) {
        ignore_free(list);
        message_error(NULL, strerror(ENOMEM));
        return false;
    }
    choice->patterns = grown;
    choice->patterns[choice->count++] = list;
    return true;
}

static bool add_glob(struct choice *choice, const char *command, const char *option, const char *glob, bool takes)
{
    struct ignore_list *list = ignore_from_glob(glob, takes);

    if (list != NULL && ignore_is_empty(list)) {
        message_usage(command, "the pattern '%s' of --%s matches nothing", glob, option);
        ignore_free(list);
        return false;
    }
    if (choice->count == 0)
        choice->only_included = takes;
    return add_patterns(choice, list);
}

static bool add_file(struct choice *choice, const char *path)
{
    struct ignore_list *list;
    const int error = pattern_file_load(path, &list);

    if (error == 0)
        return add_patterns(choice, list);
    message_error(path, failure_text(error));
    return false;
}

static bool set_size(const char *command, const char *option, const char *value, uint64_t *size)
{
    switch (size_parse(value, 1, size)) {
    case SIZE_READ:
        return true;
    case SIZE_TOO_LARGE:
        message_usage(command, "--%s argument '%s' too large", option, value);
        break;
    default:
        message_usage(command, "invalid --%s argument '%s'", option, value);
    }
    return false;
}

/* The limit that is not set must not limit. */
static void limit_sizes(struct choice *choice)
{
    if (choice->limits_size)
        return;
    choice->limits_size = true;
    choice->min_size = 0;
    choice->max_size = UINT64_MAX;
}

static bool limit_depth(struct choice *choice, const char *command, const char *value)
{
    choice->limits_depth = true;
    if (number_parse(value, 0, UINT64_MAX, &choice->max_depth))
        return true;
    message_usage(command, "invalid maximum depth '%s'", value);
    return false;
}

bool choice_set_option(struct choice *choice, const char *command, int key, const char *value)
{
    switch (key) {
    case OPTION_EXCLUDE:
        return add_glob(choice, command, "exclude", value, false);
    case OPTION_INCLUDE:
        return add_glob(choice, command, "include", value, true);
    case OPTION_EXCLUDE_FROM:
        return add_file(choice, value);
    case OPTION_NO_IGNORE:
        choice->no_ignore = true;
        return true;
    case OPTION_MAX_DEPTH:
        return limit_depth(choice, command, value);
    case OPTION_ONE_FILE_SYSTEM:
        choice->one_file_system = true;
        return true;
    case OPTION_MIN_SIZE:
        limit_sizes(choice);
        return set_size(command, "min-size", value, &choice->min_size);
    case OPTION_MAX_SIZE:
        limit_sizes(choice);
        return set_size(command, "max-size", value, &choice->max_size);
    default:
        return true;
    }
}

void choice_free(struct choice *choice)
{
    for (size_t i = 0; i < choice->count; i++)
        ignore_free(choice->patterns[i]);
    free(choice->patterns);
    *choice = (struct choice){0};
}

enum ignore_verdict choice_judge(const struct choice *choice, const char *path, size_t name, bool is_directory)
{
    enum ignore_verdict verdict = IGNORE_UNDECIDED;

    for (size_t i = choice == NULL ? 0 : choice->count; i > 0 && verdict == IGNORE_UNDECIDED; i--)
        verdict = ignore_judge(choice->patterns[i - 1], path, name, is_directory);
    return verdict;
}

enum ignore_verdict choice_judge_operand(const struct choice *choice, const char *operand, bool is_directory)
{
    const char *slash = strrchr(operand, '/');
    const char *name = slash != NULL ? slash + 1 : operand;

    if (*name == '\0' || strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
        return IGNORE_UNDECIDED;
    return choice_judge(choice, name, 0, is_directory);
}

bool choice_takes_size(const struct choice *choice, off_t size)
{
    return choice == NULL || !choice->limits_size ||
           ((uint64_t)size >= choice->min_size && (uint64_t)size <= choice->max_size);
}
