/* SPDX-License-Identifier: Apache-2.0 */
/* Pairs of files from two catalogues, used by difference.c. */
#ifndef PAIRING_H
#define PAIRING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lists/catalogue.h"
#include "options/threshold.h"

enum pairing_state {
    PAIRING_UNPAIRED,  /* has no partner, so far */
    PAIRING_SAME_NAME, /* its partner has the same name */
    PAIRING_MOVED,     /* its partner has another name */
    PAIRING_UNKNOWN,   /* a directory above it could not be read on the other side */
    PAIRING_DUPLICATE  /* an earlier file has the same name */
};

struct pairing_side {
    const struct catalogue *catalogue;
    struct file_record empty;             /* the codes of an empty file, to compare with */
    uint8_t *states;                      /* enum pairing_state, one for each file */
    const struct file_record **partners;  /* for the states SAME_NAME and MOVED; otherwise NULL */
    const struct file_record **namesakes; /* the other side's file of the same name, or NULL */
};

struct pairing {
    struct pairing_side old;
    struct pairing_side new;
    unsigned near_bits; /* how many bits of the Data-Codes pairing_find_near() compared */
};

/* Starts with all files unpaired. The catalogues must outlive the pairing. Returns false if memory is short. Free the
 * pairing in either case. */
bool pairing_init(struct pairing *pairing, const struct catalogue *old, const struct catalogue *new);
void pairing_free(struct pairing *pairing);

size_t pairing_index(const struct pairing_side *side, const struct file_record *file);

/* Makes partners of two files with the same name, which stay known as namesakes. */
void pairing_set_namesakes(struct pairing *pairing, const struct file_record *old, const struct file_record *new);

/* Makes two files partners. */
void pairing_set(struct pairing *pairing, const struct file_record *old, const struct file_record *new,
                 enum pairing_state state);

/* Lists the files that may have moved: they are unpaired, have a code, and are not empty. Returns their number, and
 * stores them in `files`, unless that is NULL, in the order of the catalogue. */
size_t pairing_list_movable(const struct pairing_side *side, const struct file_record **files);

/* The last component of the name, which for a tree includes its slash. */
const char *pairing_base_name(const struct file_record *file);

/* Whether two files are near by either code, over all bits that both know. */
bool pairing_is_near(const struct file_record *old, const struct file_record *new, const struct threshold *threshold);

/* More bits would find hardly more near pairs, and make the search among many digests far slower. */
enum { PAIRING_BITS_MAX = 128 };

/* Pair files that are the same under other names (rule D9): those whose names people take for one, then those without a
 * namesake, and then those whose name has other content on the other side too; and files that are near (D10), in this
 * order: by their Data-Codes, then those that are left by their Text-Codes. Return false if memory is short. */
bool pairing_find_respelled(struct pairing *pairing);
bool pairing_find_moved(struct pairing *pairing);
bool pairing_find_exchanged(struct pairing *pairing, const struct threshold *threshold);
bool pairing_find_near(struct pairing *pairing, enum near_by by, const struct threshold *threshold);

#endif
