/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Compares two catalogues by the rules of docs/diff.md.
 *
 * Equal names and equal contents are found by sorting, near contents by the index of the library. In addition to the
 * catalogues this takes about 40 bytes for each file, and 130 more for each whose name only one of them has.
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
    DIFFERENCE_UNKNOWN, /* the file, or a directory above it, could not be read on one side */
    DIFFERENCES
};

struct difference {
    enum difference_kind kind;
    const struct file_record *old; /* NULL if OLD has no counterpart */
    const struct file_record *new;
    /* Only for DIFFERENCE_CHANGED and DIFFERENCE_MOVED_CHANGED: */
    enum near_by by;   /* text only if the Text-Codes are near, and the Data-Codes are not */
    unsigned distance; /* between these codes, in bits */
    unsigned bits;     /* how many were compared */
    bool near;
};

struct difference_counts {
    uint64_t kinds[DIFFERENCES];
    uint64_t near; /* how many of the changed files are near */
    uint64_t same;
};

struct difference_task {
    const struct catalogue *old; /* with tidy names */
    const struct catalogue *new;
    const char *old_label; /* names the list in messages about contradictory lines */
    const char *new_label;
    struct threshold threshold;
    void (*report)(void *context, const struct difference *difference); /* called in the order of rule D14 */
    void *context;
};

/* Finds all differences and reports them. Returns false, after a message and without any report, if memory is short. */
bool difference_find(const struct difference_task *task, struct difference_counts *counts);

#endif
