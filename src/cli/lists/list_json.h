/* SPDX-License-Identifier: Apache-2.0 */
/* JSON lines of a list: docs/check-rules.md, R7. */
#ifndef LIST_JSON_H
#define LIST_JSON_H

#include "lists/list_line.h"

/* Reads a JSON object, once json_memory_install() has been called; the name is written over the text. */
enum parse_result list_json_parse(char *text, size_t size, struct list_line *line);

#endif
