/* SPDX-License-Identifier: Apache-2.0 */
/* Text and header of a code: ISO 24138 "ISCC structure and format". */
#include "codec.h"

#include <stdio.h>
#include <string.h>

#include "base32.h"

/* A code's bytes: header and body. */
#define CODE_BYTES_MAX (ISCC_CODEC_HEADER_SIZE + ISCC_DIGEST_SIZE)
/* One digit more than the longest code has is enough to know that a text is too long. */
#define DIGITS_MAX (ISCC_BASE32_DIGITS(CODE_BYTES_MAX) + 1u)

static const char scheme[] = "ISCC:";
#define SCHEME_SIZE (sizeof scheme - 1u)

_Static_assert(ISCC_CODE_SIZE == SCHEME_SIZE + ISCC_BASE32_DIGITS(CODE_BYTES_MAX) + 1u, "room for the longest code");

/* ---- Header fields ---- */

/* The four forms of a field. A form of n nibbles starts with n - 1 ones and a zero (in the first nibble, so that n is 4
 * at most) and counts from where the form before it ends: each number has one form only. */
static const struct {
    unsigned first; /* the smallest number of this form */
    unsigned prefix;
} forms[] = {{0, 0x0}, {8, 0x80}, {72, 0xC00}, {584, 0xE000}};

#define FORMS (sizeof forms / sizeof forms[0])

static unsigned nibble_at(const uint8_t *bytes, size_t offset)
{
    return (offset % 8 == 0 ? bytes[offset / 8] >> 4 : bytes[offset / 8]) & 15u;
}

size_t iscc_codec_write_varint(uint8_t *bytes, size_t offset, unsigned value)
{
    size_t form = FORMS - 1;

    while (value < forms[form].first)
        form--;
    unsigned bits = forms[form].prefix | (value - forms[form].first);
    for (size_t nibble = form + 1; nibble-- > 0; offset += 4)
        bytes[offset / 8] |= (uint8_t)(((bits >> (4 * nibble)) & 15u) << (offset % 8 == 0 ? 4 : 0));
    return offset;
}

bool iscc_codec_read_varint(const uint8_t *bytes, size_t size, size_t *offset, unsigned *value)
{
    if (size - *offset < 4)
        return false;

    unsigned first = nibble_at(bytes, *offset);
    size_t form = first < 0x8 ? 0 : first < 0xC ? 1 : first < 0xE ? 2 : 3;
    if (first == 0xF) {
        *offset += 4;
        *value = ISCC_CODEC_VARINT_MAX + 1u;
        return true;
    }
    if (size - *offset < 4 * (form + 1))
        return false;

    unsigned bits = 0;
    for (size_t nibble = 0; nibble <= form; nibble++, *offset += 4)
        bits = (bits << 4) | nibble_at(bytes, *offset);
    *value = bits - forms[form].prefix + forms[form].first;
    return true;
}

/* ---- Meaning of the fields ---- */

bool iscc_codec_bits_valid(unsigned bits)
{
    return bits >= 32 && bits <= 256 && bits % 32 == 0;
}

/* Which optional units an ISCC-CODE of this SubType can hold, so that no two headers mean the same: Data and Instance
 * alone are SUM or WIDE, NONE is Meta without Content and Semantic, and a media type is that of Content or Semantic. */
static bool composition_valid(unsigned sub_type, unsigned length)
{
    if (sub_type == ISCC_ISCC_SUM || sub_type == ISCC_ISCC_WIDE)
        return length == 0;
    if (sub_type == ISCC_ISCC_NONE)
        return length == ISCC_CODEC_WITH_META;
    return length < 8 && (length & (ISCC_CODEC_WITH_CONTENT | ISCC_CODEC_WITH_SEMANTIC)) != 0;
}

static unsigned composite_bits(unsigned sub_type, unsigned length)
{
    unsigned optional = (length & 1u) + (length >> 1 & 1u) + (length >> 2 & 1u);

    return sub_type == ISCC_ISCC_WIDE ? 2 * 128 : (2 + optional) * 64;
}

iscc_status iscc_codec_body_bits(const struct iscc_decoded *decoded, unsigned *bits)
{
    static const unsigned sub_types[] = {1, 5, 5, 1, 1, 8, 4, 1}; /* how many each MainType has */

    if (decoded->main_type > ISCC_FLAKE)
        return ISCC_ERROR_MAIN_TYPE;
    if (decoded->sub_type >= sub_types[decoded->main_type])
        return ISCC_ERROR_SUB_TYPE;
    if (decoded->version != 0)
        return ISCC_ERROR_VERSION;
    if (decoded->main_type == ISCC_ISCC) {
        if (!composition_valid(decoded->sub_type, decoded->length))
            return ISCC_ERROR_LENGTH;
        *bits = composite_bits(decoded->sub_type, decoded->length);
    } else if (decoded->main_type == ISCC_ID) {
        if (decoded->length > 4)
            return ISCC_ERROR_LENGTH;
        *bits = 64 + 8 * decoded->length;
    } else {
        if (decoded->length > 7)
            return ISCC_ERROR_LENGTH;
        *bits = 32 * (decoded->length + 1);
    }
    return ISCC_OK;
}

/* ---- Writing ---- */

void iscc_codec_write(const struct iscc_decoded *decoded, char code[ISCC_CODE_SIZE])
{
    uint8_t bytes[CODE_BYTES_MAX] = {0};
    size_t body_size = decoded->bits / 8;
    size_t offset = 0;

    offset = iscc_codec_write_varint(bytes, offset, decoded->main_type);
    offset = iscc_codec_write_varint(bytes, offset, decoded->sub_type);
    offset = iscc_codec_write_varint(bytes, offset, decoded->version);
    iscc_codec_write_varint(bytes, offset, decoded->length);
    memcpy(bytes + ISCC_CODEC_HEADER_SIZE, decoded->digest, body_size);
    memcpy(code, scheme, SCHEME_SIZE);
    iscc_base32_encode(bytes, ISCC_CODEC_HEADER_SIZE + body_size, code + SCHEME_SIZE);
}

void iscc_codec_write_unit(enum iscc_main_type main_type, unsigned bits, const uint8_t *digest,
                           char code[ISCC_CODE_SIZE])
{
    struct iscc_decoded unit = {.main_type = (unsigned)main_type, .length = bits / 32 - 1, .bits = bits};

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
    iscc_status status = iscc_codec_body_bits(decoded, &bits);
    if (status != ISCC_OK)
        return status;
    if (bits != decoded->bits)
        return ISCC_ERROR_BITS;
    iscc_codec_write(decoded, code);
    return ISCC_OK;
}

/* ---- Reading ---- */

/* The digits of a text, at most DIGITS_MAX of them, with their offsets in the text. */
struct digits {
    uint8_t values[DIGITS_MAX];
    size_t offsets[DIGITS_MAX];
    size_t count;
    size_t begin; /* offset of the first character after the prefix */
    size_t end;   /* offset of the first character that is no digit, blank or hyphen; that of the NUL in a good text */
};

static bool is_blank(char character)
{
    return character == ' ' || character == '\t' || character == '\n' || character == '\r';
}

/* The offset after the prefix "ISCC:" in any letter case, or `offset` where there is none. The NUL of a shorter text
 * ends the comparison. ':' is no base32 digit: no code without a prefix is taken for one. */
static size_t skip_scheme(const char *text, size_t offset)
{
    for (size_t i = 0; i < SCHEME_SIZE; i++) {
        char character = text[offset + i];
        if (character != scheme[i] && (scheme[i] == ':' || character != scheme[i] - 'A' + 'a'))
            return offset;
    }
    return offset + SCHEME_SIZE;
}

/* Looks at each character once, however long the text is, and keeps no more digits than can matter. False where a
 * character has no place in a code; `end` is its offset then. */
static bool read_digits(const char *text, struct digits *digits)
{
    size_t offset = 0;

    while (is_blank(text[offset]))
        offset++;
    offset = skip_scheme(text, offset);
    digits->begin = offset;
    digits->count = 0;
    for (;; offset++) {
        int value = iscc_base32_value(text[offset]);
        if (value < 0 && text[offset] != '-')
            break;
        if (value >= 0 && digits->count < DIGITS_MAX) {
            digits->values[digits->count] = (uint8_t)value;
            digits->offsets[digits->count++] = offset;
        }
    }
    digits->end = offset;
    while (is_blank(text[offset]))
        offset++;
    if (text[offset] != '\0')
        return false;
    digits->end = offset;
    return true;
}

static iscc_status read_header(const uint8_t *bytes, size_t size, struct iscc_decoded *decoded)
{
    size_t offset = 0;

    if (!iscc_codec_read_varint(bytes, size * 8, &offset, &decoded->main_type) ||
        !iscc_codec_read_varint(bytes, size * 8, &offset, &decoded->sub_type) ||
        !iscc_codec_read_varint(bytes, size * 8, &offset, &decoded->version) ||
        !iscc_codec_read_varint(bytes, size * 8, &offset, &decoded->length))
        return ISCC_ERROR_TOO_SHORT;
    return iscc_codec_body_bits(decoded, &decoded->bits);
}

/* What the digits mean; `position` as iscc_decode gives it. */
static iscc_status read_code(const struct digits *digits, struct iscc_decoded *decoded, size_t *position)
{
    uint8_t bytes[ISCC_BASE32_BYTES(DIGITS_MAX)];
    unsigned rest = iscc_base32_decode(digits->values, digits->count, bytes);
    iscc_status status = read_header(bytes, ISCC_BASE32_BYTES(digits->count), decoded);

    if (status != ISCC_OK) {
        *position = status == ISCC_ERROR_TOO_SHORT ? digits->end : digits->begin;
        return status;
    }
    size_t body_size = decoded->bits / 8;
    size_t count = ISCC_BASE32_DIGITS(ISCC_CODEC_HEADER_SIZE + body_size);
    if (digits->count < count) {
        *position = digits->end;
        return ISCC_ERROR_TOO_SHORT;
    }
    if (digits->count > count || rest != 0) {
        *position = digits->offsets[digits->count > count ? count : count - 1];
        return ISCC_ERROR_TOO_LONG;
    }
    memcpy(decoded->digest, bytes + ISCC_CODEC_HEADER_SIZE, body_size);
    return ISCC_OK;
}

iscc_status iscc_decode(const char *code, struct iscc_decoded *decoded, size_t *position)
{
    struct digits digits;
    struct iscc_decoded result = {0};
    size_t wrong;
    iscc_status status;

    if (code == NULL || decoded == NULL)
        return ISCC_ERROR_ARGUMENT;
    if (read_digits(code, &digits)) {
        status = read_code(&digits, &result, &wrong);
    } else {
        status = ISCC_ERROR_CHARACTER;
        wrong = digits.end;
    }
    if (status == ISCC_OK)
        *decoded = result;
    else if (position != NULL)
        *position = wrong;
    return status;
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

/* ---- Names ---- */

static const char *sub_type_name(const struct iscc_decoded *decoded)
{
    static const char *const media_names[] = {"TEXT", "IMAGE", "AUDIO", "VIDEO", "MIXED", "SUM", "NONE", "WIDE"};
    static const char *const id_names[] = {"PRIVATE", "BITCOIN", "ETHEREUM", "POLYGON"};

    switch (decoded->main_type) {
    case ISCC_SEMANTIC:
    case ISCC_CONTENT:
    case ISCC_ISCC:
        return media_names[decoded->sub_type];
    case ISCC_ID:
        return id_names[decoded->sub_type];
    default:
        return "NONE";
    }
}

iscc_status iscc_type_name(const struct iscc_decoded *decoded, char name[ISCC_TYPE_NAME_SIZE])
{
    static const char *const main_names[] = {"META", "SEMANTIC", "CONTENT", "DATA", "INSTANCE", "ISCC", "ID", "FLAKE"};
    char code[ISCC_CODE_SIZE];

    if (name == NULL)
        return ISCC_ERROR_ARGUMENT;
    iscc_status status = iscc_encode(decoded, code);
    if (status != ISCC_OK)
        return status;
    const char *main_name = main_names[decoded->main_type];
    if (decoded->main_type == ISCC_ISCC)
        snprintf(name, ISCC_TYPE_NAME_SIZE, "%s-%s-V0-%s%s%sDI", main_name, sub_type_name(decoded),
                 (decoded->length & ISCC_CODEC_WITH_META) != 0 ? "M" : "",
                 (decoded->length & ISCC_CODEC_WITH_SEMANTIC) != 0 ? "S" : "",
                 (decoded->length & ISCC_CODEC_WITH_CONTENT) != 0 ? "C" : "");
    else
        snprintf(name, ISCC_TYPE_NAME_SIZE, "%s-%s-V0-%u", main_name, sub_type_name(decoded), decoded->bits);
    return ISCC_OK;
}
