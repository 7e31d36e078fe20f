/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the text of a code leniently, and writes it in canonical form. */
#include "codes/codec.h"

#include <string.h>

#include "codes/base32.h"
#include "codes/header.h"

/* Header and body of the longest code. */
#define CODE_BYTES_MAX (ISCC_HEADER_SIZE + ISCC_DIGEST_SIZE)
/* One more than the longest code has, which is enough to know that a text is too long. */
#define DIGITS_MAX (ISCC_BASE32_DIGITS(CODE_BYTES_MAX) + 1u)

static const char scheme[] = "ISCC:";
#define SCHEME_SIZE (sizeof scheme - 1u)

_Static_assert(ISCC_CODE_SIZE == SCHEME_SIZE + ISCC_BASE32_DIGITS(CODE_BYTES_MAX) + 1u,
               "ISCC_CODE_SIZE fits the longest code");

bool iscc_codec_bits_valid(unsigned bits)
{
    return bits >= 32 && bits <= 256 && bits % 32 == 0;
}

void iscc_codec_write(const struct iscc_decoded *decoded, char code[ISCC_CODE_SIZE])
{
    uint8_t bytes[CODE_BYTES_MAX] = {0};
    size_t body_size = decoded->bits / 8;

    iscc_header_write(decoded, bytes);
    memcpy(bytes + ISCC_HEADER_SIZE, decoded->digest, body_size);
    memcpy(code, scheme, SCHEME_SIZE);
    iscc_base32_encode(bytes, ISCC_HEADER_SIZE + body_size, code + SCHEME_SIZE);
}

void iscc_codec_write_unit(enum iscc_main_type main_type, unsigned bits, const uint8_t *digest,
                           char code[ISCC_CODE_SIZE])
{
    struct iscc_decoded unit = {.main_type = (unsigned)main_type, .length = bits / 32 - 1, .bits = bits};

    memcpy(unit.digest, digest, bits / 8);
    iscc_codec_write(&unit, code);
}

void iscc_codec_write_content(enum iscc_sub_type sub_type, unsigned bits, const uint8_t *digest,
                              char code[ISCC_CODE_SIZE])
{
    struct iscc_decoded unit = {
        .main_type = ISCC_CONTENT, .sub_type = (unsigned)sub_type, .length = bits / 32 - 1, .bits = bits};

    memcpy(unit.digest, digest, bits / 8);
    iscc_codec_write(&unit, code);
}

void iscc_codec_write_sum(unsigned flags, const uint8_t data_digest[32], const uint8_t instance_digest[32],
                          char code[ISCC_CODE_SIZE])
{
    size_t unit_size = (flags & ISCC_WIDE) != 0 ? 16 : 8;
    struct iscc_decoded sum = {.main_type = ISCC_ISCC, .bits = (unsigned)(2 * unit_size * 8)};

    sum.sub_type = (flags & ISCC_WIDE) != 0 ? ISCC_ISCC_WIDE : ISCC_ISCC_SUM;
    memcpy(sum.digest, data_digest, unit_size);
    memcpy(sum.digest + unit_size, instance_digest, unit_size);
    iscc_codec_write(&sum, code);
}

iscc_status iscc_encode(const struct iscc_decoded *decoded, char code[ISCC_CODE_SIZE])
{
    unsigned bits;

    if (decoded == NULL || code == NULL)
        return ISCC_ERROR_ARGUMENT;
    iscc_status status = iscc_header_check(decoded, &bits);
    if (status != ISCC_OK)
        return status;
    if (bits != decoded->bits)
        return ISCC_ERROR_BITS;
    iscc_codec_write(decoded, code);
    return ISCC_OK;
}

/* The first DIGITS_MAX digits of a text. */
struct digits {
    struct iscc_base32_reader reader;
    uint8_t bytes[ISCC_BASE32_BYTES(DIGITS_MAX)];
    size_t begin; /* offset of the first character after the prefix */
    size_t end;   /* offset of the terminating NUL, or of the first invalid character */
};

static bool is_blank(char character)
{
    return character == ' ' || character == '\t' || character == '\n' || character == '\r';
}

/* The offset after the prefix "ISCC:" in any letter case, or `offset` if the text has no prefix. The comparison does
 * not read past the NUL of a shorter text. Since ':' is not a base32 digit, a code without a prefix is never taken for
 * one with it. */
static size_t skip_scheme(const char *text, size_t offset)
{
    for (size_t i = 0; i < SCHEME_SIZE; i++) {
        char character = text[offset + i];
        if (character != scheme[i] && (scheme[i] == ':' || character != scheme[i] - 'A' + 'a'))
            return offset;
    }
    return offset + SCHEME_SIZE;
}

/* Stores no more digits than needed to tell that the text is too long. Returns false if it has an invalid character. */
static bool read_digits(const char *text, struct digits *digits)
{
    size_t offset = 0;

    while (is_blank(text[offset]))
        offset++;
    offset = skip_scheme(text, offset);
    *digits = (struct digits){.begin = offset};
    offset +=
        iscc_base32_read_groups(&digits->reader, text + offset, strnlen(text + offset, DIGITS_MAX), digits->bytes);
    for (;; offset++) {
        int value = iscc_base32_value(text[offset]);
        if (value < 0 && text[offset] != '-')
            break;
        if (value >= 0 && digits->reader.count < DIGITS_MAX)
            iscc_base32_read(&digits->reader, (unsigned)value, digits->bytes);
    }
    digits->end = offset;
    while (is_blank(text[offset]))
        offset++;
    if (text[offset] != '\0')
        return false;
    digits->end = offset;
    return true;
}

static size_t find_digit(const char *text, size_t offset, size_t number)
{
    while (iscc_base32_value(text[offset]) < 0 || number-- > 0)
        offset++;
    return offset;
}

/* Decodes the digits of a text. On an error `position` is that of iscc_decode. */
static iscc_status decode_digits(const char *text, const struct digits *digits, iscc_header_reader *read_header,
                                 struct iscc_decoded *decoded, size_t *position)
{
    const size_t found = digits->reader.count;
    iscc_status status = read_header(digits->bytes, ISCC_BASE32_BYTES(found), decoded);

    if (status != ISCC_OK) {
        *position = status == ISCC_ERROR_TOO_SHORT ? digits->end : digits->begin;
        return status;
    }
    size_t body_size = decoded->bits / 8;
    size_t count = ISCC_BASE32_DIGITS(ISCC_HEADER_SIZE + body_size);
    if (found < count) {
        *position = digits->end;
        return ISCC_ERROR_TOO_SHORT;
    }
    if (found > count || iscc_base32_rest(&digits->reader) != 0) {
        *position = find_digit(text, digits->begin, found > count ? count : count - 1);
        return ISCC_ERROR_TOO_LONG;
    }
    memcpy(decoded->digest, digits->bytes + ISCC_HEADER_SIZE, body_size);
    return ISCC_OK;
}

static iscc_status decode(const char *code, iscc_header_reader *read_header, struct iscc_decoded *decoded,
                          size_t *position)
{
    struct digits digits;
    struct iscc_decoded result = {0};
    size_t error_position;
    iscc_status status;

    if (code == NULL || decoded == NULL)
        return ISCC_ERROR_ARGUMENT;
    if (read_digits(code, &digits)) {
        status = decode_digits(code, &digits, read_header, &result, &error_position);
    } else {
        status = ISCC_ERROR_CHARACTER;
        error_position = digits.end;
    }
    if (status == ISCC_OK)
        *decoded = result;
    else if (position != NULL)
        *position = error_position;
    return status;
}

iscc_status iscc_decode(const char *code, struct iscc_decoded *decoded, size_t *position)
{
    return decode(code, iscc_header_read, decoded, position);
}

iscc_status iscc_codec_read_content(const char *code, struct iscc_decoded *decoded)
{
    return decode(code, iscc_header_read_content, decoded, NULL);
}

iscc_status iscc_normalize(const char *code, char canonical[ISCC_CODE_SIZE])
{
    struct iscc_decoded decoded;

    if (canonical == NULL)
        return ISCC_ERROR_ARGUMENT;
    iscc_status status = iscc_decode(code, &decoded, NULL);
    if (status == ISCC_OK)
        iscc_codec_write(&decoded, canonical);
    return status;
}

iscc_status iscc_validate(const char *code)
{
    char canonical[ISCC_CODE_SIZE];
    iscc_status status = iscc_normalize(code, canonical);

    if (status == ISCC_OK && strcmp(code, canonical) != 0)
        return ISCC_ERROR_CHARACTER;
    return status;
}
