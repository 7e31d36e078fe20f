/* SPDX-License-Identifier: Apache-2.0 */
/* A line of a list, and the texts in it. */
#ifndef LIST_LINE_H
#define LIST_LINE_H

#include <iscc/iscc.h>
#include <stdbool.h>
#include <stddef.h>

#include "lists/file_record.h"

/* It owns no memory. */
struct list_line {
    struct file_record file;
    struct iscc_decoded code; /* the ISCC-CODE alone; other codes of the line may contradict it */
    bool is_json;
    bool is_tagged; /* a text line of BSD's shape */
};

/* Adds the text of an ISCC-CODE, SUM or WIDE, of a unit of 256 bits, or of a datahash. False for any other text, and
 * for a unit of a kind that the line has. */
bool list_line_set_code(struct list_line *line, const char *text, size_t size);
bool list_line_set_unit(struct list_line *line, const char *text, size_t size);
bool list_line_set_datahash(struct list_line *line, const char *text);

enum parse_result { PARSE_GOOD, PARSE_BAD, PARSE_NO_MEMORY };

#endif
