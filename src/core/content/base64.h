/* SPDX-License-Identifier: Apache-2.0 */
/* Base64 (RFC 4648), with padding. */
#ifndef ISCC_BASE64_H
#define ISCC_BASE64_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The characters that encode `size` bytes, which must be below SIZE_MAX / 2. */
#define ISCC_BASE64_SIZE(size) (((size) + 2) / 3 * 4)

void iscc_base64_encode(const uint8_t *bytes, size_t size, char *text);

/* Decodes text into at most `size` / 4 * 3 bytes, and sets `length` to their number. Returns false if the text has any
 * character but those of the alphabet and the padding of its last group, or if that group is not complete. */
bool iscc_base64_decode(const char *text, size_t size, uint8_t *bytes, size_t *length);

#endif
