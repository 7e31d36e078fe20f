/* SPDX-License-Identifier: Apache-2.0 */
/* Base64 encoding and decoding over a single alphabet. */
#include "util/base64.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

char *base64_encode(const char *bytes, size_t size)
{
    char *encoded = malloc((size + 2) / 3 * 4 + 1);
    char *out = encoded;

    for (size_t i = 0; encoded != NULL && i < size; i += 3) {
        uint32_t group = 0;
        for (size_t j = 0; j < 3; j++)
            group = group << 8 | (i + j < size ? (unsigned char)bytes[i + j] : 0u);
        for (size_t j = 0; j < 4; j++)
            *out++ = i + j <= size ? alphabet[group >> (18 - 6 * j) & 63u] : '=';
    }
    if (encoded != NULL)
        *out = '\0';
    return encoded;
}

/* The six-bit value of a base64 digit, or -1 if it is not one. */
static int digit_value(char digit)
{
    const char *at = digit == '\0' ? NULL : strchr(alphabet, digit);
    return at == NULL ? -1 : (int)(at - alphabet);
}

bool base64_decode(char *text, size_t *size)
{
    const size_t length = strlen(text);
    const size_t padding = length < 4 ? 0 : (size_t)(text[length - 1] == '=') + (text[length - 2] == '=');
    uint32_t group = 0;

    *size = 0;
    if (length % 4 != 0)
        return false;
    for (size_t i = 0; i < length; i++) {
        const int value = i >= length - padding ? 0 : digit_value(text[i]);
        if (value < 0)
            return false;
        group = group << 6 | (uint32_t)value;
        for (size_t j = 0; i % 4 == 3 && j < 3; j++)
            text[(*size)++] = (char)(group >> (16 - 8 * j) & 255u);
    }
    *size -= padding;
    text[*size] = '\0';
    return true;
}
