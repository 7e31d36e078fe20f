/* SPDX-License-Identifier: Apache-2.0 */
/* Parses the JSON lines of a list: docs/check-rules.md, R7. */
#ifndef LIST_JSON_H
#define LIST_JSON_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>

#include "lists/list_entry.h"

/* Parses a JSON object and writes the name over the text. Call json_memory_install() first. */
enum parse_result list_json_parse(char *text, size_t size, struct list_entry *line);

/* Whether a record is an object that says nothing about a file, but how the list was made. */
bool list_json_is_comment(const char *text);

/* Parses the text of a record in limited memory. Returns NULL if it is not JSON or contains a NUL, and sets `no_memory`
 * if memory ran out. */
cJSON *list_json_open(const char *text, size_t size, bool *no_memory);

/* Reads an object that is a line of a list. `text` is that of the outermost object, or empty. Returns the name, which
 * the object owns, or NULL if anything is invalid. */
const char *list_json_read_file(const cJSON *object, const char *text, struct list_entry *line);

#endif
