/* SPDX-License-Identifier: Apache-2.0 */
/* Converts digests to texts and back by slow, plain code, to check the library's codec. */
#ifndef CODE_TEXT_H
#define CODE_TEXT_H

#include <iscc/iscc.h>
#include <stddef.h>
#include <stdint.h>

/* The text of a unit of `bits` bits with SubType NONE and version V0. */
void code_text_unit(unsigned main_type, unsigned bits, const uint8_t *digest, char code[ISCC_CODE_SIZE]);

/* The text of a Content-Code. */
void code_text_content(unsigned sub_type, unsigned bits, const uint8_t *digest, char code[ISCC_CODE_SIZE]);

/* The text of a SUM (64 bits of each digest) or WIDE code (128 bits). */
void code_text_sum(unsigned flags, const uint8_t data[32], const uint8_t instance[32], char code[ISCC_CODE_SIZE]);

/* The 32 bytes of a 256-bit unit's body. */
void code_text_body(const char *code, uint8_t digest[32]);

#endif
