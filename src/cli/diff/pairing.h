/* SPDX-License-Identifier: Apache-2.0 */
/* Which files of two catalogues go together, for the parts of difference.c. */
#ifndef PAIRING_H
#define PAIRING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lists/catalogue.h"
#include "options/threshold.h"

enum pairing_state {
    PAIRING_ALONE,   /* nothing goes with it */
    PAIRING_NAMED,   /* a file of the same name */
    PAIRING_MOVED,   /* a file of another name */
    PAIRING_UNKNOWN, /* the other side could not be read where it would be */
    PAIRING_REPEATED /* its name has been there before */
};

struct pairing_side {
    const struct catalogue *catalogue;
    struct file_record empty;            /* what is known of the empty file */
    uint8_t *states;                     /* enum pairing_state of each file */
    const struct file_record **partners; /* of each file that goes with another one */
};

struct pairing {
    struct pairing_side old;
    struct pairing_side new;
    unsigned near_bits; /* of the Data-Codes, over which files were found to be near */
};

/* Everything is alone at first. False if memory is short; the pairing may be freed all the same. */
bool pairing_init(struct pairing *pairing, const struct catalogue *old, const struct catalogue *new);
void pairing_free(struct pairing *pairing);

size_t pairing_number(const struct pairing_side *side, const struct file_record *file);

/* Puts two files together. */
void pairing_join(struct pairing *pairing, const struct file_record *old, const struct file_record *new,
                  enum pairing_state state);

/* How many files can still be moved: they are alone, have a code, and are not empty. `files`, which may be NULL, gets
 * them in the order of the catalogue. */
size_t pairing_movable(const struct pairing_side *side, const struct file_record **files);

/* The last part of a name; a tree's has its slash. */
const char *pairing_base_name(const struct file_record *file);

/* Puts together what is the same under another name (rule D9), then what is near (D10). False if memory is short. */
bool pairing_find_moved(struct pairing *pairing);
bool pairing_find_near(struct pairing *pairing, const struct threshold *threshold);

#endif
