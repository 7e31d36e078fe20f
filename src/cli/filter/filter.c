/* SPDX-License-Identifier: Apache-2.0 */
/* Builds a filter from options, and applies it. */
#include "filter/filter.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "filter/ignore_file.h"
#include "util/failure.h"
#include "util/message.h"
#include "util/number.h"

/* Takes ownership of the list, even on failure. */
static bool add_patterns(struct filter *filter, struct ignore_list *list)
{
    struct ignore_list **grown =
        list == NULL ? NULL : realloc(filter->patterns, (filter->count + 1) * sizeof *filter->patterns);

    if (grown == NULL) {
        ignore_free(list);
        message_error(NULL, strerror(ENOMEM));
        return false;
    }
    filter->patterns = grown;
    filter->patterns[filter->count++] = list;
    return true;
}

static bool add_glob(struct filter *filter, const char *command, const char *option, const char *glob, bool is_include)
{
    struct ignore_list *list = ignore_from_glob(glob, is_include);

    if (list != NULL && ignore_is_empty(list)) {
        message_usage(command, "the pattern '%s' of --%s matches nothing", glob, option);
        ignore_free(list);
        return false;
    }
    if (filter->count == 0)
        filter->only_included = is_include;
    return add_patterns(filter, list);
}

static bool add_file(struct filter *filter, const char *path)
{
    struct ignore_list *list;
    const int error = ignore_file_load(path, &list);

    if (error == 0)
        return add_patterns(filter, list);
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

/* If only one limit is given, the other must not restrict anything. */
static void limit_sizes(struct filter *filter)
{
    if (filter->limits_size)
        return;
    filter->limits_size = true;
    filter->min_size = 0;
    filter->max_size = UINT64_MAX;
}

static bool limit_depth(struct filter *filter, const char *command, const char *value)
{
    filter->limits_depth = true;
    if (number_parse(value, 0, UINT64_MAX, &filter->max_depth))
        return true;
    message_usage(command, "invalid maximum depth '%s'", value);
    return false;
}

bool filter_set_option(struct filter *filter, const char *command, int key, const char *value)
{
    switch (key) {
    case OPTION_EXCLUDE:
        return add_glob(filter, command, "exclude", value, false);
    case OPTION_INCLUDE:
        return add_glob(filter, command, "include", value, true);
    case OPTION_EXCLUDE_FROM:
        return add_file(filter, value);
    case OPTION_NO_IGNORE:
        filter->no_ignore = true;
        return true;
    case OPTION_MAX_DEPTH:
        return limit_depth(filter, command, value);
    case OPTION_ONE_FILE_SYSTEM:
        filter->one_file_system = true;
        return true;
    case OPTION_MIN_SIZE:
        limit_sizes(filter);
        return set_size(command, "min-size", value, &filter->min_size);
    case OPTION_MAX_SIZE:
        limit_sizes(filter);
        return set_size(command, "max-size", value, &filter->max_size);
    default:
        return true;
    }
}

void filter_free(struct filter *filter)
{
    for (size_t i = 0; i < filter->count; i++)
        ignore_free(filter->patterns[i]);
    free(filter->patterns);
    *filter = (struct filter){0};
}

enum ignore_verdict filter_match(const struct filter *filter, const char *path, size_t name, bool is_directory)
{
    enum ignore_verdict verdict = IGNORE_UNDECIDED;

    for (size_t i = filter == NULL ? 0 : filter->count; i > 0 && verdict == IGNORE_UNDECIDED; i--)
        verdict = ignore_match(filter->patterns[i - 1], path, name, is_directory);
    return verdict;
}

enum ignore_verdict filter_match_operand(const struct filter *filter, const char *operand, bool is_directory)
{
    const char *slash = strrchr(operand, '/');
    const char *name = slash != NULL ? slash + 1 : operand;

    if (*name == '\0' || strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
        return IGNORE_UNDECIDED;
    return filter_match(filter, name, 0, is_directory);
}

bool filter_accepts_size(const struct filter *filter, off_t size)
{
    return filter == NULL || !filter->limits_size ||
           ((uint64_t)size >= filter->min_size && (uint64_t)size <= filter->max_size);
}
