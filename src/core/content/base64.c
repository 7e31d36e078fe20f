/* SPDX-License-Identifier: Apache-2.0 */
/* Encodes and decodes base64. */
#include "content/base64.h"

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void iscc_base64_encode(const uint8_t *bytes, size_t size, char *text)
{
    for (size_t i = 0; i < size; i += 3) {
        const unsigned second = i + 1 < size ? bytes[i + 1] : 0;
        const unsigned third = i + 2 < size ? bytes[i + 2] : 0;
        const unsigned group = (unsigned)bytes[i] << 16 | second << 8 | third;
        *text++ = alphabet[group >> 18];
        *text++ = alphabet[group >> 12 & 63];
        *text++ = i + 1 < size ? alphabet[group >> 6 & 63] : '=';
        *text++ = i + 2 < size ? alphabet[group & 63] : '=';
    }
}

/* The value of a digit, or 64. */
static unsigned value_of(char digit)
{
    if (digit >= 'A' && digit <= 'Z')
        return (unsigned)(digit - 'A');
    if (digit >= 'a' && digit <= 'z')
        return (unsigned)(digit - 'a') + 26;
    if (digit >= '0' && digit <= '9')
        return (unsigned)(digit - '0') + 52;
    return digit == '+' ? 62 : digit == '/' ? 63 : 64;
}

bool iscc_base64_decode(const char *text, size_t size, uint8_t *bytes, size_t *length)
{
    uint8_t *out = bytes;

    if (size % 4 != 0)
        return false;
    for (size_t i = 0; i < size; i += 4) {
        const bool last = i + 4 == size;
        const size_t digits = last && text[i + 3] == '=' ? (text[i + 2] == '=' ? 2 : 3) : 4;
        unsigned group = 0;
        for (size_t j = 0; j < 4; j++) {
            const unsigned value = j < digits ? value_of(text[i + j]) : 0;
            if (value == 64)
                return false;
            group = group << 6 | value;
        }
        for (size_t j = 0; j + 1 < digits; j++)
            *out++ = (uint8_t)(group >> (16 - 8 * j));
    }
    *length = (size_t)(out - bytes);
    return true;
}
