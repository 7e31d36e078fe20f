/* SPDX-License-Identifier: Apache-2.0 */
/* The files in an object that iscc similar writes: docs/json.md, `group` and `near`. */
#ifndef LIST_GROUP_H
#define LIST_GROUP_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>

#include "lists/list_entry.h"

/* Initialize to zeros. */
struct list_group {
    cJSON *object;     /* the parsed record, or NULL */
    const cJSON *file; /* the next file to read, or NULL */
    const cJSON *rest; /* the one after it, or NULL */
};

/* Parses a group or a file near a query, without changing the text. Call json_memory_install() first. */
enum parse_result list_group_parse(struct list_group *group, const char *text, size_t size);

/* Whether a record is the object that counts the groups of copies, which names no file. */
bool list_group_is_summary(const char *text);

/* Reads the next file. Its name belongs to the group. Returns false if the object is not one of a file. */
bool list_group_next(struct list_group *group, struct list_entry *line);

void list_group_free(struct list_group *group);

#endif
