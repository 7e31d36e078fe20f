/* SPDX-License-Identifier: Apache-2.0 */
/* Groups of near duplicates: the rules see each digest once, and its duplicates get what it gets. */
#include "similar/groups.h"

#include <stdlib.h>

#include "similar/groups_rules.h"
#include "similar/unique_digests.h"

/* From the references of the different digests to the places of all. Until now the places' members `reference` have
 * the number among the different ones. */
static iscc_status fill_places(const struct groups_task *task, const struct unique_digests *different,
                               const uint32_t *references, struct group_place *places)
{
    const size_t size = task->bits / 8;

    for (size_t i = 0; i < task->count; i++) {
        const uint32_t number = places[i].reference;
        unsigned distance = 0;
        if (references[number] != number) {
            const iscc_status status = iscc_hamming_distance(
                different->digests + number * size, different->digests + references[number] * size, size, &distance);
            if (status != ISCC_OK)
                return status;
        }
        places[i] = (struct group_place){different->places[references[number]], distance};
    }
    return ISCC_OK;
}

iscc_status groups_make(const struct groups_task *task, struct group_place *places)
{
    struct unique_digests different = {0};
    uint32_t *references = NULL;
    iscc_status status = ISCC_ERROR_MEMORY;

    if (task->bits < 32 || task->bits > 256 || task->bits % 32 != 0)
        return ISCC_ERROR_BITS;
    if (task->count > ISCC_INDEX_MAX)
        return ISCC_ERROR_ARGUMENT;
    if (task->count == 0)
        return ISCC_OK;
    if (!unique_digests_find(&different, task->digests, task->bits / 8, task->count, &places[0].reference,
                             sizeof *places / sizeof places[0].reference))
        goto out;
    references = malloc(different.count * sizeof *references);
    if (references == NULL)
        goto out;
    status = (task->rule == GROUPS_CONNECTED ? groups_connected : groups_in_order)(task, different.digests,
                                                                                   different.count, references);
    if (status == ISCC_OK)
        status = fill_places(task, &different, references, places);
out:
    free(references);
    unique_digests_free(&different);
    return status;
}
