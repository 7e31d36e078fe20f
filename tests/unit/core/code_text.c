/* SPDX-License-Identifier: Apache-2.0 */
/* Headers as numbers of four bits, and base32 (RFC 4648) bit by bit. */
#include "code_text.h"

#include <string.h>

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/* A header of two bytes, since each of its four numbers is below 8 here, and a body. */
static void write_text(unsigned main_type, unsigned sub_type, unsigned length, const uint8_t *body, size_t size,
                       char code[ISCC_CODE_SIZE])
{
    uint8_t bytes[2 + 32 + 1] = {(uint8_t)(main_type << 4 | sub_type), (uint8_t)length};
    memcpy(bytes + 2, body, size);

    strcpy(code, "ISCC:");
    char *out = code + strlen(code);
    for (size_t first = 0; first < 8 * (2 + size); first += 5) {
        unsigned digit = 0;
        for (size_t bit = first; bit < first + 5; bit++)
            digit = digit << 1 | (unsigned)(bytes[bit / 8] >> (7 - bit % 8) & 1);
        *out++ = alphabet[digit];
    }
    *out = '\0';
}

void code_text_unit(unsigned main_type, unsigned bits, const uint8_t *digest, char code[ISCC_CODE_SIZE])
{
    write_text(main_type, ISCC_NONE, bits / 32 - 1, digest, bits / 8, code);
}

void code_text_content(unsigned sub_type, unsigned bits, const uint8_t *digest, char code[ISCC_CODE_SIZE])
{
    write_text(ISCC_CONTENT, sub_type, bits / 32 - 1, digest, bits / 8, code);
}

void code_text_sum(unsigned flags, const uint8_t data[32], const uint8_t instance[32], char code[ISCC_CODE_SIZE])
{
    const size_t half = flags == ISCC_WIDE ? 16 : 8;
    uint8_t body[32];

    memcpy(body, data, half);
    memcpy(body + half, instance, half);
    write_text(ISCC_ISCC, flags == ISCC_WIDE ? ISCC_ISCC_WIDE : ISCC_ISCC_SUM, 0, body, 2 * half, code);
}

void code_text_body(const char *code, uint8_t digest[32])
{
    const char *text = code + strlen("ISCC:");

    memset(digest, 0, 32);
    for (size_t bit = 16; bit < 16 + 256; bit++) {
        const unsigned digit = (unsigned)(strchr(alphabet, text[bit / 5]) - alphabet);
        const unsigned value = digit >> (4 - bit % 5) & 1u;
        digest[(bit - 16) / 8] |= (uint8_t)(value << (7 - bit % 8));
    }
}
