/* SPDX-License-Identifier: Apache-2.0 */
/* The header of a code: four numbers that say what its body is. */
#ifndef ISCC_HEADER_H
#define ISCC_HEADER_H

#include <iscc/iscc.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The largest number that a field can hold: 12 bits on top of the three shorter forms. */
#define ISCC_HEADER_FIELD_MAX 4679u

/* The bytes of a valid header. */
#define ISCC_HEADER_SIZE 2u

/* The optional units of an ISCC-CODE, whose sum is its length field. */
#define ISCC_WITH_CONTENT 1u
#define ISCC_WITH_SEMANTIC 2u
#define ISCC_WITH_META 4u

/* Reads the field at bit `*offset` of the `size` bits in `bytes` and moves the offset after it. False where the bits
 * end within the field. A prefix that no field has reads as ISCC_HEADER_FIELD_MAX + 1. */
bool iscc_header_read_field(const uint8_t *bytes, size_t size, size_t *offset, unsigned *value);

/* Whether the fields of `decoded` make a valid header, and if so, the number of bits that they give the body. */
iscc_status iscc_header_check(const struct iscc_decoded *decoded, unsigned *bits);

/* Writes the fields of `decoded`, which are valid. */
void iscc_header_write(const struct iscc_decoded *decoded, uint8_t header[ISCC_HEADER_SIZE]);

/* Reads and checks the fields of `decoded`, and sets its bits, from the first of `size` bytes. */
iscc_status iscc_header_read(const uint8_t *bytes, size_t size, struct iscc_decoded *decoded);

#endif
