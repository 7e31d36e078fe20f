/* SPDX-License-Identifier: Apache-2.0 */
/* How codes are written inside of the library, where all parts are known to be valid. */
#ifndef ISCC_CODEC_H
#define ISCC_CODEC_H

#include <iscc/iscc.h>
#include <stdbool.h>
#include <stdint.h>

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

#endif
