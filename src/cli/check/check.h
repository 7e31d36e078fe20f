/* SPDX-License-Identifier: Apache-2.0 */
/* Checks lists, for iscc check and iscc sum -c. */
#ifndef CHECK_H
#define CHECK_H

#include <stdbool.h>

#include "check/check_list.h"
#include "lists/list_name.h"
#include "options/command.h"
#include "options/operands.h"

/* Option table rows. `when` is a string literal put before each help text, `check` a member of `settings`, and `needed`
 * the options that they require, as in option_spec. */
#define OPTIONS_CHECK(when, settings, check, needed)                                                                   \
    {'q', "quiet", NULL, when "print no line for what is OK",                                                          \
     ONLY_WITH(needed, SETS_VALUE(settings, check.report, REPORT_QUIET))},                                             \
        {0, "status", NULL, when "print no verdicts and no counts; only set the exit status",                          \
         ONLY_WITH(needed, SETS_VALUE(settings, check.report, REPORT_STATUS))},                                        \
        {'w', "warn", NULL, when "print a message for each improperly formatted line",                                 \
         ONLY_WITH(needed, SETS_VALUE(settings, check.report, REPORT_WARN))},                                          \
        {0, "strict", NULL, when "fail for improperly formatted lines",                                                \
         ONLY_WITH(needed, SETS_FLAG(settings, check.strict))},                                                        \
        {0, "base", "DIR", when "names begin in DIR, and must not lead out; list means the directory of each list",    \
         ONLY_WITH(needed, SETS_STRING(settings, check.base))},                                                        \
        OPTION_STRIP(when, settings, check.strip, needed),                                                             \
        {0, "strict-tree", "DIR", when "fail for files below DIR that no list names",                                  \
         ONLY_WITH(needed, CALLS(settings, check, check_add_tree, 0))},                                                \
    {                                                                                                                  \
        0, "ignore-missing", NULL, when "ignore files that do not exist",                                              \
            ONLY_WITH(needed, SETS_FLAG(settings, check.ignore_missing))                                               \
    }

/* The callback of --strict-tree; `settings` is a check_settings. The caller frees its `trees`. */
bool check_add_tree(void *settings, const struct option_spec *option, const char *path, const char *command);

/* Checks the lists given as operands, or standard input if there are none. `output` is the value of -o. */
void check_lists(const struct operands *lists, const char *output, const struct check_settings *given);

#endif
