/* SPDX-License-Identifier: Apache-2.0 */
/* Checking of lists: what iscc check and iscc sum -c have in common. */
#ifndef CHECK_H
#define CHECK_H

#include <stdbool.h>

#include "options.h"
#include "verify.h"

/* Rows of the option tables; `when` is a literal that their help texts begin with. */
#define OPTIONS_CHECK(when)                                                                                            \
    {'q', "quiet", NULL, when "print no line for what is OK"},                                                         \
        {OPTION_STATUS, "status", NULL, when "print no verdicts and no counts; the exit status tells"},                \
        {'w', "warn", NULL, when "print a message for each improperly formatted line"},                                \
        {OPTION_STRICT, "strict", NULL, when "fail for improperly formatted lines"},                                   \
        {OPTION_BASE, "base", "DIR", when "take relative names from DIR; list is the directory of each list"},         \
    {                                                                                                                  \
        OPTION_IGNORE_MISSING, "ignore-missing", NULL, when "pass over files that do not exist"                        \
    }

/* Handles an option of these rows. False for any other. */
bool check_set_option(struct check_settings *settings, int key, const char *value);

/* Checks the lists that are the operands, or standard input where there are none. */
void check_lists(const struct invocation *invocation, const struct check_settings *settings);

#endif
