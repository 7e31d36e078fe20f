/* SPDX-License-Identifier: Apache-2.0 */
/* The directory in which the names of a list begin (--base): docs/check-rules.md, R18. */
#ifndef LIST_BASE_H
#define LIST_BASE_H

#include <stdbool.h>

#include "files/directory.h"

/* The value of --base that means the directory of each list. */
#define LIST_BASE_PER_LIST "list"

bool list_base_is_per_list(const char *value);

/* Opens the directory of that name. Returns NULL after a message. */
struct directory *list_base_open(const char *name);

/* Opens the directory part of the path of a list. Returns NULL after a message. */
struct directory *list_base_open_for_list(const char *list);

#endif
