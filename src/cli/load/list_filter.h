/* SPDX-License-Identifier: Apache-2.0 */
/* Choosing from the names of a list as the walk chooses from files. */
#ifndef LIST_FILTER_H
#define LIST_FILTER_H

#include <stdbool.h>

#include "filter/filter.h"
#include "lists/catalogue.h"

/*
 * Leaves the files in the catalogue that the filter takes, by their names and, where they are known, their sizes. Names
 * are judged as paths below an operand: `operand` is a directory whose name was judged first, or NULL, and `prefix`
 * what its names begin with, which is no part of these paths. False if memory is short.
 */
bool list_filter_apply(struct catalogue *catalogue, const struct filter *filter, const char *operand,
                       const char *prefix);

#endif
