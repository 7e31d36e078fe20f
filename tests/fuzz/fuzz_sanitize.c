/* SPDX-License-Identifier: Apache-2.0 */
/* Sanitized texts contain no terminal control characters, lose nothing and fit their buffer, whatever the bytes. */
#include <stdlib.h>
#include <string.h>

#include "util/sanitize.h"
#include "support/fuzz.h"

/* The length of the UTF-8 sequence at the start, by decoding it and checking that it is the shortest encoding. */
static size_t model_length(const uint8_t *bytes, size_t size)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    const size_t length = size == 0             ? 0
                          : bytes[0] < 0x80     ? 1
                          : bytes[0] >> 5 == 6  ? 2
                          : bytes[0] >> 4 == 14 ? 3
                          : bytes[0] >> 3 == 30 ? 4
                                                : 0;

    if (length > size || length < 2)
        return length > size ? 0 : length;
    uint32_t point = bytes[0] & (0x7fu >> length);
    for (size_t i = 1; i < length; i++) {
        if (bytes[i] >> 6 != 2)
            return 0;
        point = point << 6 | (bytes[i] & 0x3fu);
    }
    const bool is_surrogate = point >= 0xd800 && point < 0xe000;
    return point < least[length] || point > 0x10ffff || is_surrogate ? 0 : length;
}

static bool is_within(uint32_t point, uint32_t first, uint32_t last)
{
    return point >= first && point <= last;
}

/* Neither C0, DEL, C1 (U+0080 to U+009F), line separators nor writing directions. Everything is UTF-8. */
static void require_harmless(const uint8_t *sanitized, size_t size)
{
    for (size_t at = 0; at < size;) {
        const size_t length = model_length(sanitized + at, size - at);
        REQUIRE(length > 0 && sanitized[at] >= ' ' && sanitized[at] != 0x7f);
        REQUIRE(length != 2 || sanitized[at] != 0xc2 || sanitized[at + 1] >= 0xa0);
        if (length == 3) {
            const uint32_t point =
                (sanitized[at] & 15u) << 12 | (sanitized[at + 1] & 63u) << 6 | (sanitized[at + 2] & 63u);
            REQUIRE(!is_within(point, 0x2028, 0x202e) && !is_within(point, 0x2066, 0x2069));
        }
        at += length;
    }
}

/* Decoding the octal escapes gives the original. Texts with a backslash of their own are ambiguous and left out. */
static void require_same(const char *sanitized, const uint8_t *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        unsigned byte = (unsigned char)*sanitized++;
        if (byte == '\\') {
            byte = (unsigned)(sanitized[0] - '0') << 6 | (unsigned)(sanitized[1] - '0') << 3 |
                   (unsigned)(sanitized[2] - '0');
            sanitized += 3;
        }
        REQUIRE(byte == bytes[i]);
    }
    REQUIRE(*sanitized == '\0');
}

FUZZ_TARGET(sanitize)
{
    char *text = fuzz_text(data, size);
    char *sanitized = fuzz_grow(NULL, SANITIZED_SIZE(size));

    for (size_t at = 0; at < size; at++)
        REQUIRE(utf8_length(text + at, size - at) == model_length(data + at, size - at));
    const size_t length = sanitize_copy(sanitized, text, size, "");
    REQUIRE(length == strlen(sanitized) && length < SANITIZED_SIZE(size));
    require_harmless((const uint8_t *)sanitized, length);
    if (size > 0 && memchr(data, '\\', size) == NULL)
        require_same(sanitized, data, size);
    free(text);
    free(sanitized);
    return 0;
}
