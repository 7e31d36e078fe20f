/* SPDX-License-Identifier: Apache-2.0 */
/* Stores the pairs of a comparison. */
#include "diff/pairing.h"

#include <stdlib.h>

/* Computed once, as it can fail if memory is short. */
static bool init_empty(struct pairing_side *side)
{
    struct iscc_sum_code code;

    if (iscc_gen_sum_code_v0("", 0, ISCC_WIDE, &code) != ISCC_OK)
        return false;
    side->empty = catalogue_file_of_code(&code, ISCC_WIDE, "", 0);
    return true;
}

static bool side_init(struct pairing_side *side, const struct catalogue *catalogue)
{
    /* One more than needed, as calloc(0, ...) may return NULL. */
    side->catalogue = catalogue;
    side->states = calloc(catalogue->count + 1, sizeof *side->states);
    side->partners = calloc(catalogue->count + 1, sizeof *side->partners);
    return side->states != NULL && side->partners != NULL && init_empty(side);
}

bool pairing_init(struct pairing *pairing, const struct catalogue *old, const struct catalogue *new)
{
    *pairing = (struct pairing){.old = {.states = NULL}};
    return side_init(&pairing->old, old) && side_init(&pairing->new, new);
}

void pairing_free(struct pairing *pairing)
{
    free(pairing->old.states);
    free(pairing->old.partners);
    free(pairing->new.states);
    free(pairing->new.partners);
}

size_t pairing_index(const struct pairing_side *side, const struct catalogue_file *file)
{
    return (size_t)(file - side->catalogue->files);
}

static void set_partner(struct pairing_side *side, const struct catalogue_file *file,
                        const struct catalogue_file *partner, enum pairing_state state)
{
    const size_t number = pairing_index(side, file);
    side->states[number] = (uint8_t)state;
    side->partners[number] = partner;
}

void pairing_set(struct pairing *pairing, const struct catalogue_file *old, const struct catalogue_file *new,
                 enum pairing_state state)
{
    set_partner(&pairing->old, old, new, state);
    set_partner(&pairing->new, new, old, state);
}

size_t pairing_list_movable(const struct pairing_side *side, const struct catalogue_file **files)
{
    size_t count = 0;

    for (size_t i = 0; i < side->catalogue->count; i++) {
        const struct catalogue_file *file = &side->catalogue->files[i];
        if (side->states[i] != PAIRING_UNPAIRED || file->failure != 0 || catalogue_same_content(file, &side->empty))
            continue;
        if (files != NULL)
            files[count] = file;
        count++;
    }
    return count;
}

const char *pairing_base_name(const struct catalogue_file *file)
{
    const char *base = file->name + file->name_size;

    if (base > file->name)
        base--; /* the slash of a tree is part of its name */
    while (base > file->name && base[-1] != '/')
        base--;
    return base;
}

unsigned pairing_distance(const struct catalogue_file *a, const struct catalogue_file *b, unsigned *bits)
{
    unsigned distance = 0;

    *bits = a->data_bits < *bits ? a->data_bits : *bits;
    *bits = b->data_bits < *bits ? b->data_bits : *bits;
    iscc_hamming_distance(a->data, b->data, *bits / 8, &distance);
    return distance;
}
