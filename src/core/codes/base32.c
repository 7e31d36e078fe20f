/* SPDX-License-Identifier: Apache-2.0 */
/* Base32 (RFC 4648, section 6) in upper case, without padding. */
#include "codes/base32.h"

#include <stdbool.h>
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

#define EACH UINT64_C(0x0101010101010101)

/* Whether all eight are digits. Sets `group` to their 40 bits. */
static bool read_group(const char *text, uint64_t *group)
{
    uint64_t word = 0;

    for (unsigned i = 0; i < 8; i++)
        word = word << 8 | (unsigned char)text[i];
    const uint64_t number = ~word >> 6 & EACH; /* 1 for a character below 0x40 */
    const uint64_t letter = number ^ EACH;
    /* A digit becomes 0x80 plus its value; nothing is carried, as the sums are below 0x100 for characters below 0x80.
     */
    const uint64_t sum = ((word | 0x20 * letter) & 0x7f * EACH) + (0x80 - 0x61) * letter + (0x80 + 26 - '2') * number;
    uint64_t value = sum & 0x1f * EACH;
    /* Only numbers have a value of at least 26. */
    if (((word | ~sum) & 0x80 * EACH) != 0 || (sum & 0x60 * EACH) != 0 ||
        (((value + 6 * EACH) >> 5 & EACH) ^ number) != 0)
        return false;
    value = (value >> 3 & UINT64_C(0x03e003e003e003e0)) | (value & UINT64_C(0x001f001f001f001f));
    value = (value >> 6 & UINT64_C(0x000ffc00000ffc00)) | (value & UINT64_C(0x000003ff000003ff));
    *group = (value >> 32) << 20 | (value & 0xfffff);
    return true;
}

size_t iscc_base32_read_groups(struct iscc_base32_reader *reader, const char *text, size_t size, uint8_t *bytes)
{
    size_t done = 0;
    uint64_t group;

    for (; size - done >= 8 && read_group(text + done, &group); done += 8)
        for (int shift = 32; shift >= 0; shift -= 8)
            *bytes++ = (uint8_t)(group >> shift);
    reader->count += done;
    return done;
}
