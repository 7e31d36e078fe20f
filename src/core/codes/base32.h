/* SPDX-License-Identifier: Apache-2.0 */
/* Base32 (RFC 4648, section 6) in upper case, without padding. */
#ifndef ISCC_BASE32_H
#define ISCC_BASE32_H

#include <stddef.h>
#include <stdint.h>

/* The digits of `size` bytes: 5 bits each, the last one padded with zero bits. */
#define ISCC_BASE32_DIGITS(size) (((size)*8u + 4u) / 5u)

/* The whole bytes in `digits` digits. */
#define ISCC_BASE32_BYTES(digits) ((digits)*5u / 8u)

/* Writes ISCC_BASE32_DIGITS(size) characters and a terminating NUL. */
void iscc_base32_encode(const uint8_t *bytes, size_t size, char *text);

/* The value of a digit, 0 to 31, in either letter case; -1 for a character that is not a digit. Compares with ASCII
 * codes, because isalpha() depends on the locale; bit 5 tells the letter cases apart. A jump for numbers, which are
 * every fifth digit, would be mispredicted. */
static inline int iscc_base32_value(char character)
{
    const unsigned c = (unsigned char)character;
    const unsigned number = 0u - (c < 0x40); /* all ones, or zero for a letter */
    const unsigned value = (c | (0x20 & ~number)) - (0x32 & number) - (0x61 & ~number);

    return value < (6 & number) + (26 & ~number) ? (int)(value + (26 & number)) : -1;
}

/* Digits that are read one by one. Initialize to zeros. */
struct iscc_base32_reader {
    size_t count;
    uint32_t last; /* the last of their bits */
};

/* Adds a digit of this value, and writes the byte that it completes: five more bits complete one if fewer than five are
 * left over. */
static inline void iscc_base32_read(struct iscc_base32_reader *reader, unsigned value, uint8_t *bytes)
{
    reader->last = reader->last << 5 | value;
    const size_t bits = 5 * ++reader->count;
    if (bits % 8 < 5)
        bytes[bits / 8 - 1] = (uint8_t)(reader->last >> bits % 8);
}

/* Adds as many groups of eight digits as come first in `size` characters, each at once: to decode a code takes half the
 * time then. The reader has no bits left over. Returns the number of characters. */
size_t iscc_base32_read_groups(struct iscc_base32_reader *reader, const char *text, size_t size, uint8_t *bytes);

/* The value of the 0 to 7 bits after the last whole byte. */
static inline unsigned iscc_base32_rest(const struct iscc_base32_reader *reader)
{
    return reader->last & ((1u << 5 * reader->count % 8) - 1);
}

#endif
