/* SPDX-License-Identifier: Apache-2.0 */
/* Text lines of a list: docs/check-rules.md, R2 to R5. */
#ifndef LIST_TEXT_H
#define LIST_TEXT_H

#include "lists/list_entry.h"

/* What of a text line, a tagged or plain one, is the name; it is unescaped in place. False for a bad line. */
bool list_text_parse(char *text, size_t size, bool zero, struct list_entry *entry, const char **name);

#endif
