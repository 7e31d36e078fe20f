/* SPDX-License-Identifier: Apache-2.0 */
/* Checks all lists of a command, then the trees of --strict-tree. */
#include "check/check.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "check/list_base.h"
#include "check/unlisted.h"
#include "files/long_path.h"
#include "util/array.h"
#include "util/message.h"

bool check_add_tree(void *context, const struct option_spec *option, const char *path, const char *command)
{
    struct check_settings *settings = context;
    const char **trees = array_grow(settings->trees, &settings->tree_capacity, settings->tree_count + 1, sizeof *trees);

    (void)option;
    (void)command;
    if (trees == NULL) {
        message_error(NULL, strerror(ENOMEM));
        return false;
    }
    trees[settings->tree_count++] = path;
    settings->trees = trees;
    return true;
}

/* ---- A check ---- */

struct check {
    const struct operands *lists;
    const char *output;
    const struct check_settings *settings;
    struct directory *base;      /* of all lists, or NULL */
    struct listed_files *listed; /* the files in all lists, if --strict-tree was given; else NULL */
    bool is_complete;            /* all lists were read to their end */
};

static bool reads_standard_input(const struct operands *lists)
{
    for (int i = 0; i < lists->count; i++)
        if (strcmp(lists->arguments[i], "-") == 0)
            return true;
    return lists->count == 0;
}

static bool check_one_list(const struct check *check, const char *path, struct output *output)
{
    const bool has_own_base = list_base_is_per_list(check->settings->base);
    struct directory *base = has_own_base ? list_base_open_for_list(path) : check->base;

    if (has_own_base && base == NULL)
        return false;
    const bool is_read = check_list(path, check->settings, base, check->listed, output);
    if (has_own_base)
        directory_release(base);
    return is_read;
}

/* If a list could not be read in full, reports no file as unlisted. */
static void check_trees(const struct check *check, struct output *output)
{
    const struct check_settings *settings = check->settings;

    if (settings->tree_count == 0)
        return;
    if (!check->is_complete) {
        output_flush(output);
        message_error(NULL, "not looking for unlisted files, as a list could not be read");
        return;
    }
    if (listed_files_failure(check->listed) != 0) {
        output_flush(output);
        message_finding(STATUS_TROUBLE, NULL,
                        "not looking for unlisted files, as a listed directory cannot be found (%s)",
                        strerror(listed_files_failure(check->listed)));
        return;
    }
    listed_files_sort(check->listed);
    for (size_t i = 0; i < settings->tree_count && !output_failed(output); i++)
        unlisted_report(settings->trees[i], settings, check->listed, output);
}

static void check_all(struct check *check)
{
    const struct operands *lists = check->lists;
    struct output *output = output_open(check->output, '\n');

    if (output == NULL)
        return;
    check->is_complete = lists->count > 0 || check_one_list(check, "-", output);
    for (int i = 0; i < lists->count && !output_failed(output); i++)
        if (!check_one_list(check, lists->arguments[i], output))
            check->is_complete = false;
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
        const int error = long_path_stat(NULL, path, &status) != 0 ? errno : S_ISDIR(status.st_mode) ? 0 : ENOTDIR;
        if (error != 0) {
            message_error(path, strerror(error));
            good = false;
        }
    }
    return good;
}

/* Opens what the options name, so that a failure leaves the old output as it is. */
static bool prepare(struct check *check)
{
    const struct check_settings *settings = check->settings;

    if (settings->base != NULL && !list_base_is_per_list(settings->base) &&
        (check->base = list_base_open(settings->base)) == NULL)
        return false;
    if (settings->tree_count == 0)
        return true;
    if (!trees_are_directories(settings))
        return false;
    check->listed = listed_files_new();
    if (check->listed == NULL)
        message_error(NULL, strerror(ENOMEM));
    return check->listed != NULL;
}

void check_lists(const struct operands *lists, const char *output, const struct check_settings *given)
{
    struct check_settings settings = *given;
    struct check check = {.lists = lists, .output = output, .settings = &settings};

    settings.stdin_is_list = reads_standard_input(lists);
    settings.checks_members = settings.archives.wanted;
    settings.archives.wanted = false;
    settings.has_several_lists = lists->count > 1;
    if (settings.stdin_is_list && list_base_is_per_list(settings.base)) {
        message_usage(lists->command, "--base=list: standard input has no directory");
        return;
    }
    if (prepare(&check))
        check_all(&check);
    listed_files_free(check.listed);
    directory_release(check.base);
}
