/* SPDX-License-Identifier: Apache-2.0 */
/* Groups of near duplicates: the rules work on the distinct digests, and equal ones share the result. */
#include "similar/groups.h"

#include <stdlib.h>

#include "similar/groups_rules.h"
#include "similar/unique_digests.h"

/* Turns the references among the unique digests into assignments of all digests. On entry, `reference` of each
 * assignment is the digest's index among the unique ones. */
static iscc_status fill_assignments(const struct groups_task *task, const struct unique_digests *unique,
                                    const uint32_t *references, struct group_assignment *assignments)
{
    const size_t size = task->bits / 8;

    for (size_t i = 0; i < task->count; i++) {
        const uint32_t number = assignments[i].reference;
        unsigned distance = 0;
        if (references[number] != number) {
            const iscc_status status = iscc_hamming_distance(
                unique->digests + number * size, unique->digests + references[number] * size, size, &distance);
            if (status != ISCC_OK)
                return status;
        }
        assignments[i] = (struct group_assignment){unique->positions[references[number]], distance};
    }
    return ISCC_OK;
}

iscc_status groups_make(const struct groups_task *task, struct group_assignment *assignments)
{
    struct unique_digests unique = {0};
    uint32_t *references = NULL;
    iscc_status status = ISCC_ERROR_MEMORY;

    if (task->bits < 32 || task->bits > 256 || task->bits % 32 != 0)
        return ISCC_ERROR_BITS;
    if (task->count > ISCC_INDEX_MAX)
        return ISCC_ERROR_ARGUMENT;
    if (task->count == 0)
        return ISCC_OK;
    if (!unique_digests_find(&unique, task->digests, task->bits / 8, task->count, &assignments[0].reference,
                             sizeof *assignments / sizeof assignments[0].reference))
        goto out;
    references = malloc(unique.count * sizeof *references);
    if (references == NULL)
        goto out;
    status = (task->rule == GROUPS_CONNECTED ? groups_connected : groups_in_order)(task, unique.digests, unique.count,
                                                                                   references);
    if (status == ISCC_OK)
        status = fill_assignments(task, &unique, references, assignments);
out:
    free(references);
    unique_digests_free(&unique);
    return status;
}
