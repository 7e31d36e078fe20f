/* SPDX-License-Identifier: Apache-2.0 */
/* Strings in canonical JSON (RFC 8785). */
#ifndef ISCC_JSON_STRING_H
#define ISCC_JSON_STRING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "content/bytes.h"

/* Reads a string that begins after its first quotation mark, at most `size` bytes of UTF-8, and appends its decoded
 * characters to `string`. Returns the number of bytes read, the last quotation mark included, or 0 if they are not a
 * string. Sets `memory` if memory ran out. */
size_t iscc_json_string_read(const uint8_t *text, size_t size, struct iscc_bytes *string, bool *memory);

/* Appends a string in quotation marks, with the escapes that are necessary. Returns false if memory runs out. */
bool iscc_json_string_write(struct iscc_bytes *out, const uint8_t *string, size_t size);

/* Compares two strings by their UTF-16 code units. */
int iscc_json_string_compare(const uint8_t *a, size_t a_size, const uint8_t *b, size_t b_size);

#endif
