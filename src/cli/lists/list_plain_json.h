/* SPDX-License-Identifier: Apache-2.0 */
/* Reads objects exactly as iscc sum prints them, without building a tree of their members. */
#ifndef LIST_PLAIN_JSON_H
#define LIST_PLAIN_JSON_H

#include <stdbool.h>
#include <stddef.h>

#include "lists/list_entry.h"

/* Parses an object of a file whose name needs no escape, and ends the name with a NUL. Returns false, with the text and
 * the line unchanged, for anything else, which list_json_parse() must judge. */
bool list_plain_json_parse(char *text, size_t size, struct list_entry *line);

#endif
