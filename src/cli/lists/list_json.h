/* SPDX-License-Identifier: Apache-2.0 */
/* Parses the JSON lines of a list: docs/check-rules.md, R7. */
#ifndef LIST_JSON_H
#define LIST_JSON_H

#include "lists/list_line.h"

/* Parses a JSON object and writes the name over the text. Call json_memory_install() first. */
enum parse_result list_json_parse(char *text, size_t size, struct list_line *line);

#endif
