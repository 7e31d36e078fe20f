/* SPDX-License-Identifier: Apache-2.0 */
/* Open addressing, at most half full. */
#include "util/identity_set.h"

#include <stdint.h>
#include <stdlib.h>

#include "util/fnv.h"

enum { CAPACITY_START = 256 };

/* The slot that has the file, or the free one where it belongs. */
static struct file_identity *find(const struct identity_set *set, const struct file_identity *identity)
{
    const uint64_t numbers[] = {(uint64_t)identity->device, (uint64_t)identity->inode};
    size_t at = (size_t)fnv_add(FNV_START, numbers, sizeof numbers) & (set->capacity - 1);

    while (set->slots[at].inode != 0 && !file_identity_equal(&set->slots[at], identity))
        at = (at + 1) & (set->capacity - 1);
    return &set->slots[at];
}

static bool grow(struct identity_set *set)
{
    struct identity_set grown = {.capacity = set->capacity > 0 ? 2 * set->capacity : CAPACITY_START};

    grown.slots = calloc(grown.capacity, sizeof *grown.slots);
    if (grown.slots == NULL)
        return false;
    for (size_t i = 0; i < set->capacity; i++)
        if (set->slots[i].inode != 0)
            *find(&grown, &set->slots[i]) = set->slots[i];
    free(set->slots);
    set->slots = grown.slots;
    set->capacity = grown.capacity;
    return true;
}

static bool add(struct identity_set *set, const struct file_identity *identity)
{
    if (identity->inode == 0 || (2 * set->count >= set->capacity && !grow(set)))
        return true;
    struct file_identity *slot = find(set, identity);
    if (slot->inode != 0)
        return false;
    *slot = *identity;
    set->count++;
    return true;
}

bool identity_set_add(struct identity_set *set, const struct file_identity *identity)
{
    bool is_new;

#pragma omp critical(iscc_identity_set)
    is_new = add(set, identity);
    return is_new;
}

void identity_set_free(struct identity_set *set)
{
    free(set->slots);
    *set = (struct identity_set){.slots = NULL};
}
