/* SPDX-License-Identifier: Apache-2.0 */
/* Reads, checks and writes the header of a code (ISO 24138 "ISCC-HEADER"). */
#include "codes/header.h"

/* The four forms of a field, of 1 to 4 nibbles. The form of n nibbles starts with n - 1 one bits and a zero bit, and
 * its values follow those of the shorter forms, so that each value has exactly one form. */
static const struct {
    unsigned first; /* the smallest value of this form */
    unsigned prefix;
} forms[] = {{0, 0x0}, {8, 0x80}, {72, 0xC00}, {584, 0xE000}};

static unsigned nibble_at(const uint8_t *bytes, size_t offset)
{
    return (offset % 8 == 0 ? bytes[offset / 8] >> 4 : bytes[offset / 8]) & 15u;
}

bool iscc_header_read_field(const uint8_t *bytes, size_t size, size_t *offset, unsigned *value)
{
    if (size - *offset < 4)
        return false;

    unsigned first = nibble_at(bytes, *offset);
    size_t form = first < 0x8 ? 0 : first < 0xC ? 1 : first < 0xE ? 2 : 3;
    if (first == 0xF) {
        *offset += 4;
        *value = ISCC_HEADER_FIELD_MAX + 1u;
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

/* Whether an ISCC-CODE of this SubType may have these optional units. This leaves one header for each composition:
 * without optional units it is SUM or WIDE, with Meta alone it is NONE, and with Content or Semantic it has their media
 * type. */
static bool composition_valid(unsigned sub_type, unsigned length)
{
    if (sub_type == ISCC_ISCC_SUM || sub_type == ISCC_ISCC_WIDE)
        return length == 0;
    if (sub_type == ISCC_ISCC_NONE)
        return length == ISCC_WITH_META;
    return length < 8 && (length & (ISCC_WITH_CONTENT | ISCC_WITH_SEMANTIC)) != 0;
}

static unsigned composite_bits(unsigned sub_type, unsigned length)
{
    unsigned optional = (length & 1u) + (length >> 1 & 1u) + (length >> 2 & 1u);

    return sub_type == ISCC_ISCC_WIDE ? 2 * 128 : (2 + optional) * 64;
}

iscc_status iscc_header_check(const struct iscc_decoded *decoded, unsigned *bits)
{
    static const unsigned sub_types[] = {1, 5, 5, 1, 1, 8, 4, 1}; /* number of SubTypes of each MainType */

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

/* Each field of a valid header is below 8, so its form is the single nibble with its value. */
void iscc_header_write(const struct iscc_decoded *decoded, uint8_t header[ISCC_HEADER_SIZE])
{
    header[0] = (uint8_t)(decoded->main_type << 4 | decoded->sub_type);
    header[1] = (uint8_t)(decoded->version << 4 | decoded->length);
}

static bool read_fields(const uint8_t *bytes, size_t size, struct iscc_decoded *decoded)
{
    size_t offset = 0;

    return iscc_header_read_field(bytes, size * 8, &offset, &decoded->main_type) &&
           iscc_header_read_field(bytes, size * 8, &offset, &decoded->sub_type) &&
           iscc_header_read_field(bytes, size * 8, &offset, &decoded->version) &&
           iscc_header_read_field(bytes, size * 8, &offset, &decoded->length);
}

iscc_status iscc_header_read(const uint8_t *bytes, size_t size, struct iscc_decoded *decoded)
{
    if (!read_fields(bytes, size, decoded))
        return ISCC_ERROR_TOO_SHORT;
    return iscc_header_check(decoded, &decoded->bits);
}

iscc_status iscc_header_read_content(const uint8_t *bytes, size_t size, struct iscc_decoded *decoded)
{
    if (!read_fields(bytes, size, decoded))
        return ISCC_ERROR_TOO_SHORT;
    struct iscc_decoded known = *decoded;
    if (known.main_type == ISCC_CONTENT && known.sub_type < 8)
        known.sub_type = ISCC_MIXED;
    return iscc_header_check(&known, &decoded->bits);
}
