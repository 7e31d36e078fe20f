/* SPDX-License-Identifier: Apache-2.0 */
/* Masking any bytes leaves nothing that a terminal obeys, loses nothing and stays within the buffer. */
#include <stdlib.h>
#include <string.h>

#include "util/sanitize.h"
#include "support/fuzz.h"

/* The length of the UTF-8 sequence at the start, by decoding it and checking that the encoding is canonical. */
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

/* C0 and DEL as bytes; C1 as U+0080 to U+009F, since bytes that are no UTF-8 are not let through; line ends and writing
 * directions. */
static void require_harmless(const uint8_t *masked, size_t size)
{
    for (size_t at = 0; at < size;) {
        const size_t length = model_length(masked + at, size - at);
        REQUIRE(length > 0 && masked[at] >= ' ' && masked[at] != 0x7f);
        REQUIRE(length != 2 || masked[at] != 0xc2 || masked[at + 1] >= 0xa0);
        if (length == 3) {
            const uint32_t point = (masked[at] & 15u) << 12 | (masked[at + 1] & 63u) << 6 | (masked[at + 2] & 63u);
            REQUIRE(!is_within(point, 0x2028, 0x202e) && !is_within(point, 0x2066, 0x2069));
        }
        at += length;
    }
}

/* Decodes octal escapes. Texts with backslashes of their own are left out, as those are not escapes. */
static void require_same(const char *masked, const uint8_t *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        unsigned byte = (unsigned char)*masked++;
        if (byte == '\\') {
            byte = (unsigned)(masked[0] - '0') << 6 | (unsigned)(masked[1] - '0') << 3 | (unsigned)(masked[2] - '0');
            masked += 3;
        }
        REQUIRE(byte == bytes[i]);
    }
    REQUIRE(*masked == '\0');
}

FUZZ_TARGET(mask)
{
    char *text = fuzz_text(data, size);
    char *masked = fuzz_grow(NULL, SANITIZED_SIZE(size));

    for (size_t at = 0; at < size; at++)
        REQUIRE(utf8_length(text + at, size - at) == model_length(data + at, size - at));
    const size_t length = sanitize_copy(masked, text, size, "");
    REQUIRE(length == strlen(masked) && length < SANITIZED_SIZE(size));
    require_harmless((const uint8_t *)masked, length);
    if (size > 0 && memchr(data, '\\', size) == NULL)
        require_same(masked, data, size);
    free(text);
    free(masked);
    return 0;
}
