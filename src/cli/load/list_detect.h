/* SPDX-License-Identifier: Apache-2.0 */
/* Tells lists from other files. */
#ifndef LIST_DETECT_H
#define LIST_DETECT_H

#include <stdbool.h>

/* Detects whether `path` is a regular file whose first line that is not ignored (R2: blank lines, comments) is a good
 * line of a list. That line must begin in the first 64 KiB, so no more is read of other files. Returns 0 or an errno
 * value. */
int list_detect(const char *path, bool zero, bool *is_list);

#endif
