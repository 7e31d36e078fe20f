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
    struct catalogue_file empty;            /* the codes of an empty file, to compare with */
    uint8_t *states;                        /* enum pairing_state, one for each file */
    const struct catalogue_file **partners; /* for the states SAME_NAME and MOVED; otherwise NULL */
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

size_t pairing_index(const struct pairing_side *side, const struct catalogue_file *file);

/* Makes two files partners. */
void pairing_set(struct pairing *pairing, const struct catalogue_file *old, const struct catalogue_file *new,
                 enum pairing_state state);

/* Lists the files that may have moved: they are unpaired, have a code, and are not empty. Returns their number, and
 * stores them in `files`, unless that is NULL, in the order of the catalogue. */
size_t pairing_list_movable(const struct pairing_side *side, const struct catalogue_file **files);

/* The last component of the name, which for a tree includes its slash. */
const char *pairing_base_name(const struct catalogue_file *file);

/* The distance between the Data-Codes over the bits that both files have, `*bits` at most. Sets `*bits` to the number
 * of bits compared. */
unsigned pairing_distance(const struct catalogue_file *a, const struct catalogue_file *b, unsigned *bits);

/* Pair files that are the same under other names (rule D9), and files that are near (D10), in this order. Return false
 * if memory is short. */
bool pairing_find_moved(struct pairing *pairing);
bool pairing_find_near(struct pairing *pairing, const struct threshold *threshold);

#endif
