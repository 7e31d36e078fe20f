/* SPDX-License-Identifier: Apache-2.0 */
/* Reads ignore files. */
#ifndef IGNORE_FILE_H
#define IGNORE_FILE_H

#include "filter/ignore.h"

/* The maximum size of an ignore file. One is held in memory for each level of the path. */
enum { IGNORE_FILE_MAX = 4 << 20 };

/* Reads the patterns of a file in an open directory. Returns 0 or a failure, EFBIG if it is too large. A name that is
 * not a regular file has no patterns: `list` is then NULL and the result 0. */
int ignore_file_read(int directory, const char *name, struct ignore_list **list);

/* The same for a file named by the user, which may be of any type. */
int ignore_file_load(const char *path, struct ignore_list **list);

#endif
