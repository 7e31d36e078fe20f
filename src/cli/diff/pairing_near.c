/* SPDX-License-Identifier: Apache-2.0 */
/* Finds files that moved and changed (docs/diff.md, D10), nearest pairs first. The work is bounded. */
#include <stdlib.h>
#include <string.h>

#include "diff/pairing.h"
#include "similar/near_pairs.h"
#include "util/array.h"

/* With more files than this, the radius is limited to a tenth of the bits. Up to there the tables of the index help;
 * beyond, it would compare all digests with all. */
#define ANY_RADIUS_FILES ((size_t)1 << 15)

/* Many files near one another, on one side or both, can have too many pairs: more than SEEN_MAX in all, or KEPT_MAX of
 * one file of each side. The search is then repeated with half the radius. Whether that happens depends only on the
 * digests, not on the order in which the index finds the pairs. */
#define SEEN_MAX ((size_t)1 << 28)
#define KEPT_MAX ((size_t)1 << 22)

struct moved_pair {
    uint32_t old; /* indices into search.files */
    uint32_t new;
    uint16_t distance;
    bool differs_in_base;
};

struct search {
    struct pairing *pairing;
    enum near_by by;
    const struct file_record **files; /* those of OLD, then those of NEW */
    size_t old_count;
    size_t count;
    uint8_t *digests;
    unsigned bits;
    struct moved_pair *pairs;
    size_t pair_count;
    size_t pair_capacity;
    size_t seen;
    bool is_out_of_memory;
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
    struct moved_pair *pairs = array_grow(search->pairs, &search->pair_capacity, search->pair_count + 1, sizeof *pairs);
    if (pairs == NULL) {
        search->is_out_of_memory = true;
        return 1;
    }
    search->pairs = pairs;
    search->pairs[search->pair_count++] =
        (struct moved_pair){.old = first,
                            .new = second,
                            .distance = (uint16_t)distance,
                            .differs_in_base = strcmp(pairing_base_name(old), pairing_base_name(new)) != 0};
    return 0;
}

static int compare_pairs(const void *a, const void *b)
{
    const struct moved_pair *x = a;
    const struct moved_pair *y = b;

    if (x->distance != y->distance)
        return x->distance < y->distance ? -1 : 1;
    if (x->differs_in_base != y->differs_in_base)
        return x->differs_in_base ? 1 : -1;
    if (x->new != y->new)
        return x->new < y->new ? -1 : 1;
    return (x->old > y->old) - (x->old < y->old);
}

static bool is_unpaired(const struct pairing_side *side, const struct file_record *file)
{
    return side->states[pairing_index(side, file)] == PAIRING_UNPAIRED;
}

static void pair_nearest_first(struct search *search)
{
    struct pairing *pairing = search->pairing;

    if (search->pair_count > 0)
        qsort(search->pairs, search->pair_count, sizeof *search->pairs, compare_pairs);
    for (size_t i = 0; i < search->pair_count; i++) {
        const struct file_record *old = search->files[search->pairs[i].old];
        const struct file_record *new = search->files[search->pairs[i].new];
        if (is_unpaired(&pairing->old, old) && is_unpaired(&pairing->new, new))
            pairing_set(pairing, old, new, PAIRING_MOVED);
    }
}

/* Collects all pairs within the radius. Sets `done` to false if there are too many of them. */
static iscc_status collect_pairs(struct search *search, unsigned radius, bool *done)
{
    iscc_index *index = NULL;

    search->seen = 0;
    search->pair_count = 0;
    iscc_status status = near_index_make(&index, search->digests, search->count, search->bits, radius);
    if (status == ISCC_OK)
        status = iscc_index_pairs(index, radius, 0, 1, keep_pair, search);
    iscc_index_free(index);
    *done = search->seen <= SEEN_MAX && search->pair_count <= KEPT_MAX;
    return search->is_out_of_memory ? ISCC_ERROR_MEMORY : status;
}

/* The number of bits that all files have, PAIRING_BITS_MAX at most. */
static unsigned common_bits(const struct search *search)
{
    unsigned bits = PAIRING_BITS_MAX;

    for (size_t i = 0; i < search->count; i++) {
        unsigned known;
        file_record_digest(search->files[i], search->by, &known);
        bits = known < bits ? known : bits;
    }
    return bits;
}

static bool find_pairs(struct search *search, const struct threshold *threshold)
{
    unsigned radius = threshold_bits(threshold, search->bits);
    bool done = false;

    if (radius > search->bits)
        radius = search->bits;
    if (search->count > ANY_RADIUS_FILES && radius > search->bits / 10)
        radius = search->bits / 10;
    for (;; radius /= 2) {
        if (collect_pairs(search, radius, &done) != ISCC_OK)
            return false;
        if (done)
            pair_nearest_first(search);
        if (done || radius == 0)
            return true;
    }
}

/* Lists the unpaired files of one side that have the unit. Returns how many. */
static size_t list_files(const struct search *search, const struct pairing_side *side, const struct file_record **files)
{
    const size_t count = pairing_list_movable(side, files);
    size_t kept = 0;

    for (size_t i = 0; i < count; i++) {
        unsigned known;
        file_record_digest(files[i], search->by, &known);
        if (known > 0)
            files[kept++] = files[i];
    }
    return kept;
}

/* Collects the unpaired files and their digests. Returns false if memory is short. */
static bool search_init(struct search *search, struct pairing *pairing, enum near_by by)
{
    const size_t old_count = pairing_list_movable(&pairing->old, NULL);
    const size_t new_count = pairing_list_movable(&pairing->new, NULL);
    unsigned known;

    *search = (struct search){.pairing = pairing, .by = by};
    if (old_count == 0 || new_count == 0)
        return true;
    search->files = calloc(old_count + new_count, sizeof *search->files);
    search->digests = calloc(old_count + new_count, PAIRING_BITS_MAX / 8);
    if (search->files == NULL || search->digests == NULL)
        return false;
    search->old_count = list_files(search, &pairing->old, search->files);
    search->count = search->old_count + list_files(search, &pairing->new, search->files + search->old_count);
    search->bits = common_bits(search);
    for (size_t i = 0; i < search->count; i++)
        memcpy(search->digests + i * search->bits / 8, file_record_digest(search->files[i], by, &known),
               search->bits / 8);
    return true;
}

bool pairing_find_near(struct pairing *pairing, enum near_by by, const struct threshold *threshold)
{
    struct search search;

    const bool made = search_init(&search, pairing, by);
    const bool has_both = made && search.old_count > 0 && search.count > search.old_count;
    const bool found = made && (!has_both || search.count > ISCC_INDEX_MAX || find_pairs(&search, threshold));
    if (by == NEAR_BY_DATA)
        pairing->near_bits = search.bits;
    free(search.files);
    free(search.digests);
    free(search.pairs);
    return found;
}
