/* SPDX-License-Identifier: Apache-2.0 */
/* Base32 (RFC 4648, section 6) in upper case, without padding. */
#include "codes/base32.h"

void iscc_base32_encode(const uint8_t *bytes, size_t size, char *text)
{
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    unsigned pending = 0;
    unsigned pending_bits = 0;

    for (size_t i = 0; i < size; i++) {
        pending = (pending << 8) | bytes[i];
        pending_bits += 8;
        while (pending_bits >= 5) {
            pending_bits -= 5;
            *text++ = alphabet[pending >> pending_bits];
            pending &= (1u << pending_bits) - 1u;
        }
    }
    if (pending_bits > 0)
        *text++ = alphabet[pending << (5 - pending_bits)];
    *text = '\0';
}

/* Compares with ASCII codes, because isalpha() depends on the locale. */
int iscc_base32_value(char character)
{
    unsigned c = (unsigned char)character;

    if (c - 0x41u < 26u)
        return (int)(c - 0x41u);
    if (c - 0x61u < 26u)
        return (int)(c - 0x61u);
    if (c - 0x32u < 6u)
        return (int)(c - 0x32u + 26u);
    return -1;
}

unsigned iscc_base32_decode(const uint8_t *values, size_t count, uint8_t *bytes)
{
    unsigned pending = 0;
    unsigned pending_bits = 0;

    for (size_t i = 0; i < count; i++) {
        pending = (pending << 5) | values[i];
        pending_bits += 5;
        if (pending_bits >= 8) {
            pending_bits -= 8;
            *bytes++ = (uint8_t)(pending >> pending_bits);
            pending &= (1u << pending_bits) - 1u;
        }
    }
    return pending;
}
