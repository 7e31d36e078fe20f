/* SPDX-License-Identifier: Apache-2.0 */
/* iscc check: compares files with the codes that lists have of them. */
#include <stddef.h>
#include <string.h>

#include "backend.h"
#include "base.h"
#include "check.h"
#include "commands.h"
#include "engine.h"
#include "message.h"
#include "threads.h"

static const struct option_spec options[] = {
    OPTIONS_CHECK(""),
    OPTIONS_CHOICE("in directories: "),
    {OPTION_JSON, "json", NULL, "print JSON Lines: one object for each line of the lists"},
    {'z', "zero", NULL, "the lists have NUL at the end of their lines, and names without escapes"},
    OPTIONS_OUTPUT,
    OPTIONS_THREADS,
    OPTIONS_COMMON,
};

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
    case OPTION_IGNORE_MISSING:
        settings->ignore_missing = true;
        break;
    default:
        return false;
    }
    return true;
}

static bool set_option(void *context, int key, const char *value)
{
    struct check_settings *settings = context;

    switch (key) {
    case OPTION_JSON:
        settings->json = true;
        break;
    case 'z':
        settings->zero = true;
        break;
    case 'o':
        settings->output = value;
        break;
    case 'j':
        return threads_parse(command_check.name, value, &settings->threads);
    default:
        if (!check_set_option(settings, key, value))
            return choice_set_option(&settings->choice, command_check.name, key, value);
    }
    return true;
}

static bool takes_standard_input(const struct invocation *invocation)
{
    for (int i = 0; i < invocation->count; i++)
        if (strcmp(invocation->arguments[i], "-") == 0)
            return true;
    return invocation->count == 0;
}

static void check_list(const char *path, const struct check_settings *settings, const struct directory *base,
                       struct output *output)
{
    struct directory *folder = NULL;

    if (base_is_of_list(settings->base)) {
        folder = base_open_of_list(path);
        if (folder == NULL)
            return;
        base = folder;
    }
    verify_list(path, settings, base, output);
    directory_release(folder);
}

static void check_all(const struct invocation *invocation, const struct check_settings *settings,
                      const struct directory *base)
{
    struct output *output = output_open(settings->output, '\n');

    if (output == NULL)
        return;
    if (invocation->count == 0)
        check_list("-", settings, base, output);
    for (int i = 0; i < invocation->count && !output_failed(output); i++)
        check_list(invocation->arguments[i], settings, base, output);
    output_finish(output);
}

void check_lists(const struct invocation *invocation, const struct check_settings *given)
{
    struct check_settings settings = *given;
    struct directory *base = NULL;

    settings.stdin_is_list = takes_standard_input(invocation);
    if (settings.stdin_is_list && base_is_of_list(settings.base)) {
        message_usage(invocation->command->name, "--base=list: standard input lies in no directory");
        return;
    }
    if (settings.base != NULL && !base_is_of_list(settings.base) && (base = base_open(settings.base)) == NULL)
        return;
    check_all(invocation, &settings, base);
    directory_release(base);
}

static void run(struct invocation *invocation)
{
    struct check_settings settings = {.threads = engine_processors()};

    if (invocation_parse(invocation, set_option, &settings) && backend_is_usable())
        check_lists(invocation, &settings);
    choice_free(&settings.choice);
}

const struct command command_check = {
    .name = "check",
    .synopsis = "[OPTION]... [LIST]...",
    .summary = "check files against lists that sum has printed",
    .about =
        "Read lists of codes as sum prints them, in text or JSON, and check that the files still have these codes. "
        "With no LIST, or where it is -, read standard input.",
    .options = options,
    .run = run,
};
