/* SPDX-License-Identifier: Apache-2.0 */
/* The lines whose files may have new content although their times deny a change: docs/update.md, U5. */
#ifndef ACCEPTED_H
#define ACCEPTED_H

#include <stdbool.h>

#include "filter/filter.h"
#include "lists/catalogue.h"

/* Returns for each line of the list whether a pattern of --accept matches its name or a directory above it, or NULL if
 * memory is short. The caller frees the array. */
bool *accepted_lines(const struct catalogue *list, const struct filter *accepted);

/* The callback of --accept; `filter` gets the pattern. */
bool accepted_add(void *filter, const struct option_spec *option, const char *glob, const char *command);

#endif
