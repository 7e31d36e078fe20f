/* SPDX-License-Identifier: Apache-2.0 */
/* Refuses an update that would remove too much, because a disk that is not mounted looks like one without files. */
#include "update/removal_limit.h"

#include <inttypes.h>
#include <string.h>

#include "util/message.h"
#include "util/number.h"

bool removal_limit_set(void *limit, const struct option_spec *option, const char *value, const char *command)
{
    struct removal_limit *set = limit;
    const size_t digits = strspn(value, "0123456789");
    char percent[sizeof "100"] = "";

    set->has_most = true;
    set->is_share = strcmp(value + digits, "%") == 0;
    if (set->is_share && digits < sizeof percent)
        memcpy(percent, value, digits);
    if (set->is_share ? number_parse(percent, 0, 100, &set->most) : number_parse(value, 0, UINT64_MAX, &set->most))
        return true;
    message_usage(command, "invalid argument '%s' for '--%s' (a number of lines, or 0%% to 100%%)", value,
                  option->name);
    return false;
}

static const char *noun(uint64_t lines)
{
    return lines == 1 ? "line" : "lines";
}

/* The message about all lines of one PATH, or without PATH about all lines. It cuts a long PATH. */
static void report_empty(const struct update_plan *plan, size_t number, const char *list)
{
    const uint64_t lines = plan->path_lines[number].count;

    if (plan->operand_count == 0)
        message_finding(STATUS_TROUBLE, list,
                        "not updated, as none of its files is there (--allow-empty removes %" PRIu64 " %s)", lines,
                        noun(lines));
    else
        message_finding(STATUS_TROUBLE, list,
                        "not updated, as nothing of '%.200s' is there, or all is left out (--allow-empty removes "
                        "%" PRIu64 " %s)",
                        plan->operands[number], lines, noun(lines));
}

/* Without PATH, one number stands for all lines; otherwise the last one stands for those outside every PATH. */
static size_t count_numbers(const struct update_plan *plan)
{
    return plan->operand_count == 0 ? 1 : plan->operand_count;
}

static bool keeps_something(const struct update_plan *plan, const char *list)
{
    bool good = true;

    for (size_t i = 0; i < count_numbers(plan); i++)
        if (plan->path_lines[i].count > 0 && plan->path_lines[i].gone == plan->path_lines[i].count) {
            report_empty(plan, i, list);
            good = false;
        }
    return good;
}

bool removal_limit_allows(const struct removal_limit *limit, const struct update_plan *plan, const char *list)
{
    uint64_t lines = 0;
    uint64_t gone = 0;

    if (!limit->allows_empty && !keeps_something(plan, list))
        return false;
    for (size_t i = 0; i < count_numbers(plan); i++) {
        lines += plan->path_lines[i].count;
        gone += plan->path_lines[i].gone;
    }
    if (!limit->has_most || (limit->is_share ? gone * 100 <= lines * limit->most : gone <= limit->most))
        return true;
    message_finding(STATUS_TROUBLE, list,
                    "not updated, as %" PRIu64 " %s would be removed (--max-removed=%" PRIu64 "%s)", gone, noun(gone),
                    limit->most, limit->is_share ? "%" : "");
    return false;
}
