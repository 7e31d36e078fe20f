/* SPDX-License-Identifier: Apache-2.0 */
/* UTF-8 validation, and octal escapes for bytes that could upset a terminal. */
#include "util/sanitize.h"

#include <string.h>

static bool in_range(unsigned char byte, unsigned char first, unsigned char last)
{
    return byte >= first && byte <= last;
}

/* The number of continuation bytes after a lead byte, and the range of the first of them. The range is narrower for
 * some lead bytes, to reject overlong forms, surrogates and code points above U+10FFFF (RFC 3629, section 4). */
static size_t continuation_bytes(unsigned char lead, unsigned char *first, unsigned char *last)
{
    *first = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    *last = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    return in_range(lead, 0xc2, 0xdf) ? 1 : in_range(lead, 0xe0, 0xef) ? 2 : in_range(lead, 0xf0, 0xf4) ? 3 : 0;
}

size_t utf8_length(const char *text, size_t size)
{
    if (size == 0)
        return 0;
    if ((unsigned char)text[0] < 0x80)
        return 1;
    unsigned char first = 0;
    unsigned char last = 0;
    size_t count = continuation_bytes((unsigned char)text[0], &first, &last);
    if (count == 0 || count >= size)
        return 0;
    for (size_t i = 1; i <= count; i++) {
        if (!in_range((unsigned char)text[i], first, last))
            return 0;
        first = 0x80;
        last = 0xbf;
    }
    return count + 1;
}

size_t sanitize_chunk(const char *text, size_t size)
{
    size_t chunk = 0;

    /* Leave space for a sequence of four bytes, the longest there is. */
    while (chunk < size && chunk <= SANITIZE_CHUNK - 4) {
        const size_t length = utf8_length(text + chunk, size - chunk);
        chunk += length > 0 ? length : 1;
    }
    return chunk;
}

/* Line separators and bidirectional controls, U+2028 to U+202E and U+2066 to U+2069. They make a terminal start a new
 * line or reorder text, including the verdict printed after a file name. */
static bool is_bidi_or_separator(const unsigned char *bytes)
{
    return bytes[0] == 0xe2 && ((bytes[1] == 0x80 && in_range(bytes[2], 0xa8, 0xae)) ||
                                (bytes[1] == 0x81 && in_range(bytes[2], 0xa6, 0xa9)));
}

bool utf8_is_control(const char *text, size_t length)
{
    const unsigned char *bytes = (const unsigned char *)text;
    const bool is_c1 = length == 2 && bytes[0] == 0xc2 && bytes[1] < 0xa0;
    return bytes[0] < ' ' || bytes[0] == 0x7f || is_c1 || (length == 3 && is_bidi_or_separator(bytes));
}

static char *put_octal(char *out, unsigned char byte)
{
    *out++ = '\\';
    *out++ = (char)('0' + (byte >> 6));
    *out++ = (char)('0' + (byte >> 3 & 7));
    *out++ = (char)('0' + (byte & 7));
    return out;
}

size_t sanitize_copy(char *out, const char *text, size_t size, const char *keep)
{
    char *end = out;
    for (size_t at = 0; at < size;) {
        size_t length = utf8_length(text + at, size - at);
        bool is_kept = length == 1 && text[at] != '\0' && strchr(keep, text[at]) != NULL;
        bool is_shown = length > 0 && (is_kept || !utf8_is_control(text + at, length));
        size_t step = length > 0 ? length : 1;
        for (size_t i = 0; i < step; i++)
            if (is_shown)
                *end++ = text[at + i];
            else
                end = put_octal(end, (unsigned char)text[at + i]);
        at += step;
    }
    *end = '\0';
    return (size_t)(end - out);
}
