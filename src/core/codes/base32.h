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

/* The value of a digit, 0 to 31, in either letter case; -1 for a character that is not a digit. */
int iscc_base32_value(char character);

/* Writes the ISCC_BASE32_BYTES(count) whole bytes of `count` digit values, and returns the value of the 0 to 7 bits
 * that follow them. */
unsigned iscc_base32_decode(const uint8_t *values, size_t count, uint8_t *bytes);

#endif
