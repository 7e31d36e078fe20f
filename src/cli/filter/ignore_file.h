/* SPDX-License-Identifier: Apache-2.0 */
/* Reading of ignore files. */
#ifndef IGNORE_FILE_H
#define IGNORE_FILE_H

#include "filter/ignore.h"

/* An ignore file may have this many bytes; it is held in memory, one for each level of the path. */
enum { IGNORE_FILE_MAX = 4 << 20 };

/* Reads the patterns of a file that is in an open directory. Returns 0 or a failure, EFBIG if it is too large.
 * What is no regular file holds no patterns: 0 and NULL. */
int ignore_file_read(int directory, const char *name, struct ignore_list **list);

/* The same for a file that the user named, of any kind. */
int ignore_file_load(const char *path, struct ignore_list **list);

#endif
