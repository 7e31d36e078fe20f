/* SPDX-License-Identifier: Apache-2.0 */
/* Tells lists from other files. */
#ifndef LIST_DETECT_H
#define LIST_DETECT_H

#include <stdbool.h>

struct list_guess {
    bool is_list;
    const char *doubt; /* why a file that is no list may be meant as one, or NULL */
};

/* Detects whether `path` is a regular file whose first line that is not ignored (R2: blank lines, comments) is a line
 * of a list, an object of iscc similar, or an error object. That line must begin in the first 64 KiB, so no more is
 * read of other files, unless lines in this beginning look like those of a list. A stream that is open already
 * (open_stream.h) is always a list, like standard input. Returns 0 or an errno value. */
int list_detect(const char *path, bool zero, struct list_guess *guess);

#endif
