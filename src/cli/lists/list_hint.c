/* SPDX-License-Identifier: Apache-2.0 */
/* Looks for the words of a list in UTF-16. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* memmem */
#endif
#include "lists/list_hint.h"

#include <string.h>

/* Whether the bytes are there, and at once unless a byte order mark says that all of the text is UTF-16. */
static bool contains(const char *text, size_t text_size, const char *bytes, size_t size)
{
    const char *found = memmem(text, text_size, bytes, size);
    const bool has_mark = text_size >= 2 && (memcmp(text, "\xff\xfe", 2) == 0 || memcmp(text, "\xfe\xff", 2) == 0);

    return found != NULL && (has_mark || found - text <= 3);
}

/* In either byte order, as the NULs between the letters are the same. */
bool list_is_like_utf16(const char *text, size_t size)
{
    return contains(text, size, "I\0S\0C\0C", 7) || contains(text, size, "\"\0t\0y\0p\0e\0\"", 11);
}
