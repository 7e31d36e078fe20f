/* SPDX-License-Identifier: Apache-2.0 */
/* What a line of a list says of a file. */
#ifndef LIST_ENTRY_H
#define LIST_ENTRY_H

#include <iscc/iscc.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "util/file_identity.h"

/* It owns no memory. */
struct list_entry {
    uint64_t line;    /* the number of the record, from 1 */
    size_t name_size; /* in bytes */
    unsigned flags;   /* ISCC_NARROW or ISCC_WIDE, as `iscc` is */
    bool is_json;
    bool is_tagged;          /* a text line of BSD's shape */
    bool has_filesize;       /* in JSON alone */
    uint64_t filesize;       /* where has_filesize */
    bool has_stat;           /* in JSON alone */
    struct file_times times; /* where has_stat */
    char iscc[ISCC_CODE_SIZE];
    /* Empty where the list has none: */
    char data_code[ISCC_CODE_SIZE];
    char instance_code[ISCC_CODE_SIZE];
    char datahash[ISCC_DATAHASH_SIZE];
};

/* Reads the text of an ISCC-CODE, SUM or WIDE, or of a unit of 256 bits into the entry. False for any other text, and
 * for a unit of a kind that the entry has. */
bool list_entry_set_code(struct list_entry *entry, const char *text, size_t size);
bool list_entry_set_unit(struct list_entry *entry, const char *text, size_t size);

enum parse_result { PARSE_GOOD, PARSE_BAD, PARSE_NO_MEMORY };

#endif
