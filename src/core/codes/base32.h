/* SPDX-License-Identifier: Apache-2.0 */
/* Base32 of RFC 4648, section 6, upper case and without padding. */
#ifndef ISCC_BASE32_H
#define ISCC_BASE32_H

#include <stddef.h>
#include <stdint.h>

/* The digits that `size` bytes need: 8 bits a byte, 5 bits a digit, the last digit filled with zeros. */
#define ISCC_BASE32_DIGITS(size) (((size)*8u + 4u) / 5u)

/* The whole bytes in `digits` digits. */
#define ISCC_BASE32_BYTES(digits) ((digits)*5u / 8u)

/* Writes ISCC_BASE32_DIGITS(size) characters and a terminating NUL. */
void iscc_base32_encode(const uint8_t *bytes, size_t size, char *text);

/* The value of a digit in either letter case, 0 to 31, or -1 for a character that is none. */
int iscc_base32_value(char character);

/* Writes the ISCC_BASE32_BYTES(count) whole bytes that `count` digit values hold, and returns the value of the 0 to 7
 * bits after the last whole byte. */
unsigned iscc_base32_decode(const uint8_t *values, size_t count, uint8_t *bytes);

#endif
