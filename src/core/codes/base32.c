/* SPDX-License-Identifier: Apache-2.0 */
/* Base32 (RFC 4648, section 6) in upper case, without padding. */
#include "codes/base32.h"

#include <string.h>

/* Eight characters of five bits are five bytes. */
static void encode_group(const uint8_t bytes[5], char text[8])
{
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    uint64_t group = 0;

    for (unsigned i = 0; i < 5; i++)
        group = group << 8 | bytes[i];
    for (unsigned i = 0; i < 8; i++)
        text[i] = alphabet[group >> (35 - 5 * i) & 31];
}

void iscc_base32_encode(const uint8_t *bytes, size_t size, char *text)
{
    for (; size >= 5; size -= 5, bytes += 5, text += 8)
        encode_group(bytes, text);
    if (size > 0) {
        uint8_t last[5] = {0};
        char characters[8];
        memcpy(last, bytes, size);
        encode_group(last, characters);
        const size_t count = (8 * size + 4) / 5;
        memcpy(text, characters, count);
        text += count;
    }
    *text = '\0';
}
