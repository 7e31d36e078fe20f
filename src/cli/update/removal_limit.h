/* SPDX-License-Identifier: Apache-2.0 */
/* How many lines an update may remove: docs/update.md, U10. */
#ifndef REMOVAL_LIMIT_H
#define REMOVAL_LIMIT_H

#include <stdbool.h>
#include <stdint.h>

#include "options/command.h"
#include "update/update_plan.h"

struct removal_limit {
    bool allows_empty; /* all lines of a PATH may go */
    bool has_most;
    bool is_share; /* `most` is a percentage of the lines that belong to the PATHs */
    uint64_t most;
};

/* The callback of --max-removed; `limit` is a removal_limit. */
bool removal_limit_set(void *limit, const struct option_spec *option, const char *value, const char *command);

/* Whether the update of `list` may remove the lines that the finished plan would. Returns false after a message. */
bool removal_limit_allows(const struct removal_limit *limit, const struct update_plan *plan, const char *list);

#endif
