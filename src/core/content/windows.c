/* SPDX-License-Identifier: Apache-2.0 */
/* Windows that move by one character. */
#include "content/windows.h"

static bool is_continuation(char byte)
{
    return ((unsigned char)byte & 0xc0) == 0x80;
}

/* Returns the offset of the next character, or the size. */
static size_t skip_character(const struct iscc_windows *windows, size_t offset)
{
    if (offset == windows->size)
        return offset;
    while (++offset < windows->size && is_continuation(windows->text[offset]))
        continue;
    return offset;
}

bool iscc_windows_start(struct iscc_windows *windows, const char *text, size_t size, unsigned width)
{
    *windows = (struct iscc_windows){.text = text, .size = size};
    for (unsigned i = 0; i < width; i++)
        windows->end = skip_character(windows, windows->end);
    return width >= 2;
}

bool iscc_windows_next(struct iscc_windows *windows)
{
    if (windows->end == windows->size)
        return false;
    windows->begin = skip_character(windows, windows->begin);
    windows->end = skip_character(windows, windows->end);
    return true;
}
