/* SPDX-License-Identifier: Apache-2.0 */
/* The properties of characters. scripts/unicode_tables.c makes the tables. */
#ifndef ISCC_UNICODE_TABLES_H
#define ISCC_UNICODE_TABLES_H

#include <stddef.h>
#include <stdint.h>

/*
 * A character has a value, found by its bits in three steps: those above the lowest eleven select a block of `middle`,
 * the next six a block of `leaves`, and the last five a value. A value below ISCC_CLASSES is the class of a character
 * that stays as it is; any other is ISCC_CLASSES plus the offset of a mapping.
 */
#define ISCC_LEAF_BITS 5u
#define ISCC_MIDDLE_BITS 6u
#define ISCC_CLASSES 256u

extern const uint16_t iscc_unicode_top[];
extern const uint16_t iscc_unicode_middle[];
extern const uint16_t iscc_unicode_leaves[];

static inline unsigned iscc_unicode_value(uint32_t character)
{
    const size_t middle = iscc_unicode_top[character >> (ISCC_LEAF_BITS + ISCC_MIDDLE_BITS)] +
                          (character >> ISCC_LEAF_BITS & ((1u << ISCC_MIDDLE_BITS) - 1));
    return iscc_unicode_leaves[iscc_unicode_middle[middle] + (character & ((1u << ISCC_LEAF_BITS) - 1))];
}

/* A class: the canonical combining class in the high byte, and these flags. */
#define ISCC_CHARACTER_OTHER 1u      /* category C: control, format, surrogate, private use, unassigned */
#define ISCC_CHARACTER_SPACE 2u      /* white space, as Python has it */
#define ISCC_CHARACTER_NEWLINE 4u    /* ends a line */
#define ISCC_CHARACTER_CASED 8u      /* Cased */
#define ISCC_CHARACTER_IGNORABLE 16u /* Case_Ignorable */
#define ISCC_CHARACTER_SECOND 32u    /* composes with some character before it */
#define ISCC_CHARACTER_DROPPED 64u   /* collapses to nothing */

extern const uint16_t iscc_unicode_classes[ISCC_CLASSES];

/*
 * A mapping, in units of 16 bits:
 *
 *   class | size of the collapsed string << 8
 *   size of the decomposed string | ISCC_MAPPING_SHARED if it is equal to the collapsed one
 *   the collapsed string in UTF-16: decomposed, in lower case, without what is dropped, decomposed for compatibility
 *   the decomposed string (NFKD) in UTF-16, unless it is shared; if its size is 0 the character does not decompose
 */
#define ISCC_MAPPING_SHARED 0x100u

extern const uint16_t iscc_unicode_mappings[];

/* The pairs that compose, sorted, each with its result: first, second, composed. Those of Hangul are left out. */
extern const uint32_t iscc_unicode_pairs[];
extern const size_t iscc_unicode_pair_count;

static inline unsigned iscc_unicode_class(uint32_t character)
{
    const unsigned value = iscc_unicode_value(character);
    return iscc_unicode_classes[value < ISCC_CLASSES ? value : iscc_unicode_mappings[value - ISCC_CLASSES] & 0xffu];
}

#endif
