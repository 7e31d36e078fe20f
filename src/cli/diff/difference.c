/* SPDX-License-Identifier: Apache-2.0 */
/* Brings the files of two catalogues together, and tells what became of each: docs/diff.md. */
#include "diff/difference.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "diff/pairing.h"
#include "util/message.h"
#include "util/path_set.h"

/* ---- By name ---- */

/* The files of one side sorted by name, and how far they have been looked at. */
struct named {
    const struct file_record **files;
    size_t count;
    size_t next;
    const char *label;
    struct pairing_side *side;
};

static bool named_init(struct named *named, struct pairing_side *side, const char *label)
{
    *named = (struct named){
        .files = catalogue_by_name(side->catalogue), .count = side->catalogue->count, .label = label, .side = side};
    return named->files != NULL;
}

/* The first file of the next name; others of that name are passed over. NULL behind the last. */
static const struct file_record *next_name(struct named *named)
{
    if (named->next == named->count)
        return NULL;
    const struct file_record *first = named->files[named->next++];
    for (; named->next < named->count && strcmp(named->files[named->next]->name, first->name) == 0; named->next++) {
        const struct file_record *again = named->files[named->next];
        named->side->states[pairing_number(named->side, again)] = PAIRING_REPEATED;
        if (!file_record_same_file(first, again))
            message_finding(STATUS_TROUBLE, named->label,
                            "line %" PRIu64 " and line %" PRIu64 " have different codes for the same name", first->line,
                            again->line);
    }
    return first;
}

static void join_names(struct pairing *pairing, struct named *old, struct named *new)
{
    const struct file_record *a = next_name(old);
    const struct file_record *b = next_name(new);

    while (a != NULL || b != NULL) {
        const int order = a == NULL ? 1 : b == NULL ? -1 : strcmp(a->name, b->name);
        if (order == 0)
            pairing_join(pairing, a, b, PAIRING_NAMED);
        if (order <= 0)
            a = next_name(old);
        if (order >= 0)
            b = next_name(new);
    }
}

/* ---- What cannot be known ---- */

static bool find_failures(const struct catalogue *catalogue, struct path_set *failures)
{
    for (size_t i = 0; i < catalogue->count; i++)
        if (catalogue->files[i].failure != 0 && !path_set_add(failures, catalogue->files[i].name))
            return false;
    path_set_sort(failures);
    return true;
}

/* What only one side has, below a directory that could not be read on the other. False where memory is short. */
static bool mark_unknown(struct pairing_side *side, const struct pairing_side *other)
{
    struct path_set failures = {.members = NULL};
    const bool found = find_failures(other->catalogue, &failures);

    for (size_t i = 0; found && failures.count > 0 && i < side->catalogue->count; i++)
        if (side->states[i] == PAIRING_ALONE &&
            path_set_find(&failures, side->catalogue->files[i].name) < failures.count)
            side->states[i] = PAIRING_UNKNOWN;
    path_set_free(&failures);
    return found;
}

static bool pair_names(const struct difference_task *task, struct pairing *pairing)
{
    struct named old = {.files = NULL};
    struct named new = {.files = NULL};
    bool made = named_init(&old, &pairing->old, task->old_label) && named_init(&new, &pairing->new, task->new_label);

    if (made) {
        join_names(pairing, &old, &new);
        made = mark_unknown(&pairing->old, &pairing->new) && mark_unknown(&pairing->new, &pairing->old);
    }
    free(old.files);
    free(new.files);
    return made;
}

/* ---- Telling ---- */

struct telling {
    const struct difference_task *task;
    unsigned near_bits;
    struct difference_counts *counts;
};

static void tell(const struct telling *telling, enum difference_kind kind, const struct file_record *old,
                 const struct file_record *new)
{
    const struct difference_task *task = telling->task;
    struct difference difference = {.kind = kind, .old = old, .new = new};

    if (kind == DIFFERENCE_CHANGED || kind == DIFFERENCE_MOVED_CHANGED) {
        difference.bits = kind == DIFFERENCE_CHANGED ? 8 * FILE_RECORD_DIGEST_SIZE : telling->near_bits;
        difference.distance = file_record_distance(old, new, &difference.bits);
        difference.near = difference.distance <= threshold_bits(&task->threshold, difference.bits);
    }
    telling->counts->kinds[kind]++;
    telling->counts->near += kind == DIFFERENCE_CHANGED && difference.near;
    task->tell(task->context, &difference);
}

static void tell_pair(const struct telling *telling, const struct file_record *old, const struct file_record *new,
                      enum pairing_state state)
{
    const bool is_same = file_record_same_file(old, new);

    if (old->failure != 0 || new->failure != 0)
        tell(telling, DIFFERENCE_UNKNOWN, old, new);
    else if (state == PAIRING_MOVED)
        tell(telling, is_same ? DIFFERENCE_MOVED : DIFFERENCE_MOVED_CHANGED, old, new);
    else if (!is_same)
        tell(telling, DIFFERENCE_CHANGED, old, new);
    else
        telling->counts->same++;
}

static void tell_new(const struct telling *telling, const struct pairing_side *side)
{
    for (size_t i = 0; i < side->catalogue->count; i++) {
        const struct file_record *file = &side->catalogue->files[i];
        const enum pairing_state state = side->states[i];
        if (state == PAIRING_NAMED || state == PAIRING_MOVED)
            tell_pair(telling, side->partners[i], file, state);
        else if (state == PAIRING_UNKNOWN || (state == PAIRING_ALONE && file->failure != 0))
            tell(telling, DIFFERENCE_UNKNOWN, NULL, file);
        else if (state == PAIRING_ALONE)
            tell(telling, DIFFERENCE_ADDED, NULL, file);
    }
}

static void tell_old(const struct telling *telling, const struct pairing_side *side)
{
    for (size_t i = 0; i < side->catalogue->count; i++) {
        const struct file_record *file = &side->catalogue->files[i];
        const enum pairing_state state = side->states[i];
        if (state == PAIRING_UNKNOWN || (state == PAIRING_ALONE && file->failure != 0))
            tell(telling, DIFFERENCE_UNKNOWN, file, NULL);
        else if (state == PAIRING_ALONE)
            tell(telling, DIFFERENCE_REMOVED, file, NULL);
    }
}

bool difference_find(const struct difference_task *task, struct difference_counts *counts)
{
    struct telling telling = {.task = task, .counts = counts};
    struct pairing pairing;

    *counts = (struct difference_counts){.same = 0};
    const bool found = pairing_init(&pairing, task->old, task->new) && pair_names(task, &pairing) &&
                       pairing_find_moved(&pairing) && pairing_find_near(&pairing, &task->threshold);
    if (found) {
        telling.near_bits = pairing.near_bits;
        tell_new(&telling, &pairing.new);
        tell_old(&telling, &pairing.old);
    } else {
        message_error(NULL, strerror(ENOMEM));
    }
    pairing_free(&pairing);
    return found;
}
