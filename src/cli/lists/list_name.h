/* SPDX-License-Identifier: Apache-2.0 */
/* Where the name in a list leads: docs/check-rules.md, R18 and R23. */
#ifndef LIST_NAME_H
#define LIST_NAME_H

#include <stdbool.h>
#include <stddef.h>

/* Option table row. `when` is a string literal put before the help text, `member` a `const char *` of `settings`, and
 * `needed` an option that it requires, or NULL, as in option_spec. */
#define OPTION_STRIP(when, settings, member, needed)                                                                   \
    {                                                                                                                  \
        0, "strip", "PREFIX", when "look names up without the directory PREFIX that they begin with",                  \
            ONLY_WITH(needed, SETS_STRING(settings, member))                                                           \
    }

/* How many bytes at the start of a name are `prefix` and the slashes that follow it: 0 if the name is not below the
 * prefix, or if that is NULL. If the name is the prefix, nothing is left. */
size_t list_name_prefix_size(const char *name, const char *prefix);

/* What to open for a name without its first `prefix_size` bytes: the current directory if nothing is left. */
const char *list_name_path(const char *name, size_t prefix_size);

/* Whether a name is relative and no `..` in it leads above where it begins. */
bool list_name_is_inside(const char *name);

#endif
