/* SPDX-License-Identifier: Apache-2.0 */
/* Checking of lists: what iscc check and iscc sum -c have in common. */
#ifndef CHECK_H
#define CHECK_H

#include <stdbool.h>

#include "check/check_list.h"
#include "options/command.h"

/* Rows of the option tables; `when` is a literal that their help texts begin with. */
#define OPTIONS_CHECK(when)                                                                                            \
    {'q', "quiet", NULL, when "print no line for what is OK"},                                                         \
        {OPTION_STATUS, "status", NULL, when "print no verdicts and no counts; only the exit status tells"},           \
        {'w', "warn", NULL, when "print a message for each improperly formatted line"},                                \
        {OPTION_STRICT, "strict", NULL, when "fail for improperly formatted lines"},                                   \
        {OPTION_BASE, "base", "DIR", when "relative names begin in DIR; list means the directory of each list"},       \
        {OPTION_STRICT_TREE, "strict-tree", "DIR", when "fail for files below DIR that no list names"},                \
    {                                                                                                                  \
        OPTION_IGNORE_MISSING, "ignore-missing", NULL, when "ignore files that do not exist"                           \
    }

/* Whether an option is one of these rows. */
bool check_has_option(int key);

/* Handles an option of these rows; any other changes nothing. False after a message. */
bool check_set_option(struct check_settings *settings, int key, const char *value);

/* Frees what options have taken memory for; `filter` stays. */
void check_settings_free(struct check_settings *settings);

/* Checks the lists that are the operands, or standard input where there are none. */
void check_lists(const struct invocation *invocation, const struct check_settings *given);

#endif
