/* SPDX-License-Identifier: Apache-2.0 */
/* gitignore's globs by trying every way: slow, and written from the manual and git's wildmatch, not from glob.c. */
#ifndef MODEL_GLOB_H
#define MODEL_GLOB_H

#include <stdbool.h>

/* Like glob_match. */
bool model_glob(const char *pattern, const char *path);

#endif
