/* SPDX-License-Identifier: Apache-2.0 */
/* The header of a code: its MainType, SubType, version and length (ISO 24138 "ISCC-HEADER"). */
#ifndef ISCC_HEADER_H
#define ISCC_HEADER_H

#include <iscc/iscc.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The largest value of a field: the longest form has 12 bits, and starts from 584. */
#define ISCC_HEADER_FIELD_MAX 4679u

/* The size of a valid header in bytes: four fields of one nibble each. */
#define ISCC_HEADER_SIZE 2u

/* The optional units of an ISCC-CODE. Its length field is the bitwise OR of those it has. */
#define ISCC_WITH_CONTENT 1u
#define ISCC_WITH_SEMANTIC 2u
#define ISCC_WITH_META 4u

/* Reads the field at bit `*offset` of `size` bits, and advances the offset past it. Returns false if the bits end
 * within the field. An invalid prefix reads as ISCC_HEADER_FIELD_MAX + 1. */
bool iscc_header_read_field(const uint8_t *bytes, size_t size, size_t *offset, unsigned *value);

/* Checks that the fields of `decoded` form a valid header, and sets `bits` to the length of the body they describe. */
iscc_status iscc_header_check(const struct iscc_decoded *decoded, unsigned *bits);

/* Writes the fields of `decoded`, which must be valid. */
void iscc_header_write(const struct iscc_decoded *decoded, uint8_t header[ISCC_HEADER_SIZE]);

/* Reads the header from the start of `size` bytes, checks it, and sets the fields of `decoded` and its `bits`. */
iscc_status iscc_header_read(const uint8_t *bytes, size_t size, struct iscc_decoded *decoded);

/* The same, but the SubType of a Content-Code may be any that fits in a nibble. */
iscc_status iscc_header_read_content(const uint8_t *bytes, size_t size, struct iscc_decoded *decoded);

/* One of these two. */
typedef iscc_status iscc_header_reader(const uint8_t *bytes, size_t size, struct iscc_decoded *decoded);

#endif
