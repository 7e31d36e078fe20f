/* SPDX-License-Identifier: Apache-2.0 */
/* Builds a filter from options, and applies it. */
#include "filter/filter.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "filter/ignore_file.h"
#include "util/failure.h"
#include "util/message.h"

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

bool filter_add_glob(void *context, const struct option_spec *option, const char *glob, const char *command)
{
    struct filter *filter = context;
    const bool includes = option->value;
    struct ignore_list *list = ignore_from_glob(glob, includes);

    if (list != NULL && ignore_is_empty(list)) {
        message_usage(command, "the pattern '%s' of --%s matches nothing", glob, option->name);
        ignore_free(list);
        return false;
    }
    if (filter->count == 0)
        filter->only_included = includes;
    return add_patterns(filter, list);
}

bool filter_add_file(void *filter, const struct option_spec *option, const char *path, const char *command)
{
    struct ignore_list *list;
    const int error = ignore_file_load(path, &list);

    (void)option;
    (void)command;
    if (error == 0)
        return add_patterns(filter, list);
    message_error(path, failure_text(error));
    return false;
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

bool filter_limits_size(const struct filter *filter)
{
    return filter->min_size > 0 || filter->limits_max_size;
}

bool filter_accepts_size(const struct filter *filter, off_t size)
{
    return filter == NULL ||
           ((uint64_t)size >= filter->min_size && (!filter->limits_max_size || (uint64_t)size <= filter->max_size));
}
