/* SPDX-License-Identifier: Apache-2.0 */
/* A line of a list and the codes in it. */
#ifndef LIST_ENTRY_H
#define LIST_ENTRY_H

#include <iscc/iscc.h>
#include <stdbool.h>
#include <stddef.h>

#include "lists/file_record.h"

/* Owns no memory. */
struct list_entry {
    struct file_record file;
    struct iscc_decoded code; /* the ISCC-CODE alone; other codes of the line may contradict it; not if file.failure */
    bool is_json;
    bool is_tagged;  /* a text line in BSD style */
    bool is_damaged; /* only the name is known (R3) */
};

/* Add an ISCC-CODE (SUM or WIDE), a unit of 256 bits, a datahash, or the ISCC-CODE of a text to the line. They return
 * false if the text is not one, and for a second unit of the same type. */
bool list_entry_set_code(struct list_entry *line, const char *text, size_t size);
bool list_entry_set_unit(struct list_entry *line, const char *text, size_t size);
bool list_entry_set_datahash(struct list_entry *line, const char *text);
bool list_entry_set_text_iscc(struct list_entry *line, const char *text);

/* Whether a text without blanks was meant as an ISCC-CODE: it begins with `ISCC:`. */
bool list_entry_is_like_code(const char *text, size_t size);

/* Whether a text looks like a code but is none. */
bool list_entry_is_damaged(const char *text, size_t size);

enum parse_result {
    PARSE_GOOD,
    PARSE_DAMAGED, /* the line has the right form and a name, but a code in it is none */
    PARSE_BAD,
    PARSE_NO_MEMORY
};

#endif
