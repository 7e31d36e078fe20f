/* SPDX-License-Identifier: Apache-2.0 */
/* iscc check: compares files with the codes that lists have of them. */
#include <stddef.h>
#include <string.h>

#include "backend.h"
#include "check.h"
#include "commands.h"
#include "engine.h"
#include "threads.h"

static const struct option_spec options[] = {
    OPTIONS_CHECK(""),
    {OPTION_JSON, "json", NULL, "print JSON Lines: one object for each line of the lists"},
    {'z', "zero", NULL, "the lists have NUL at the end of their lines, and names without escapes"},
    OPTIONS_OUTPUT,
    OPTIONS_THREADS,
    OPTIONS_COMMON,
};

bool check_set_option(struct check_settings *settings, int key)
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
        check_set_option(settings, key);
    }
    return true;
}

void check_lists(const struct invocation *invocation, const struct check_settings *given)
{
    struct check_settings settings = *given;
    struct output *output = output_open(settings.output, '\n');

    if (output == NULL)
        return;
    settings.stdin_is_list = invocation->count == 0;
    for (int i = 0; i < invocation->count; i++)
        settings.stdin_is_list = settings.stdin_is_list || strcmp(invocation->arguments[i], "-") == 0;
    if (invocation->count == 0)
        verify_list("-", &settings, output);
    for (int i = 0; i < invocation->count && !output_failed(output); i++)
        verify_list(invocation->arguments[i], &settings, output);
    output_finish(output);
}

static void run(struct invocation *invocation)
{
    struct check_settings settings = {.threads = engine_processors()};

    if (invocation_parse(invocation, set_option, &settings) && backend_is_usable())
        check_lists(invocation, &settings);
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
