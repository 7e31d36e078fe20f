/* SPDX-License-Identifier: Apache-2.0 */
/* Pairs the files of two catalogues and reports the differences: docs/diff.md. */
#include "diff/difference.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "diff/pairing.h"
#include "util/message.h"
#include "util/path_set.h"

/* ---- By name ---- */

/* The files of one side sorted by name, and the next one to compare. */
struct sorted {
    const struct file_record **files;
    size_t count;
    size_t next;
    const char *label;
    struct pairing_side *side;
};

static bool sorted_init(struct sorted *sorted, struct pairing_side *side, const char *label)
{
    *sorted = (struct sorted){
        .files = catalogue_by_name(side->catalogue), .count = side->catalogue->count, .label = label, .side = side};
    return sorted->files != NULL;
}

/* Returns the first file of the next name, or NULL at the end. Marks further files of that name as duplicates (D5). */
static const struct file_record *next_name(struct sorted *sorted)
{
    if (sorted->next == sorted->count)
        return NULL;
    const struct file_record *first = sorted->files[sorted->next++];
    for (; sorted->next < sorted->count && strcmp(sorted->files[sorted->next]->name, first->name) == 0;
         sorted->next++) {
        const struct file_record *again = sorted->files[sorted->next];
        sorted->side->states[pairing_index(sorted->side, again)] = PAIRING_DUPLICATE;
        if (!file_record_same_file(first, again))
            message_finding(STATUS_TROUBLE, sorted->label,
                            "line %" PRIu64 " and line %" PRIu64 " have different codes for the same name", first->line,
                            again->line);
    }
    return first;
}

static void match_names(struct pairing *pairing, struct sorted *old, struct sorted *new)
{
    const struct file_record *a = next_name(old);
    const struct file_record *b = next_name(new);

    while (a != NULL || b != NULL) {
        const int order = a == NULL ? 1 : b == NULL ? -1 : strcmp(a->name, b->name);
        if (order == 0)
            pairing_set_namesakes(pairing, a, b);
        if (order <= 0)
            a = next_name(old);
        if (order >= 0)
            b = next_name(new);
    }
}

/* ---- Unreadable files and directories ---- */

static bool collect_failures(const struct catalogue *catalogue, struct path_set *failures)
{
    for (size_t i = 0; i < catalogue->count; i++)
        if (catalogue->files[i].failure != 0 && !path_set_add(failures, catalogue->files[i].name))
            return false;
    path_set_sort(failures);
    return true;
}

/* Marks files that only one side has, below a directory that could not be read on the other (D13). Returns false if
 * memory is short. */
static bool mark_unknown(struct pairing_side *side, const struct pairing_side *other)
{
    struct path_set failures = {.members = NULL};
    const bool found = collect_failures(other->catalogue, &failures);

    for (size_t i = 0; found && failures.count > 0 && i < side->catalogue->count; i++)
        if (side->states[i] == PAIRING_UNPAIRED &&
            path_set_find(&failures, side->catalogue->files[i].name) < failures.count)
            side->states[i] = PAIRING_UNKNOWN;
    path_set_free(&failures);
    return found;
}

static bool pair_by_name(const struct difference_task *task, struct pairing *pairing)
{
    struct sorted old = {.files = NULL};
    struct sorted new = {.files = NULL};
    bool made = sorted_init(&old, &pairing->old, task->old_label) && sorted_init(&new, &pairing->new, task->new_label);

    if (made) {
        match_names(pairing, &old, &new);
        made = mark_unknown(&pairing->old, &pairing->new) && mark_unknown(&pairing->new, &pairing->old);
    }
    free(old.files);
    free(new.files);
    return made;
}

/* ---- The report ---- */

struct reporter {
    const struct difference_task *task;
    unsigned near_bits;
    struct difference_counts *counts;
};

/* Whether this side says nothing about the file except, in a list, that it could not be read. */
static bool says_nothing(const struct file_record *file)
{
    return file == NULL || (file->failure != 0 && file->line != 0);
}

/* Compares at most `bits` bits of the units of both files. */
static void measure(struct difference *difference, enum near_by by, const struct threshold *threshold, unsigned bits)
{
    difference->by = by;
    difference->bits = bits;
    difference->distance = file_record_distance(difference->old, difference->new, by, &difference->bits);
    difference->near = difference->distance <= threshold_bits(threshold, difference->bits);
}

/* Texts in another layout have another Data-Code. */
static void measure_text(struct difference *difference, const struct threshold *threshold)
{
    struct difference text = *difference;

    measure(&text, NEAR_BY_TEXT, threshold,
            difference->kind == DIFFERENCE_CHANGED ? 8 * FILE_RECORD_DIGEST_SIZE : PAIRING_BITS_MAX);
    if (text.near)
        *difference = text;
}

static void report(const struct reporter *reporter, enum difference_kind kind, const struct file_record *old,
                   const struct file_record *new)
{
    const struct difference_task *task = reporter->task;
    struct difference difference = {.kind = kind, .old = old, .new = new};

    if (says_nothing(old) && says_nothing(new))
        return; /* D13 */
    if (kind == DIFFERENCE_CHANGED || kind == DIFFERENCE_MOVED_CHANGED) {
        measure(&difference, NEAR_BY_DATA, &task->threshold,
                kind == DIFFERENCE_CHANGED ? 8 * FILE_RECORD_DIGEST_SIZE : reporter->near_bits);
        if (!difference.near && old->text_bits > 0 && new->text_bits > 0)
            measure_text(&difference, &task->threshold);
    }
    reporter->counts->kinds[kind]++;
    reporter->counts->near += kind == DIFFERENCE_CHANGED && difference.near;
    task->report(task->context, &difference);
}

static void report_pair(const struct reporter *reporter, const struct file_record *old, const struct file_record *new,
                        enum pairing_state state)
{
    const bool is_same = file_record_same_file(old, new);

    if (old->failure != 0 || new->failure != 0)
        report(reporter, DIFFERENCE_UNKNOWN, old, new);
    else if (state == PAIRING_MOVED)
        report(reporter, is_same ? DIFFERENCE_MOVED : DIFFERENCE_MOVED_CHANGED, old, new);
    else if (!is_same)
        report(reporter, DIFFERENCE_CHANGED, old, new);
    else
        reporter->counts->same++;
}

static void report_new(const struct reporter *reporter, const struct pairing_side *side)
{
    for (size_t i = 0; i < side->catalogue->count; i++) {
        const struct file_record *file = &side->catalogue->files[i];
        const enum pairing_state state = side->states[i];
        if (state == PAIRING_SAME_NAME || state == PAIRING_MOVED)
            report_pair(reporter, side->partners[i], file, state);
        else if (state == PAIRING_UNKNOWN || (state == PAIRING_UNPAIRED && file->failure != 0))
            report(reporter, DIFFERENCE_UNKNOWN, NULL, file);
        else if (state == PAIRING_UNPAIRED)
            report(reporter, DIFFERENCE_ADDED, NULL, file);
    }
}

static void report_old(const struct reporter *reporter, const struct pairing_side *side)
{
    for (size_t i = 0; i < side->catalogue->count; i++) {
        const struct file_record *file = &side->catalogue->files[i];
        const enum pairing_state state = side->states[i];
        if (state == PAIRING_UNKNOWN || (state == PAIRING_UNPAIRED && file->failure != 0))
            report(reporter, DIFFERENCE_UNKNOWN, file, NULL);
        else if (state == PAIRING_UNPAIRED)
            report(reporter, DIFFERENCE_REMOVED, file, NULL);
    }
}

bool difference_find(const struct difference_task *task, struct difference_counts *counts)
{
    struct reporter reporter = {.task = task, .counts = counts};
    struct pairing pairing;

    *counts = (struct difference_counts){.same = 0};
    const bool found = pairing_init(&pairing, task->old, task->new) && pair_by_name(task, &pairing) &&
                       pairing_find_respelled(&pairing) && pairing_find_moved(&pairing) &&
                       pairing_find_exchanged(&pairing, &task->threshold) &&
                       pairing_find_near(&pairing, NEAR_BY_DATA, &task->threshold) &&
                       pairing_find_near(&pairing, NEAR_BY_TEXT, &task->threshold);
    if (found) {
        reporter.near_bits = pairing.near_bits;
        report_new(&reporter, &pairing.new);
        report_old(&reporter, &pairing.old);
    } else {
        message_error(NULL, strerror(ENOMEM));
    }
    pairing_free(&pairing);
    return found;
}
