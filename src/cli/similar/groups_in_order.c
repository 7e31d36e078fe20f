/* SPDX-License-Identifier: Apache-2.0 */
/* Groups in the order of the digests: each belongs to the first reference near it. */
#include <stdlib.h>
#include <string.h>

#include "hash/parallel.h"
#include "similar/groups_rules.h"
#include "similar/near_pairs.h"

/*
 * The near pairs determine the groups: each digest in turn joins the first reference near it, or becomes one. But k
 * digests that are all near one another have k * k / 2 pairs, of which only k matter. So if there are more than a few
 * pairs for each digest, the first half of the digests is grouped on its own, the second half is compared with its
 * references, and the digests near none of them are grouped on their own.
 */
enum { PAIRS_PER_DIGEST = 2 };

/* So many pairs are always allowed. A thousand digests never have more, which ends the recursion. */
#define PAIRS_MIN ((size_t)1 << 19)

#define NONE UINT32_MAX

struct grouping {
    const struct groups_task *task;
    size_t size;            /* bytes of a digest */
    const uint8_t *digests; /* no two are equal */
    uint32_t *references;   /* of each digest, or NONE */
};

/* A subset of the digests. */
struct selection {
    uint32_t *numbers; /* indices of the digests, ascending; NULL: all digests */
    uint8_t *digests;  /* contiguous copies, for an index */
    size_t count;
};

static void selection_free(struct selection *selection)
{
    free(selection->numbers);
    free(selection->digests);
    *selection = (struct selection){0};
}

static uint32_t selected_number(const struct selection *selection, size_t i)
{
    return selection->numbers == NULL ? (uint32_t)i : selection->numbers[i];
}

/* Selects, from `begin` to `end` of another selection, the digests that are references, or else those without a
 * reference. Returns false if memory is short. */
static bool select_digests(struct selection *selected, const struct grouping *grouping, const struct selection *from,
                           size_t begin, size_t end, bool is_reference)
{
    const size_t size = grouping->size;

    *selected = (struct selection){0};
    selected->numbers = malloc((end - begin + 1) * sizeof *selected->numbers);
    if (selected->numbers == NULL)
        return false;
    for (size_t i = begin; i < end; i++) {
        const uint32_t number = selected_number(from, i);
        if (grouping->references[number] == (is_reference ? number : NONE))
            selected->numbers[selected->count++] = number;
    }
    selected->digests = malloc(selected->count * size + 1);
    if (selected->digests == NULL) {
        selection_free(selected);
        return false;
    }
    for (size_t i = 0; i < selected->count; i++)
        memcpy(selected->digests + i * size, grouping->digests + selected->numbers[i] * size, size);
    return true;
}

/* Assigns the digests in order. First buckets the pairs by their second digest, as linked lists. */
static bool assign_by_pairs(struct grouping *grouping, const struct selection *selection, struct near_pairs *near)
{
    uint32_t *heads = malloc((selection->count + 1) * sizeof *heads);

    if (heads == NULL)
        return false;
    memset(heads, 0xff, selection->count * sizeof *heads); /* NONE */
    for (size_t i = 0; i < near->count; i++) {
        struct near_pair *pair = &near->pairs[i];
        const uint32_t second = pair->second;
        pair->second = heads[second]; /* from here on the index of the next pair in the list */
        heads[second] = (uint32_t)i;
    }
    for (size_t i = 0; i < selection->count; i++) {
        uint32_t reference = selected_number(selection, i);
        for (uint32_t next = heads[i]; next != NONE; next = near->pairs[next].second) {
            const uint32_t first = selected_number(selection, near->pairs[next].first);
            if (first < reference && grouping->references[first] == first)
                reference = first;
        }
        grouping->references[selected_number(selection, i)] = reference;
    }
    free(heads);
    return true;
}

/* A search for the references of several digests. */
struct lookup {
    struct grouping *grouping;
    const struct selection *members;
    size_t begin; /* members before this one are not looked up */
    const struct selection *references;
    const iscc_index *index; /* of the references */
};

enum { LOOKUP_BATCH = 256 };

static int keep_least(void *context, uint32_t first, uint32_t second, unsigned distance)
{
    uint32_t *least = context;

    (void)first;
    (void)distance;
    if (second < *least)
        *least = second;
    return 0;
}

static void find_references(void *context, size_t batch)
{
    const struct lookup *lookup = context;
    const struct grouping *grouping = lookup->grouping;
    const size_t begin = lookup->begin + batch * LOOKUP_BATCH;
    const size_t end = begin + LOOKUP_BATCH < lookup->members->count ? begin + LOOKUP_BATCH : lookup->members->count;

    for (size_t i = begin; i < end; i++) {
        const uint32_t number = selected_number(lookup->members, i);
        uint32_t least = NONE;
        iscc_index_each(lookup->index, grouping->digests + number * grouping->size, grouping->task->threshold,
                        keep_least, &least);
        if (least != NONE)
            grouping->references[number] = selected_number(lookup->references, least);
    }
}

/* Assigns the digests from `begin` on to the first reference near them among the digests before `begin`. */
static iscc_status join_references(struct grouping *grouping, const struct selection *selection, size_t begin)
{
    const struct groups_task *task = grouping->task;
    struct selection references = {0};
    struct lookup lookup = {.grouping = grouping, .members = selection, .begin = begin, .references = &references};
    iscc_index *index = NULL;
    iscc_status status = ISCC_ERROR_MEMORY;

    if (!select_digests(&references, grouping, selection, 0, begin, true))
        return status;
    status = near_index_make(&index, references.digests, references.count, task->bits, task->threshold);
    if (status == ISCC_OK) {
        lookup.index = index;
        parallel_for((selection->count - begin + LOOKUP_BATCH - 1) / LOOKUP_BATCH, task->threads, find_references,
                     &lookup);
    }
    iscc_index_free(index);
    selection_free(&references);
    return status;
}

/* Groups a selection by its pairs. If there are too many of them, sets `is_complete` to false and groups nothing. */
static iscc_status group_by_pairs(struct grouping *grouping, const struct selection *selection, bool *is_complete)
{
    const struct groups_task *task = grouping->task;
    const uint8_t *digests = selection->numbers == NULL ? grouping->digests : selection->digests;
    size_t limit = PAIRS_PER_DIGEST * selection->count;
    struct near_pairs near = {0};
    iscc_index *index = NULL;

    if (limit < PAIRS_MIN)
        limit = PAIRS_MIN;
    if (limit >= NONE)
        limit = NONE - 1; /* the lists hold 32-bit indices of pairs */
    iscc_status status = near_index_make(&index, digests, selection->count, task->bits, task->threshold);
    if (status == ISCC_OK)
        status = near_pairs_collect(&near, index, task->threshold, limit, task->threads);
    iscc_index_free(index);
    *is_complete = near.is_complete;
    if (status == ISCC_OK && near.is_complete && !assign_by_pairs(grouping, selection, &near))
        status = ISCC_ERROR_MEMORY;
    near_pairs_free(&near);
    return status;
}

static iscc_status group_selection(struct grouping *grouping, const struct selection *selection)
{
    struct selection part = {0};
    const size_t half = selection->count / 2;
    bool is_complete = false;
    iscc_status status = group_by_pairs(grouping, selection, &is_complete);

    if (status != ISCC_OK || is_complete)
        return status;
    if (!select_digests(&part, grouping, selection, 0, half, false))
        return ISCC_ERROR_MEMORY;
    status = group_selection(grouping, &part);
    selection_free(&part);
    if (status == ISCC_OK)
        status = join_references(grouping, selection, half);
    if (status == ISCC_OK && !select_digests(&part, grouping, selection, half, selection->count, false))
        status = ISCC_ERROR_MEMORY;
    if (status == ISCC_OK)
        status = group_selection(grouping, &part);
    selection_free(&part);
    return status;
}

iscc_status groups_in_order(const struct groups_task *task, const uint8_t *digests, size_t count, uint32_t *references)
{
    struct grouping grouping = {task, task->bits / 8, digests, references};
    const struct selection all = {.count = count};

    memset(references, 0xff, count * sizeof *references); /* NONE */
    return group_selection(&grouping, &all);
}
