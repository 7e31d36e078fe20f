/* SPDX-License-Identifier: Apache-2.0 */
/* gitignore's globs by all ways there are: slow, and written after the manual and git's wildmatch, not after glob.c. */
#ifndef MODEL_GLOB_H
#define MODEL_GLOB_H

#include <stdbool.h>

/* As glob_match. */
bool model_glob(const char *pattern, const char *path);

#endif
