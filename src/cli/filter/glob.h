/* SPDX-License-Identifier: Apache-2.0 */
/* Matching of one pattern of gitignore(5). */
#ifndef GLOB_H
#define GLOB_H

#include <stdbool.h>

/* gitignore's glob: `*`, `?` and bracket expressions do not match a slash, and double asterisks between slashes or at
 * an end match any number of components. Takes time of the order of the product of the lengths at worst. */
bool glob_match(const char *pattern, const char *path);

#endif
