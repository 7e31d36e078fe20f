/* SPDX-License-Identifier: Apache-2.0 */
/* iscc check: compares files with the codes that lists have of them. */
#include <stddef.h>

#include "check/check.h"
#include "commands/commands.h"
#include "options/backend.h"

static const struct option_spec options[] = {
    OPTIONS_CHECK(""),
    OPTIONS_FILTER("in directories: "),
    {OPTION_JSON, "json", NULL, "print JSON Lines: one object for each line of the lists"},
    {'z', "zero", NULL, "lines of the lists end with NUL, and names are not escaped"},
    OPTIONS_OUTPUT,
    OPTIONS_THREADS,
    OPTIONS_COMMON,
};

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
    default:
        return check_set_option(settings, key, value) &&
               filter_set_option(&settings->filter, command_check.name, key, value);
    }
    return true;
}

static void run(struct invocation *invocation)
{
    struct check_settings settings = {.zero = false};

    if (invocation_parse(invocation, set_option, &settings) && backend_is_usable())
        check_lists(invocation, &settings);
    check_settings_free(&settings);
    filter_free(&settings.filter);
}

const struct command command_check = {
    .name = "check",
    .synopsis = "[OPTION]... [LIST]...",
    .summary = "check files against lists that sum has printed",
    .about =
        "Read lists of codes as sum prints them, in text or JSON, and check that the files still have these codes. "
        "With no LIST, or if it is -, read standard input.",
    .options = options,
    .run = run,
};
