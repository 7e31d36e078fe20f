/* SPDX-License-Identifier: Apache-2.0 */
/* Finds files that moved and changed (docs/diff.md, D9): nearest pairs first, by bounded work. */
#include <stdlib.h>
#include <string.h>

#include "pairing.h"

/* So many pairs of digests are measured at most: a second or two. */
#define COMPARISONS_MAX ((size_t)1 << 28)

struct search {
    struct pairing *pairing;
    const struct threshold *threshold;
    const struct catalogue_file **old;
    size_t old_count;
    const struct catalogue_file **new;
    size_t new_count;
    struct wish *heap; /* the best wish is the first one */
    size_t heap_count;
    size_t comparisons;
};

/* The best file that a new file could go with, when it was looked for. */
struct wish {
    size_t new;
    size_t old;
    unsigned distance;
    bool other_base;
};

/* ---- The heap of wishes ---- */

static bool is_before(const struct wish *a, const struct wish *b)
{
    if (a->distance != b->distance)
        return a->distance < b->distance;
    if (a->other_base != b->other_base)
        return b->other_base;
    return a->new < b->new;
}

static void swap(struct wish *a, struct wish *b)
{
    const struct wish kept = *a;
    *a = *b;
    *b = kept;
}

static void push(struct search *search, const struct wish *wish)
{
    size_t place = search->heap_count++;

    search->heap[place] = *wish;
    for (; place > 0 && is_before(&search->heap[place], &search->heap[(place - 1) / 2]); place = (place - 1) / 2)
        swap(&search->heap[place], &search->heap[(place - 1) / 2]);
}

static struct wish pop(struct search *search)
{
    const struct wish best = search->heap[0];
    const size_t count = --search->heap_count;

    search->heap[0] = search->heap[count];
    for (size_t place = 0;;) {
        size_t child = 2 * place + 1;
        if (child + 1 < count && is_before(&search->heap[child + 1], &search->heap[child]))
            child++;
        if (child >= count || !is_before(&search->heap[child], &search->heap[place]))
            return best;
        swap(&search->heap[place], &search->heap[child]);
        place = child;
    }
}

/* ---- The search ---- */

static bool is_alone(const struct search *search, size_t old)
{
    const struct pairing_side *side = &search->pairing->old;
    return side->states[pairing_number(side, search->old[old])] == PAIRING_ALONE;
}

/* Finds the best file for wish->new among those that are still alone. False if none is near, or the work is used up. */
static bool find_best(struct search *search, struct wish *wish)
{
    const struct catalogue_file *new = search->new[wish->new];
    const char *base = pairing_base_name(new);
    bool found = false;
    unsigned bits;

    if (search->comparisons > COMPARISONS_MAX - search->old_count)
        return false;
    search->comparisons += search->old_count;
    for (size_t i = 0; i < search->old_count; i++) {
        if (!is_alone(search, i) || catalogue_is_tree(search->old[i]) != catalogue_is_tree(new))
            continue;
        struct wish other = {.new = wish->new, .old = i, .distance = pairing_distance(search->old[i], new, &bits)};
        if (other.distance > threshold_bits(search->threshold, bits) || (found && other.distance > wish->distance))
            continue;
        other.other_base = strcmp(base, pairing_base_name(search->old[i])) != 0;
        if (!found || is_before(&other, wish))
            *wish = other;
        found = true;
    }
    return found;
}

/* A wish that another one has taken away is looked for again: what is left is no better than that was. */
static void pair_nearest_first(struct search *search)
{
    for (size_t i = 0; i < search->new_count; i++) {
        struct wish wish = {.new = i};
        if (find_best(search, &wish))
            push(search, &wish);
    }
    while (search->heap_count > 0) {
        struct wish wish = pop(search);
        if (is_alone(search, wish.old))
            pairing_join(search->pairing, search->old[wish.old], search->new[wish.new], PAIRING_MOVED);
        else if (find_best(search, &wish))
            push(search, &wish);
    }
}

bool pairing_find_near(struct pairing *pairing, const struct threshold *threshold)
{
    struct search search = {.pairing = pairing,
                            .threshold = threshold,
                            .old_count = pairing_movable(&pairing->old, NULL),
                            .new_count = pairing_movable(&pairing->new, NULL)};

    if (search.old_count == 0 || search.new_count == 0)
        return true;
    search.old = calloc(search.old_count, sizeof *search.old);
    search.new = calloc(search.new_count, sizeof *search.new);
    search.heap = calloc(search.new_count, sizeof *search.heap);
    const bool made = search.old != NULL && search.new != NULL &&search.heap != NULL;
    if (made) {
        pairing_movable(&pairing->old, search.old);
        pairing_movable(&pairing->new, search.new);
        pair_nearest_first(&search);
    }
    free(search.old);
    free(search.new);
    free(search.heap);
    return made;
}
