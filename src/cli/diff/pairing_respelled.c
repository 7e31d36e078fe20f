/* SPDX-License-Identifier: Apache-2.0 */
/* Finds files that are the same under names that people take for one (docs/diff.md, D9). */
#include <stdlib.h>

#include "diff/pairing.h"
#include "files/same_name.h"

struct candidate {
    uint64_t hash; /* of the name and the content; it is the same for the two files that are sought */
    const struct file_record *file;
};

struct candidates {
    struct candidate *items;
    size_t count;
};

static int compare(const void *a, const void *b)
{
    const struct candidate *x = a;
    const struct candidate *y = b;

    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return (x->file > y->file) - (x->file < y->file);
}

/* The first bytes of the Instance-Code, which every file has. */
static uint64_t hash_of(const struct file_record *file)
{
    uint64_t content = 0;

    for (size_t i = 0; i < sizeof content; i++)
        content = content << 8 | file->instance[i];
    return same_name_hash(file->name) ^ content;
}

static bool has_unpaired(const struct pairing_side *side)
{
    for (size_t i = 0; i < side->catalogue->count; i++)
        if (side->states[i] == PAIRING_UNPAIRED && side->catalogue->files[i].failure == 0)
            return true;
    return false;
}

/* Here empty files count: their names say which is which. Returns false if memory is short. */
static bool collect(struct candidates *candidates, const struct pairing_side *side)
{
    candidates->items = calloc(side->catalogue->count + 1, sizeof *candidates->items);
    if (candidates->items == NULL)
        return false;
    for (size_t i = 0; i < side->catalogue->count; i++) {
        const struct file_record *file = &side->catalogue->files[i];
        if (side->states[i] == PAIRING_UNPAIRED && file->failure == 0)
            candidates->items[candidates->count++] = (struct candidate){.hash = hash_of(file), .file = file};
    }
    qsort(candidates->items, candidates->count, sizeof *candidates->items, compare);
    return true;
}

static void pair(struct pairing *pairing, const struct candidates *old, const struct candidates *new)
{
    for (size_t i = 0, j = 0; i < old->count && j < new->count;) {
        const struct candidate *a = &old->items[i];
        const struct candidate *b = &new->items[j];
        i += a->hash <= b->hash;
        j += b->hash <= a->hash;
        if (a->hash == b->hash && file_record_same_file(a->file, b->file) &&
            same_name_compare(a->file->name, b->file->name) != SAME_NAME_NONE)
            pairing_set(pairing, a->file, b->file, PAIRING_MOVED);
    }
}

bool pairing_find_respelled(struct pairing *pairing)
{
    struct candidates old = {.items = NULL};
    struct candidates new = {.items = NULL};

    if (!has_unpaired(&pairing->old) || !has_unpaired(&pairing->new))
        return true;
    const bool done = collect(&old, &pairing->old) && collect(&new, &pairing->new);
    if (done)
        pair(pairing, &old, &new);
    free(old.items);
    free(new.items);
    return done;
}
