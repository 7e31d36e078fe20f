/* SPDX-License-Identifier: Apache-2.0 */
/* The directory where the relative names of a list begin: docs/check-rules.md, R18. */
#ifndef LIST_BASE_H
#define LIST_BASE_H

#include <stdbool.h>

#include "files/directory.h"

/* The value of --base that is no directory's name, but stands for that of each list. */
#define LIST_BASE_OF_LIST "list"

bool list_base_is_of_list(const char *value);

/* The directory of that name. NULL after a message. */
struct directory *list_base_open(const char *name);

/* The directory that the list lies in, as its path tells. NULL after a message. */
struct directory *list_base_open_of_list(const char *list);

#endif
