/* SPDX-License-Identifier: Apache-2.0 */
/* Writes codes whose parts are known to be valid. */
#ifndef ISCC_CODEC_H
#define ISCC_CODEC_H

#include <iscc/iscc.h>
#include <stdbool.h>
#include <stdint.h>

/* Whether `bits` is a multiple of 32 from 32 to 256. */
bool iscc_codec_bits_valid(unsigned bits);

/* Writes the code of a unit of SubType NONE whose body is the first `bits` bits of `digest`. */
void iscc_codec_write_unit(enum iscc_main_type main_type, unsigned bits, const uint8_t *digest,
                           char code[ISCC_CODE_SIZE]);

/* The same for a Content-Code of a SubType. */
void iscc_codec_write_content(enum iscc_sub_type sub_type, unsigned bits, const uint8_t *digest,
                              char code[ISCC_CODE_SIZE]);

/* Like iscc_decode, but a Content-Code may also have one of the SubTypes 5 to 7, which are unknown: the conformance
 * file of the standard has such codes among the inputs of Mixed-Codes. */
iscc_status iscc_codec_read_content(const char *code, struct iscc_decoded *decoded);

/* Writes the ISCC-CODE of a Data-Code and an Instance-Code: WIDE if `flags` is ISCC_WIDE, else SUM. */
void iscc_codec_write_sum(unsigned flags, const uint8_t data_digest[32], const uint8_t instance_digest[32],
                          char code[ISCC_CODE_SIZE]);

/* Writes any code. */
void iscc_codec_write(const struct iscc_decoded *decoded, char code[ISCC_CODE_SIZE]);

#endif
