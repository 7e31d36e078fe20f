/* SPDX-License-Identifier: Apache-2.0 */
/* The header of a code, and how the hashers write their codes. */
#ifndef ISCC_CODEC_H
#define ISCC_CODEC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "iscc.h"

/* The largest number that a header field can hold: 16 bits with a prefix of four, on top of the three shorter forms. */
#define ISCC_CODEC_VARINT_MAX 4679u

/* The bytes of the header of a valid code: its four fields are below 8, which is four bits each. */
#define ISCC_CODEC_HEADER_SIZE 2u

/* The optional units of an ISCC-CODE, whose sum is its length field. */
#define ISCC_CODEC_WITH_CONTENT 1u
#define ISCC_CODEC_WITH_SEMANTIC 2u
#define ISCC_CODEC_WITH_META 4u

/* Whether a unit can have a body of so many bits. */
bool iscc_codec_bits_valid(unsigned bits);

/* Writes the code of a unit of SubType NONE: the first `bits` bits of `digest`. The bits are valid. */
void iscc_codec_write_unit(enum iscc_main_type main_type, unsigned bits, const uint8_t *digest,
                           char code[ISCC_CODE_SIZE]);

/* Writes the ISCC-CODE of Data and Instance alone: SUM, or WIDE where `flags` has ISCC_WIDE. The flags are valid. */
void iscc_codec_write_sum(unsigned flags, const uint8_t data_digest[32], const uint8_t instance_digest[32],
                          char code[ISCC_CODE_SIZE]);

/* Writes a code whose fields are valid. */
void iscc_codec_write(const struct iscc_decoded *decoded, char code[ISCC_CODE_SIZE]);

/* The number of bits that the header fields of `decoded` give the body, or the field that is wrong. */
iscc_status iscc_codec_body_bits(const struct iscc_decoded *decoded, unsigned *bits);

/* Sets the bits of a header field at bit `offset` of `bytes`, which are zero, and returns the offset after it. `value`
 * is ISCC_CODEC_VARINT_MAX at most. */
size_t iscc_codec_write_varint(uint8_t *bytes, size_t offset, unsigned value);

/* Reads the header field at bit `*offset` of the `size` bits in `bytes` and moves the offset after it. False where the
 * bits end within the field. A prefix that no field has reads as ISCC_CODEC_VARINT_MAX + 1. */
bool iscc_codec_read_varint(const uint8_t *bytes, size_t size, size_t *offset, unsigned *value);

#endif
