/* SPDX-License-Identifier: Apache-2.0 */
/* Composes an ISCC-CODE from units and decomposes it again (ISO 24138 "ISCC-CODE"). */
#include <string.h>

#include "codes/codec.h"
#include "codes/header.h"

/* An ISCC-CODE has at most one unit of each MainType from META to INSTANCE, in this order. */
#define UNIT_TYPES (ISCC_INSTANCE + 1)

_Static_assert(UNIT_TYPES == ISCC_UNITS_MAX, "one unit of each MainType");

/* The flag of each MainType in the length field; 0 for Data and Instance, which are mandatory. */
static const unsigned optional_flags[UNIT_TYPES] = {
    [ISCC_META] = ISCC_WITH_META,
    [ISCC_SEMANTIC] = ISCC_WITH_SEMANTIC,
    [ISCC_CONTENT] = ISCC_WITH_CONTENT,
};

/* Decodes the units into an array by MainType. Missing units keep 0 bits. */
static iscc_status decode_units(const char *const units[], size_t count, struct iscc_decoded by_type[UNIT_TYPES])
{
    for (size_t i = 0; i < count; i++) {
        struct iscc_decoded unit;
        iscc_status status = iscc_decode(units[i], &unit, NULL);
        if (status != ISCC_OK)
            return status;
        if (unit.main_type > ISCC_INSTANCE || by_type[unit.main_type].bits != 0)
            return ISCC_ERROR_UNITS;
        by_type[unit.main_type] = unit;
    }
    return ISCC_OK;
}

/* Whether the mandatory units are present, all have at least `bits` bits, and the SubTypes agree. */
static bool units_valid(const struct iscc_decoded by_type[UNIT_TYPES], unsigned bits)
{
    const struct iscc_decoded *semantic = &by_type[ISCC_SEMANTIC];
    const struct iscc_decoded *content = &by_type[ISCC_CONTENT];

    for (size_t type = 0; type < UNIT_TYPES; type++)
        if (by_type[type].bits < bits && (by_type[type].bits != 0 || optional_flags[type] == 0))
            return false;
    return semantic->bits == 0 || content->bits == 0 || semantic->sub_type == content->sub_type;
}

static unsigned composite_sub_type(const struct iscc_decoded by_type[UNIT_TYPES])
{
    if (by_type[ISCC_CONTENT].bits != 0)
        return by_type[ISCC_CONTENT].sub_type;
    if (by_type[ISCC_SEMANTIC].bits != 0)
        return by_type[ISCC_SEMANTIC].sub_type;
    return by_type[ISCC_META].bits != 0 ? ISCC_ISCC_NONE : ISCC_ISCC_SUM;
}

static void compose(const struct iscc_decoded by_type[UNIT_TYPES], char code[ISCC_CODE_SIZE])
{
    struct iscc_decoded composite = {.main_type = ISCC_ISCC, .sub_type = composite_sub_type(by_type)};

    for (size_t type = 0; type < UNIT_TYPES; type++) {
        if (by_type[type].bits == 0)
            continue;
        memcpy(composite.digest + composite.bits / 8, by_type[type].digest, 8);
        composite.bits += 64;
        composite.length |= optional_flags[type];
    }
    iscc_codec_write(&composite, code);
}

iscc_status iscc_gen_iscc_code_v0(const char *const units[], size_t count, unsigned flags, char code[ISCC_CODE_SIZE])
{
    struct iscc_decoded by_type[UNIT_TYPES] = {{0}};

    if (units == NULL || code == NULL || (flags & ~ISCC_WIDE) != 0)
        return ISCC_ERROR_ARGUMENT;
    if (count < 2 || count > UNIT_TYPES || (flags == ISCC_WIDE && count != 2))
        return ISCC_ERROR_UNITS;
    iscc_status status = decode_units(units, count, by_type);
    if (status != ISCC_OK)
        return status;
    if (!units_valid(by_type, flags == ISCC_WIDE ? 128 : 64))
        return ISCC_ERROR_UNITS;
    if (flags == ISCC_WIDE)
        iscc_codec_write_sum(flags, by_type[ISCC_DATA].digest, by_type[ISCC_INSTANCE].digest, code);
    else
        compose(by_type, code);
    return ISCC_OK;
}

/* Returns the number of units. Content and Semantic units get the SubType of the ISCC-CODE. */
static size_t decompose(const struct iscc_decoded *composite, char units[ISCC_UNITS_MAX][ISCC_CODE_SIZE])
{
    unsigned bits = composite->sub_type == ISCC_ISCC_WIDE ? 128 : 64;
    const uint8_t *body = composite->digest;
    size_t count = 0;

    for (unsigned type = 0; type < UNIT_TYPES; type++) {
        if (optional_flags[type] != 0 && (composite->length & optional_flags[type]) == 0)
            continue;
        struct iscc_decoded unit = {.main_type = type, .length = bits / 32 - 1, .bits = bits};
        if (type == ISCC_SEMANTIC || type == ISCC_CONTENT)
            unit.sub_type = composite->sub_type;
        memcpy(unit.digest, body, bits / 8);
        iscc_codec_write(&unit, units[count++]);
        body += bits / 8;
    }
    return count;
}

iscc_status iscc_decompose(const char *code, char units[ISCC_UNITS_MAX][ISCC_CODE_SIZE], size_t *count)
{
    struct iscc_decoded decoded;

    if (units == NULL || count == NULL)
        return ISCC_ERROR_ARGUMENT;
    iscc_status status = iscc_decode(code, &decoded, NULL);
    if (status != ISCC_OK)
        return status;
    if (decoded.main_type == ISCC_ISCC) {
        *count = decompose(&decoded, units);
    } else {
        iscc_codec_write(&decoded, units[0]);
        *count = 1;
    }
    return ISCC_OK;
}
