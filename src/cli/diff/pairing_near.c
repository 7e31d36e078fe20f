/* SPDX-License-Identifier: Apache-2.0 */
/* Finds files that moved and changed (docs/diff.md, D10): nearest pairs first, by bounded work. */
#include <stdlib.h>
#include <string.h>

#include "diff/pairing.h"
#include "similar/near_pairs.h"
#include "util/array.h"

/* More bits find hardly more, and the search among many digests is slower by far. */
#define BITS_MAX 128u

/* Among more files than these, what is looked for is no farther than a tenth of the bits: up to there the index has
 * tables, which it has no use for where nearly everything is near. */
#define ANY_RADIUS_MAX ((size_t)1 << 15)

/* Where the files of one side are near to one another, or many are near to many, pairs are too many to be looked at:
 * then nearer ones are looked for. Whether that happens depends on the digests alone, and not on the order in which the
 * index tells of pairs. */
#define SEEN_MAX ((size_t)1 << 28)
#define KEPT_MAX ((size_t)1 << 22)

struct moved_pair {
    uint32_t old; /* in the order of the catalogue */
    uint32_t new;
    uint16_t distance;
    bool other_base;
};

struct search {
    struct pairing *pairing;
    const struct file_record **files; /* those of OLD, then those of NEW */
    size_t old_count;
    size_t count;
    uint8_t *digests;
    unsigned bits;
    struct moved_pair *pairs;
    size_t pair_count;
    size_t pair_room;
    size_t seen;
    bool is_short_of_memory;
};

static int keep_pair(void *context, uint32_t first, uint32_t second, unsigned distance)
{
    struct search *search = context;

    if (++search->seen > SEEN_MAX || search->pair_count > KEPT_MAX)
        return 1;
    if (first >= search->old_count || second < search->old_count)
        return 0;
    const struct file_record *old = search->files[first];
    const struct file_record *new = search->files[second];
    if (file_record_is_tree(old) != file_record_is_tree(new))
        return 0;
    struct moved_pair *pairs = array_grow(search->pairs, &search->pair_room, search->pair_count + 1, sizeof *pairs);
    if (pairs == NULL) {
        search->is_short_of_memory = true;
        return 1;
    }
    search->pairs = pairs;
    search->pairs[search->pair_count++] =
        (struct moved_pair){.old = first,
                            .new = second,
                            .distance = (uint16_t)distance,
                            .other_base = strcmp(pairing_base_name(old), pairing_base_name(new)) != 0};
    return 0;
}

static int compare_pairs(const void *a, const void *b)
{
    const struct moved_pair *x = a;
    const struct moved_pair *y = b;

    if (x->distance != y->distance)
        return x->distance < y->distance ? -1 : 1;
    if (x->other_base != y->other_base)
        return x->other_base ? 1 : -1;
    if (x->new != y->new)
        return x->new < y->new ? -1 : 1;
    return (x->old > y->old) - (x->old < y->old);
}

static bool is_alone(const struct pairing_side *side, const struct file_record *file)
{
    return side->states[pairing_number(side, file)] == PAIRING_ALONE;
}

static void join_nearest_first(struct search *search)
{
    struct pairing *pairing = search->pairing;

    if (search->pair_count > 0)
        qsort(search->pairs, search->pair_count, sizeof *search->pairs, compare_pairs);
    for (size_t i = 0; i < search->pair_count; i++) {
        const struct file_record *old = search->files[search->pairs[i].old];
        const struct file_record *new = search->files[search->pairs[i].new];
        if (is_alone(&pairing->old, old) && is_alone(&pairing->new, new))
            pairing_join(pairing, old, new, PAIRING_MOVED);
    }
}

/* Collects all pairs within the radius. Returns whether there were not too many. */
static iscc_status collect(struct search *search, unsigned radius, bool *done)
{
    iscc_index *index = NULL;

    search->seen = 0;
    search->pair_count = 0;
    iscc_status status = near_index_make(&index, search->digests, search->count, search->bits, radius);
    if (status == ISCC_OK)
        status = iscc_index_pairs(index, radius, 0, 1, keep_pair, search);
    iscc_index_free(index);
    *done = search->seen <= SEEN_MAX && search->pair_count <= KEPT_MAX;
    return search->is_short_of_memory ? ISCC_ERROR_MEMORY : status;
}

/* As many bits are compared as all files know. */
static unsigned common_bits(const struct search *search)
{
    unsigned bits = BITS_MAX;

    for (size_t i = 0; i < search->count; i++)
        if (search->files[i]->data_bits < bits)
            bits = search->files[i]->data_bits;
    return bits;
}

static bool find_pairs(struct search *search, const struct threshold *threshold)
{
    unsigned radius = threshold_bits(threshold, search->bits);
    bool done = false;

    if (radius > search->bits)
        radius = search->bits;
    if (search->count > ANY_RADIUS_MAX && radius > search->bits / 10)
        radius = search->bits / 10;
    for (;; radius /= 2) {
        if (collect(search, radius, &done) != ISCC_OK)
            return false;
        if (done)
            join_nearest_first(search);
        if (done || radius == 0)
            return true;
    }
}

/* Finds the files that are still alone. */
static bool search_init(struct search *search, struct pairing *pairing)
{
    const size_t new_count = pairing_movable(&pairing->new, NULL);

    *search = (struct search){.pairing = pairing, .old_count = pairing_movable(&pairing->old, NULL)};
    if (search->old_count == 0 || new_count == 0)
        return true;
    search->count = search->old_count + new_count;
    search->files = calloc(search->count, sizeof *search->files);
    search->digests = calloc(search->count, BITS_MAX / 8);
    if (search->files == NULL || search->digests == NULL)
        return false;
    pairing_movable(&pairing->old, search->files);
    pairing_movable(&pairing->new, search->files + search->old_count);
    search->bits = common_bits(search);
    for (size_t i = 0; i < search->count; i++)
        memcpy(search->digests + i * search->bits / 8, search->files[i]->data, search->bits / 8);
    return true;
}

bool pairing_find_near(struct pairing *pairing, const struct threshold *threshold)
{
    struct search search;

    const bool found = search_init(&search, pairing) &&
                       (search.count == 0 || search.count > ISCC_INDEX_MAX || find_pairs(&search, threshold));
    pairing->near_bits = search.bits;
    free(search.files);
    free(search.digests);
    free(search.pairs);
    return found;
}
