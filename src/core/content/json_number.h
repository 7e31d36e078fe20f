/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers in canonical JSON (RFC 8785). */
#ifndef ISCC_JSON_NUMBER_H
#define ISCC_JSON_NUMBER_H

#include <stddef.h>

#define ISCC_JSON_NUMBER_SIZE 32

/* Writes a number of JSON as ECMAScript does: rounded to a double, with the fewest digits that give the same double
 * again. `literal` has `size` characters and must be valid. Returns the length, or 0 if the number exceeds the range of
 * a double. Does not depend on the locale. */
size_t iscc_json_number(const char *literal, size_t size, char out[ISCC_JSON_NUMBER_SIZE]);

#endif
