/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What became of the files of one catalogue in another: docs/diff.md has the rules.
 *
 * Names are brought together by sorting, equal contents too, and near ones by the index of the library. Beside the
 * catalogues this takes about 30 bytes for each of their files, and 130 more for each that only one of them names.
 */
#ifndef DIFFERENCE_H
#define DIFFERENCE_H

#include <stdbool.h>
#include <stdint.h>

#include "lists/catalogue.h"
#include "options/threshold.h"

enum difference_kind {
    DIFFERENCE_ADDED,
    DIFFERENCE_REMOVED,
    DIFFERENCE_CHANGED,
    DIFFERENCE_MOVED,
    DIFFERENCE_MOVED_CHANGED,
    DIFFERENCE_UNKNOWN, /* a side could not be read where the file is, or would be */
    DIFFERENCES
};

struct difference {
    enum difference_kind kind;
    const struct file_record *old; /* NULL where OLD has nothing that goes with it */
    const struct file_record *new;
    /* Of what is changed or moved-changed: */
    unsigned distance; /* of the Data-Codes, in bits */
    unsigned bits;     /* that were compared */
    bool near;
};

struct difference_counts {
    uint64_t kinds[DIFFERENCES];
    uint64_t near; /* of those that are changed */
    uint64_t same;
};

struct difference_task {
    const struct catalogue *old; /* with tidy names */
    const struct catalogue *new;
    const char *old_label; /* for messages about lines that contradict each other */
    const char *new_label;
    struct threshold threshold;
    void (*tell)(void *context, const struct difference *difference); /* in the order of the rules */
    void *context;
};

/* Finds all differences, and tells them. False, after a message, where memory is short: nothing was told then. */
bool difference_find(const struct difference_task *task, struct difference_counts *counts);

#endif
