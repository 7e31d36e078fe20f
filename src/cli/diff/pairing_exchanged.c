/* SPDX-License-Identifier: Apache-2.0 */
/* Finds files that moved onto a name whose own file is another one now (docs/diff.md, D9): exchanged or renumbered. */
#include "diff/pairing.h"

static enum pairing_state state_of(const struct pairing_side *side, const struct file_record *file)
{
    return side->states[pairing_index(side, file)];
}

static void set_state(const struct pairing_side *side, const struct file_record *file, enum pairing_state state)
{
    side->states[pairing_index(side, file)] = (uint8_t)state;
}

/* Whether a file of OLD has a namesake with other content. */
static bool has_changed(const struct file_record *old, const struct file_record *new)
{
    return new != NULL && old->failure == 0 && new->failure == 0 && !file_record_same_file(old, new);
}

static size_t release_changed_names(struct pairing *pairing)
{
    const struct catalogue *old = pairing->old.catalogue;
    size_t released = 0;

    for (size_t i = 0; i < old->count; i++) {
        const struct file_record *new = pairing->old.namesakes[i];
        if (!has_changed(&old->files[i], new))
            continue;
        set_state(&pairing->old, &old->files[i], PAIRING_UNPAIRED);
        set_state(&pairing->new, new, PAIRING_UNPAIRED);
        released++;
    }
    return released;
}

/* Makes namesakes partners again if neither of them has moved, or if one has but they are near. Its partner is then
 * free, and so the names of a chain of moves are looked at one after the other. Each name becomes a pair only once. */
static void settle(struct pairing *pairing, const struct file_record *old, const struct threshold *threshold)
{
    while (old != NULL) {
        const struct file_record *new = pairing->old.namesakes[pairing_index(&pairing->old, old)];
        if (!has_changed(old, new))
            return;
        const struct file_record *target = NULL;
        const struct file_record *origin = NULL;
        if (state_of(&pairing->old, old) == PAIRING_MOVED)
            target = pairing->old.partners[pairing_index(&pairing->old, old)];
        if (state_of(&pairing->new, new) == PAIRING_MOVED)
            origin = pairing->new.partners[pairing_index(&pairing->new, new)];
        const bool has_one = (target != NULL) != (origin != NULL);
        if ((target != NULL && origin != NULL) || (has_one && !pairing_is_near(old, new, threshold)))
            return;
        pairing_set(pairing, old, new, PAIRING_SAME_NAME);
        if (target != NULL)
            set_state(&pairing->new, target, PAIRING_UNPAIRED);
        if (origin != NULL)
            set_state(&pairing->old, origin, PAIRING_UNPAIRED);
        old = target != NULL ? pairing->new.namesakes[pairing_index(&pairing->new, target)] : origin;
    }
}

bool pairing_find_exchanged(struct pairing *pairing, const struct threshold *threshold)
{
    const struct catalogue *old = pairing->old.catalogue;

    if (release_changed_names(pairing) == 0)
        return true;
    if (!pairing_find_moved(pairing))
        return false;
    for (size_t i = 0; i < old->count; i++)
        settle(pairing, &old->files[i], threshold);
    return true;
}
