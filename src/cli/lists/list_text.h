/* SPDX-License-Identifier: Apache-2.0 */
/* Parses the text lines of a list: docs/check-rules.md, R2 to R5. */
#ifndef LIST_TEXT_H
#define LIST_TEXT_H

#include "lists/list_entry.h"

/* Parses a text line, tagged or plain, and unescapes its name in place. */
enum parse_result list_text_parse(char *text, size_t size, bool zero, struct list_entry *line);

#endif
