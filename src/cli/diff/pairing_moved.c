/* SPDX-License-Identifier: Apache-2.0 */
/* Finds files that are the same under other names (docs/diff.md, D9), by sorting. */
#include <stdlib.h>
#include <string.h>

#include "diff/pairing.h"

/*
 * Each line of a list has 64, 128 or 256 bits of the Instance-Code, and two files are compared over the bits that both
 * have. Sorting can only group files by a fixed number of bits, so there is a round for each number. A round pairs the
 * files of which one has exactly as many bits.
 */
struct round {
    struct pairing *pairing;
    size_t size;    /* bytes of the Instance-Code to compare */
    bool same_base; /* the base names must be equal too */
};

struct candidate {
    uint64_t head; /* the first bytes of the Instance-Code: they nearly always decide, and spare access to the file */
    const struct catalogue_file *file;
    const char *base;
    size_t size; /* that of the round, as qsort() passes no context */
    bool is_tree;
};

static uint64_t leading_bytes(const struct catalogue_file *file)
{
    uint64_t head = 0;

    for (size_t i = 0; i < sizeof head; i++)
        head = head << 8 | file->instance[i];
    return head;
}

static int compare_groups(const struct candidate *a, const struct candidate *b)
{
    if (a->head != b->head)
        return a->head < b->head ? -1 : 1;
    const int order = memcmp(a->file->instance, b->file->instance, a->size);
    if (order != 0)
        return order;
    if (a->is_tree != b->is_tree)
        return a->is_tree ? 1 : -1;
    return strcmp(a->base, b->base);
}

static int compare_candidates(const void *a, const void *b)
{
    const struct candidate *x = a;
    const struct candidate *y = b;
    const int order = compare_groups(x, y);
    return order != 0 ? order : (x->file > y->file) - (x->file < y->file);
}

/* One side of a round. */
struct candidates {
    struct candidate *items;
    size_t count;
    bool has_exact; /* some have no more bits than the round compares */
};

static bool has_more_bits(const struct candidate *candidate)
{
    return candidate->file->instance_bits / 8 > candidate->size;
}

static bool collect_candidates(const struct round *round, const struct pairing_side *side,
                               const struct catalogue_file **movable, size_t count, struct candidates *candidates)
{
    candidates->items = malloc((count + 1) * sizeof *candidates->items);
    if (candidates->items == NULL)
        return false;
    for (size_t i = 0; i < count; i++) {
        const struct catalogue_file *file = movable[i];
        if (side->states[pairing_index(side, file)] != PAIRING_UNPAIRED || file->instance_bits / 8 < round->size)
            continue;
        struct candidate *item = &candidates->items[candidates->count++];
        *item = (struct candidate){.head = leading_bytes(file),
                                   .file = file,
                                   .base = round->same_base ? pairing_base_name(file) : "",
                                   .size = round->size,
                                   .is_tree = catalogue_is_tree(file)};
        candidates->has_exact = candidates->has_exact || !has_more_bits(item);
    }
    return true;
}

static void sort(struct candidates *candidates)
{
    qsort(candidates->items, candidates->count, sizeof *candidates->items, compare_candidates);
}

static size_t group_size(const struct candidates *candidates, size_t first)
{
    size_t end = first + 1;

    while (end < candidates->count && compare_groups(&candidates->items[first], &candidates->items[end]) == 0)
        end++;
    return end - first;
}

/* The index of the first unpaired item, from `next` on, that has more bits than the round compares, or exactly as many
 * if `more` is false. */
static size_t next_unpaired(const struct pairing_side *side, const struct candidate *items, size_t count, size_t next,
                            bool more)
{
    while (next < count && (has_more_bits(&items[next]) != more ||
                            side->states[pairing_index(side, items[next].file)] != PAIRING_UNPAIRED))
        next++;
    return next;
}

/* Pairs the files of a group in order. If both have more bits than the round compares, an earlier round has found that
 * they differ. */
static void pair_group(const struct round *round, const struct candidate *old, size_t old_count,
                       const struct candidate *new, size_t new_count)
{
    const struct pairing_side *side = &round->pairing->old;
    size_t exact = 0;
    size_t wider = 0;

    for (size_t i = 0; i < new_count; i++) {
        exact = next_unpaired(side, old, old_count, exact, false);
        wider = next_unpaired(side, old, old_count, wider, true);
        size_t chosen = exact;
        if (!has_more_bits(&new[i]) && wider < exact)
            chosen = wider;
        /* Data-Code and size must agree too; in a bad list they may not. */
        if (chosen < old_count && catalogue_same_file(old[chosen].file, new[i].file))
            pairing_set(round->pairing, old[chosen].file, new[i].file, PAIRING_MOVED);
    }
}

static void pair_groups(const struct round *round, const struct candidates *old, const struct candidates *new)
{
    for (size_t i = 0, j = 0; i < old->count && j < new->count;) {
        const int order = compare_groups(&old->items[i], &new->items[j]);
        if (order < 0) {
            i++;
        } else if (order > 0) {
            j++;
        } else {
            const size_t old_count = group_size(old, i);
            const size_t new_count = group_size(new, j);
            pair_group(round, old->items + i, old_count, new->items + j, new_count);
            i += old_count;
            j += new_count;
        }
    }
}

/* The files of one side that may have moved. */
struct movable {
    const struct catalogue_file **files;
    size_t count;
};

static bool movable_init(struct movable *movable, const struct pairing_side *side)
{
    movable->count = pairing_list_movable(side, NULL);
    movable->files = calloc(movable->count + 1, sizeof *movable->files);
    if (movable->files != NULL)
        pairing_list_movable(side, movable->files);
    return movable->files != NULL;
}

static bool run_round(const struct round *round, const struct movable *old, const struct movable *new)
{
    struct candidates old_side = {.items = NULL};
    struct candidates new_side = {.items = NULL};

    const bool done = collect_candidates(round, &round->pairing->old, old->files, old->count, &old_side) &&
                      collect_candidates(round, &round->pairing->new, new->files, new->count, &new_side);
    if (done && (old_side.has_exact || new_side.has_exact)) {
        sort(&old_side);
        sort(&new_side);
        pair_groups(round, &old_side, &new_side);
    }
    free(old_side.items);
    free(new_side.items);
    return done;
}

bool pairing_find_moved(struct pairing *pairing)
{
    struct movable old = {.files = NULL};
    struct movable new = {.files = NULL};
    bool done = movable_init(&old, &pairing->old) && movable_init(&new, &pairing->new);

    if (done && old.count > 0 && new.count > 0)
        for (size_t size = CATALOGUE_DIGEST_SIZE; done && size >= 8; size /= 2)
            for (int same_base = 1; done && same_base >= 0; same_base--) {
                const struct round round = {.pairing = pairing, .size = size, .same_base = same_base == 1};
                done = run_round(&round, &old, &new);
            }
    free(old.files);
    free(new.files);
    return done;
}
