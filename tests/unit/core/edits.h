/* SPDX-License-Identifier: Apache-2.0 */
/* Generated files and edits of them, for what is known of the distance of Data-Codes. */
#ifndef EDITS_H
#define EDITS_H

#include <stddef.h>
#include <stdint.h>

/* What the generated files hold. */
enum content {
    CONTENT_RANDOM, /* bytes that have nothing to do with one another */
    CONTENT_TEXT,   /* lines of words, a few of which are frequent */
    CONTENTS
};

/* What is done to one block at a random place. */
enum edit {
    EDIT_INSERT,    /* a new block comes in */
    EDIT_DELETE,    /* the block goes */
    EDIT_MOVE,      /* the block moves to another offset */
    EDIT_TRUNCATE,  /* the end of the file goes, as long as a block */
    EDIT_OVERWRITE, /* new bytes replace the block */
    EDITS
};

extern const char *const content_names[CONTENTS];
extern const char *const edit_names[EDITS];

/* Fills a buffer with content; more of it for each state of a generator of support/random.h. */
void content_fill(enum content content, uint64_t *state, uint8_t *bytes, size_t size);

/* Edits `size` bytes with a block of `block` bytes, at most `size`, and returns the new size. The buffer holds both.
 */
size_t edit_apply(enum edit edit, enum content content, uint64_t *state, uint8_t *bytes, size_t size, size_t block);

/* The share of bits in which the Data-Codes are expected to differ where the block is this share of the file: a bit
 * agrees if its minimum comes from a chunk that both have, and half of the time otherwise. The chunks that a block cuts
 * at its ends are not counted. */
double edit_expected(enum edit edit, double share);

/* The digest of the 256-bit Data-Code. */
void edit_digest(const uint8_t *bytes, size_t size, uint8_t digest[32]);

#endif
