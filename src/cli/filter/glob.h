/* SPDX-License-Identifier: Apache-2.0 */
/* Matches a single gitignore(5) pattern. */
#ifndef GLOB_H
#define GLOB_H

#include <stdbool.h>

/* Matches a path as gitignore does: `*`, `?` and bracket expressions do not match a slash, and a double asterisk as a
 * whole component matches any number of components. In the worst case the time is proportional to the product of the
 * lengths. */
bool glob_match(const char *pattern, const char *path);

#endif
