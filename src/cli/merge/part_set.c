/* SPDX-License-Identifier: Apache-2.0 */
/* Compares the first and the last lines of parts. */
#include "merge/part_set.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "util/descriptor_limit.h"
#include "util/message.h"

/* Returns false after a message. Messages cut long names. */
static bool is_of_run(const struct part *part, const struct part *first)
{
    assert(part->command != NULL && first->command != NULL); /* part_open() has succeeded */
    if (part->shard.count != first->shard.count)
        message_finding(STATUS_TROUBLE, part->path, "one of %" PRIu64 " shards, but '%.200s' is one of %" PRIu64,
                        part->shard.count, first->path, first->shard.count);
    else if (part->json != first->json || part->reader.terminator != first->reader.terminator ||
             strcmp(part->command, first->command) != 0)
        message_finding(STATUS_TROUBLE, part->path, "made with other options or operands than '%.200s'", first->path);
    else
        return true;
    return false;
}

static bool are_of_one_run(const struct part_set *set)
{
    bool good = true;

    for (size_t i = 1; i < set->count; i++)
        good = is_of_run(&set->parts[i], &set->parts[0]) && good;
    return good;
}

static void report_missing(const struct part *const *by_number, uint64_t count)
{
    uint64_t first = count;
    uint64_t missing = 0;

    for (uint64_t i = count; i > 0; i--)
        if (by_number[i - 1] == NULL) {
            first = i;
            missing++;
        }
    if (missing == 1)
        message_finding(STATUS_TROUBLE, NULL, "the part of shard %" PRIu64 "/%" PRIu64 " is missing", first, count);
    else
        message_finding(STATUS_TROUBLE, NULL,
                        "%" PRIu64 " of %" PRIu64 " parts are missing, the first that of shard %" PRIu64, missing,
                        count, first);
}

/* Each shard exactly once. */
static bool is_complete(const struct part_set *set)
{
    const uint64_t count = set->parts[0].shard.count;
    const struct part **by_number = calloc((size_t)count + 1, sizeof *by_number);
    uint64_t found = 0;
    bool good = by_number != NULL;

    if (by_number == NULL)
        message_error(NULL, strerror(ENOMEM));
    for (size_t i = 0; by_number != NULL && i < set->count; i++) {
        const struct part *part = &set->parts[i];
        const struct part **slot = &by_number[part->shard.number - 1];
        if (*slot != NULL) {
            message_finding(STATUS_TROUBLE, part->path, "shard %" PRIu64 "/%" PRIu64 ", as is '%.200s'",
                            part->shard.number, count, (*slot)->path);
            good = false;
        } else {
            *slot = part;
            found++;
        }
    }
    if (by_number != NULL && found < count) {
        report_missing(by_number, count);
        good = false;
    }
    free(by_number);
    return good;
}

bool part_set_open(struct part_set *set, const struct operands *paths)
{
    bool good = true;

    descriptor_limit_raise();
    set->parts = calloc((size_t)paths->count, sizeof *set->parts);
    if (set->parts == NULL) {
        message_error(NULL, strerror(ENOMEM));
        return false;
    }
    for (; set->count < (size_t)paths->count; set->count++) {
        set->parts[set->count] = (struct part){.path = paths->arguments[set->count], .descriptor = -1};
        good = part_open(&set->parts[set->count]) && good;
    }
    return good && are_of_one_run(set) && is_complete(set);
}

bool part_set_agrees(const struct part_set *set)
{
    const struct part *first = &set->parts[0];
    bool good = true;

    for (size_t i = 0; i < set->count; i++) {
        const struct part *part = &set->parts[i];
        if (part->end.operands != first->end.operands || part->end.hash != first->end.hash) {
            message_finding(STATUS_TROUBLE, part->path, "made with other operands than '%.200s'", first->path);
            good = false;
        } else if (part->end.errors > 0) {
            message_finding(STATUS_TROUBLE, part->path, "%" PRIu64 " %s when it was made", part->end.errors,
                            part->end.errors == 1 ? "error was reported" : "errors were reported");
        }
    }
    return good;
}

void part_set_close(struct part_set *set)
{
    for (size_t i = 0; i < set->count; i++)
        part_close(&set->parts[i]);
    free(set->parts);
}
