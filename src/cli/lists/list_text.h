/* SPDX-License-Identifier: Apache-2.0 */
/* Text lines of a list: docs/check-rules.md, R2 to R5. */
#ifndef LIST_TEXT_H
#define LIST_TEXT_H

#include "lists/list_line.h"

/* Reads a text line, a tagged or plain one, whose name is unescaped in place. False for a bad line. */
bool list_text_parse(char *text, size_t size, bool zero, struct list_line *line);

#endif
