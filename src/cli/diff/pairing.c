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
    side->empty = file_record_of_code(&code, ISCC_WIDE, "", 0);
    return true;
}

static bool side_init(struct pairing_side *side, const struct catalogue *catalogue)
{
    /* One more than needed, as calloc(0, ...) may return NULL. */
    side->catalogue = catalogue;
    side->states = calloc(catalogue->count + 1, sizeof *side->states);
    side->partners = calloc(catalogue->count + 1, sizeof *side->partners);
    side->namesakes = calloc(catalogue->count + 1, sizeof *side->namesakes);
    return side->states != NULL && side->partners != NULL && side->namesakes != NULL && init_empty(side);
}

bool pairing_init(struct pairing *pairing, const struct catalogue *old, const struct catalogue *new)
{
    *pairing = (struct pairing){.old = {.states = NULL}};
    return side_init(&pairing->old, old) && side_init(&pairing->new, new);
}

static void side_free(struct pairing_side *side)
{
    free(side->states);
    free(side->partners);
    free(side->namesakes);
}

void pairing_free(struct pairing *pairing)
{
    side_free(&pairing->old);
    side_free(&pairing->new);
}

size_t pairing_index(const struct pairing_side *side, const struct file_record *file)
{
    return (size_t)(file - side->catalogue->files);
}

static void set_partner(struct pairing_side *side, const struct file_record *file, const struct file_record *partner,
                        enum pairing_state state)
{
    const size_t number = pairing_index(side, file);
    side->states[number] = (uint8_t)state;
    side->partners[number] = partner;
}

void pairing_set(struct pairing *pairing, const struct file_record *old, const struct file_record *new,
                 enum pairing_state state)
{
    set_partner(&pairing->old, old, new, state);
    set_partner(&pairing->new, new, old, state);
}

void pairing_set_namesakes(struct pairing *pairing, const struct file_record *old, const struct file_record *new)
{
    pairing_set(pairing, old, new, PAIRING_SAME_NAME);
    pairing->old.namesakes[pairing_index(&pairing->old, old)] = new;
    pairing->new.namesakes[pairing_index(&pairing->new, new)] = old;
}

static bool is_near(const struct file_record *old, const struct file_record *new, enum near_by by,
                    const struct threshold *threshold)
{
    unsigned bits = 8 * FILE_RECORD_DIGEST_SIZE;

    return file_record_distance(old, new, by, &bits) <= threshold_bits(threshold, bits);
}

bool pairing_is_near(const struct file_record *old, const struct file_record *new, const struct threshold *threshold)
{
    return is_near(old, new, NEAR_BY_DATA, threshold) ||
           (old->text_bits > 0 && new->text_bits > 0 && is_near(old, new, NEAR_BY_TEXT, threshold));
}

size_t pairing_list_movable(const struct pairing_side *side, const struct file_record **files)
{
    size_t count = 0;

    for (size_t i = 0; i < side->catalogue->count; i++) {
        const struct file_record *file = &side->catalogue->files[i];
        if (side->states[i] != PAIRING_UNPAIRED || file->failure != 0 || file_record_same_content(file, &side->empty))
            continue;
        if (files != NULL)
            files[count] = file;
        count++;
    }
    return count;
}

const char *pairing_base_name(const struct file_record *file)
{
    const char *base = file->name + file->name_size;

    if (base > file->name)
        base--; /* the slash of a tree is part of its name */
    while (base > file->name && base[-1] != '/')
        base--;
    return base;
}
