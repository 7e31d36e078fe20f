/* SPDX-License-Identifier: Apache-2.0 */
/* Groups in the order of the digests: each belongs to the first reference near it. */
#include <stdlib.h>
#include <string.h>

#include "hash/parallel.h"
#include "similar/groups_rules.h"
#include "similar/near_pairs.h"

/*
 * The near pairs among all digests say which references there are: each digest in turn belongs to the first reference
 * among those near it, or is one. But k digests that are all near one another have k * k / 2 pairs, and only k of them
 * matter. So where there are more than a few pairs for each digest, the first half of the digests is grouped by itself,
 * the others are compared with its references, and what is near none of them is grouped by itself.
 */
enum { PAIRS_EACH = 2 };

/* With as many pairs a thousand digests are never too near: the halving ends there. */
#define PAIRS_MIN ((size_t)1 << 19)

#define NONE UINT32_MAX

struct grouping {
    const struct groups_task *task;
    size_t size;            /* of a digest */
    const uint8_t *digests; /* different from each other */
    uint32_t *references;   /* of each */
};

/* Some of the digests. */
struct selection {
    uint32_t *numbers; /* ascending; NULL: all, from 0 on */
    uint8_t *digests;  /* copies, so that they stand together */
    size_t count;
};

static void selection_free(struct selection *selection)
{
    free(selection->numbers);
    free(selection->digests);
    *selection = (struct selection){0};
}

static uint32_t number_of(const struct selection *selection, size_t i)
{
    return selection->numbers == NULL ? (uint32_t)i : selection->numbers[i];
}

/* Those of a selection, from `begin` to `end`, that have a certain reference: themselves, or none yet. */
static bool select_by_reference(struct selection *selected, const struct grouping *grouping,
                                const struct selection *from, size_t begin, size_t end, bool is_reference)
{
    const size_t size = grouping->size;

    *selected = (struct selection){0};
    selected->numbers = malloc((end - begin + 1) * sizeof *selected->numbers);
    if (selected->numbers == NULL)
        return false;
    for (size_t i = begin; i < end; i++) {
        const uint32_t number = number_of(from, i);
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

/* Takes the pairs in the order of their second digest: they are made a list for each. */
static bool assign_by_pairs(struct grouping *grouping, const struct selection *selection, struct near_pairs *near)
{
    uint32_t *heads = malloc((selection->count + 1) * sizeof *heads);

    if (heads == NULL)
        return false;
    memset(heads, 0xff, selection->count * sizeof *heads); /* NONE */
    for (size_t i = 0; i < near->count; i++) {
        struct near_pair *pair = &near->pairs[i];
        const uint32_t second = pair->second;
        pair->second = heads[second]; /* from now on the next pair of the list */
        heads[second] = (uint32_t)i;
    }
    for (size_t i = 0; i < selection->count; i++) {
        uint32_t reference = number_of(selection, i);
        for (uint32_t next = heads[i]; next != NONE; next = near->pairs[next].second) {
            const uint32_t first = number_of(selection, near->pairs[next].first);
            if (first < reference && grouping->references[first] == first)
                reference = first;
        }
        grouping->references[number_of(selection, i)] = reference;
    }
    free(heads);
    return true;
}

/* Digests in search of a reference. */
struct seeking {
    struct grouping *grouping;
    const struct selection *seekers;
    size_t begin; /* of the seekers in their selection */
    const struct selection *references;
    const iscc_index *index; /* of the references */
};

enum { PIECE = 256 };

static int keep_first(void *context, uint32_t first, uint32_t second, unsigned distance)
{
    uint32_t *least = context;

    (void)first;
    (void)distance;
    if (second < *least)
        *least = second;
    return 0;
}

static void seek_piece(void *context, size_t piece)
{
    const struct seeking *seeking = context;
    const struct grouping *grouping = seeking->grouping;
    const size_t begin = seeking->begin + piece * PIECE;
    const size_t end = begin + PIECE < seeking->seekers->count ? begin + PIECE : seeking->seekers->count;

    for (size_t i = begin; i < end; i++) {
        const uint32_t number = number_of(seeking->seekers, i);
        uint32_t least = NONE;
        iscc_index_each(seeking->index, grouping->digests + number * grouping->size, grouping->task->threshold,
                        keep_first, &least);
        if (least != NONE)
            grouping->references[number] = number_of(seeking->references, least);
    }
}

/* Lets the digests from `begin` on join the references among those before. */
static iscc_status join_references(struct grouping *grouping, const struct selection *selection, size_t begin)
{
    const struct groups_task *task = grouping->task;
    struct selection references = {0};
    struct seeking seeking = {.grouping = grouping, .seekers = selection, .begin = begin, .references = &references};
    iscc_index *index = NULL;
    iscc_status status = ISCC_ERROR_MEMORY;

    if (!select_by_reference(&references, grouping, selection, 0, begin, true))
        return status;
    status = near_index_make(&index, references.digests, references.count, task->bits, task->threshold);
    if (status == ISCC_OK) {
        seeking.index = index;
        parallel_for((selection->count - begin + PIECE - 1) / PIECE, task->threads, seek_piece, &seeking);
    }
    iscc_index_free(index);
    selection_free(&references);
    return status;
}

/* Groups a selection by its pairs. `are_all` says whether they were few enough; otherwise nothing was done. */
static iscc_status group_by_pairs(struct grouping *grouping, const struct selection *selection, bool *are_all)
{
    const struct groups_task *task = grouping->task;
    const uint8_t *digests = selection->numbers == NULL ? grouping->digests : selection->digests;
    size_t most = PAIRS_EACH * selection->count;
    struct near_pairs near = {0};
    iscc_index *index = NULL;

    if (most < PAIRS_MIN)
        most = PAIRS_MIN;
    if (most >= NONE)
        most = NONE - 1; /* lists have numbers of pairs */
    iscc_status status = near_index_make(&index, digests, selection->count, task->bits, task->threshold);
    if (status == ISCC_OK)
        status = near_pairs_collect(&near, index, task->threshold, most, task->threads);
    iscc_index_free(index);
    *are_all = near.are_all;
    if (status == ISCC_OK && near.are_all && !assign_by_pairs(grouping, selection, &near))
        status = ISCC_ERROR_MEMORY;
    near_pairs_free(&near);
    return status;
}

static iscc_status group(struct grouping *grouping, const struct selection *selection)
{
    struct selection part = {0};
    const size_t half = selection->count / 2;
    bool are_all = false;
    iscc_status status = group_by_pairs(grouping, selection, &are_all);

    if (status != ISCC_OK || are_all)
        return status;
    if (!select_by_reference(&part, grouping, selection, 0, half, false))
        return ISCC_ERROR_MEMORY;
    status = group(grouping, &part);
    selection_free(&part);
    if (status == ISCC_OK)
        status = join_references(grouping, selection, half);
    if (status == ISCC_OK && !select_by_reference(&part, grouping, selection, half, selection->count, false))
        status = ISCC_ERROR_MEMORY;
    if (status == ISCC_OK)
        status = group(grouping, &part);
    selection_free(&part);
    return status;
}

iscc_status groups_in_order(const struct groups_task *task, const uint8_t *digests, size_t count, uint32_t *references)
{
    struct grouping grouping = {task, task->bits / 8, digests, references};
    const struct selection all = {.count = count};

    memset(references, 0xff, count * sizeof *references); /* NONE */
    return group(&grouping, &all);
}
