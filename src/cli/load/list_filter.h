/* SPDX-License-Identifier: Apache-2.0 */
/* Filters the names in a list as the walk filters files. */
#ifndef LIST_FILTER_H
#define LIST_FILTER_H

#include <stdbool.h>

#include "filter/filter.h"
#include "lists/catalogue.h"

/*
 * Removes the files that the filter leaves out from the catalogue, by name and, if it is known, by size. Names are
 * matched as paths below an operand, without `prefix` if they begin with it. `operand` is the directory that the names
 * are below, which is matched first, or NULL. Returns false if memory is short.
 */
bool list_filter_apply(struct catalogue *catalogue, const struct filter *filter, const char *operand,
                       const char *prefix);

#endif
