/* SPDX-License-Identifier: Apache-2.0 */
/* What a file may be that does not read as a list. */
#ifndef LIST_HINT_H
#define LIST_HINT_H

#include <stdbool.h>
#include <stddef.h>

#define HINT_UTF16 "its characters are those of UTF-16"
#define HINT_ENDS_WITH_NUL "its lines end with NUL (-z)"
#define HINT_ENDS_WITH_NEWLINE "its lines do not end with NUL (-z)"

/* Whether the beginning of a file looks like that of a list in UTF-16. */
bool list_is_like_utf16(const char *text, size_t size);

#endif
