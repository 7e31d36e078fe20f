/* SPDX-License-Identifier: Apache-2.0 */
/* The options of checks, and the lists and directories of one check. */
#include "check/check.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "check/list_base.h"
#include "check/unlisted.h"
#include "util/message.h"

/* ---- Options ---- */

bool check_has_option(int key)
{
    static const struct option_spec options[] = {OPTIONS_CHECK(""), {.key = 0}};
    const struct option_spec *option = options;

    while (option->key != 0 && option->key != key)
        option++;
    return option->key != 0;
}

static bool add_tree(struct check_settings *settings, const char *path)
{
    char *copy = strdup(path);
    char **trees = copy == NULL ? NULL : realloc(settings->trees, (settings->tree_count + 1) * sizeof *trees);

    if (trees == NULL) {
        free(copy);
        message_error(NULL, strerror(ENOMEM));
        return false;
    }
    trees[settings->tree_count++] = copy;
    settings->trees = trees;
    return true;
}

bool check_set_option(struct check_settings *settings, int key, const char *value)
{
    switch (key) {
    case 'q':
        settings->report = REPORT_QUIET;
        break;
    case OPTION_STATUS:
        settings->report = REPORT_STATUS;
        break;
    case 'w':
        settings->report = REPORT_WARN;
        break;
    case OPTION_STRICT:
        settings->strict = true;
        break;
    case OPTION_BASE:
        settings->base = value;
        break;
    case OPTION_STRICT_TREE:
        return add_tree(settings, value);
    case OPTION_IGNORE_MISSING:
        settings->ignore_missing = true;
        break;
    default:
        break;
    }
    return true;
}

void check_settings_free(struct check_settings *settings)
{
    for (size_t i = 0; i < settings->tree_count; i++)
        free(settings->trees[i]);
    free(settings->trees);
    settings->trees = NULL;
    settings->tree_count = 0;
}

/* ---- A check ---- */

struct check {
    const struct invocation *invocation;
    const struct check_settings *settings;
    struct directory *base;     /* of all lists, or NULL */
    struct listed_files *named; /* of all lists, where it is asked for; else NULL */
    bool is_whole;              /* all lists were read to their end */
};

static bool takes_standard_input(const struct invocation *invocation)
{
    for (int i = 0; i < invocation->count; i++)
        if (strcmp(invocation->arguments[i], "-") == 0)
            return true;
    return invocation->count == 0;
}

static bool check_one_list(const struct check *check, const char *path, struct output *output)
{
    const bool has_own_base = list_base_is_of_list(check->settings->base);
    struct directory *base = has_own_base ? list_base_open_of_list(path) : check->base;

    if (has_own_base && base == NULL)
        return false;
    const bool is_read = check_list(path, check->settings, base, check->named, output);
    if (has_own_base)
        directory_release(base);
    return is_read;
}

/* What a list has not said is unknown: then no file is called unlisted. */
static void check_trees(const struct check *check, struct output *output)
{
    const struct check_settings *settings = check->settings;

    if (settings->tree_count == 0)
        return;
    if (!check->is_whole) {
        output_flush(output);
        message_error(NULL, "not looking for unlisted files, as a list could not be read");
        return;
    }
    if (listed_files_failure(check->named) != 0) {
        output_flush(output);
        message_finding(STATUS_TROUBLE, NULL,
                        "not looking for unlisted files, as a listed directory cannot be found (%s)",
                        strerror(listed_files_failure(check->named)));
        return;
    }
    listed_files_sort(check->named);
    for (size_t i = 0; i < settings->tree_count && !output_failed(output); i++)
        unlisted_report(settings->trees[i], settings, check->named, output);
}

static void check_all(struct check *check)
{
    const struct invocation *invocation = check->invocation;
    struct output *output = output_open(invocation->output, '\n');

    if (output == NULL)
        return;
    check->is_whole = invocation->count > 0 || check_one_list(check, "-", output);
    for (int i = 0; i < invocation->count && !output_failed(output); i++)
        if (!check_one_list(check, invocation->arguments[i], output))
            check->is_whole = false;
    if (!output_failed(output))
        check_trees(check, output);
    output_finish(output);
}

static bool trees_are_directories(const struct check_settings *settings)
{
    bool good = true;
    struct stat status;

    for (size_t i = 0; i < settings->tree_count; i++) {
        const char *path = settings->trees[i];
        const int error = stat(path, &status) != 0 ? errno : S_ISDIR(status.st_mode) ? 0 : ENOTDIR;
        if (error != 0) {
            message_error(path, strerror(error));
            good = false;
        }
    }
    return good;
}

/* What the options name has to be there before the old output is replaced. */
static bool prepare(struct check *check)
{
    const struct check_settings *settings = check->settings;

    if (settings->base != NULL && !list_base_is_of_list(settings->base) &&
        (check->base = list_base_open(settings->base)) == NULL)
        return false;
    if (settings->tree_count == 0)
        return true;
    if (!trees_are_directories(settings))
        return false;
    check->named = listed_files_new();
    if (check->named == NULL)
        message_error(NULL, strerror(ENOMEM));
    return check->named != NULL;
}

void check_lists(const struct invocation *invocation, const struct check_settings *given)
{
    struct check_settings settings = *given;
    struct check check = {.invocation = invocation, .settings = &settings};

    settings.threads = invocation->threads;
    settings.stdin_is_list = takes_standard_input(invocation);
    if (settings.stdin_is_list && list_base_is_of_list(settings.base)) {
        message_usage(invocation->command->name, "--base=list: standard input lies in no directory");
        return;
    }
    if (prepare(&check))
        check_all(&check);
    listed_files_free(check.named);
    directory_release(check.base);
}
