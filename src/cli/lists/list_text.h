/* SPDX-License-Identifier: Apache-2.0 */
/* Parses the text lines of a list: docs/check-rules.md, R2 to R5. */
#ifndef LIST_TEXT_H
#define LIST_TEXT_H

#include "lists/list_line.h"

/* Parses a text line, tagged or plain, and unescapes its name in place. Returns false for a bad line. */
bool list_text_parse(char *text, size_t size, bool zero, struct list_line *line);

#endif
