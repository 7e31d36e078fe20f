/* SPDX-License-Identifier: Apache-2.0 */
/* Composing an ISCC-CODE of units and taking it apart: ISO 24138 "ISCC-CODE". */
#include <string.h>

#include "codes/codec.h"
#include "codes/header.h"

/* An ISCC-CODE has units of the MainTypes from META to INSTANCE, one of each at most, in this order. */
#define UNIT_TYPES (ISCC_INSTANCE + 1)

_Static_assert(UNIT_TYPES == ISCC_UNITS_MAX, "one unit of each MainType");

/* The flag of a MainType in the length field; 0 for the two that are always there. */
static const unsigned optional_flags[UNIT_TYPES] = {
    [ISCC_META] = ISCC_WITH_META,
    [ISCC_SEMANTIC] = ISCC_WITH_SEMANTIC,
    [ISCC_CONTENT] = ISCC_WITH_CONTENT,
};

/* Puts each unit in the place of its MainType: this sorts them. A place that stays free has 0 bits. */
static iscc_status place_units(const char *const units[], size_t count, struct iscc_decoded places[UNIT_TYPES])
{
    for (size_t i = 0; i < count; i++) {
        struct iscc_decoded unit;
        iscc_status status = iscc_decode(units[i], &unit, NULL);
        if (status != ISCC_OK)
            return status;
        if (unit.main_type > ISCC_INSTANCE || places[unit.main_type].bits != 0)
            return ISCC_ERROR_UNITS;
        places[unit.main_type] = unit;
    }
    return ISCC_OK;
}

/* Whether these units make an ISCC-CODE that takes `bits` bits of each. */
static bool units_fit(const struct iscc_decoded places[UNIT_TYPES], unsigned bits)
{
    const struct iscc_decoded *semantic = &places[ISCC_SEMANTIC];
    const struct iscc_decoded *content = &places[ISCC_CONTENT];

    for (size_t type = 0; type < UNIT_TYPES; type++)
        if (places[type].bits < bits && (places[type].bits != 0 || optional_flags[type] == 0))
            return false;
    return semantic->bits == 0 || content->bits == 0 || semantic->sub_type == content->sub_type;
}

static unsigned composite_sub_type(const struct iscc_decoded places[UNIT_TYPES])
{
    if (places[ISCC_CONTENT].bits != 0)
        return places[ISCC_CONTENT].sub_type;
    if (places[ISCC_SEMANTIC].bits != 0)
        return places[ISCC_SEMANTIC].sub_type;
    return places[ISCC_META].bits != 0 ? ISCC_ISCC_NONE : ISCC_ISCC_SUM;
}

static void compose(const struct iscc_decoded places[UNIT_TYPES], char code[ISCC_CODE_SIZE])
{
    struct iscc_decoded composite = {.main_type = ISCC_ISCC, .sub_type = composite_sub_type(places)};

    for (size_t type = 0; type < UNIT_TYPES; type++) {
        if (places[type].bits == 0)
            continue;
        memcpy(composite.digest + composite.bits / 8, places[type].digest, 8);
        composite.bits += 64;
        composite.length |= optional_flags[type];
    }
    iscc_codec_write(&composite, code);
}

iscc_status iscc_gen_iscc_code_v0(const char *const units[], size_t count, unsigned flags, char code[ISCC_CODE_SIZE])
{
    struct iscc_decoded places[UNIT_TYPES] = {{0}};

    if (units == NULL || code == NULL || (flags & ~ISCC_WIDE) != 0)
        return ISCC_ERROR_ARGUMENT;
    if (count < 2 || count > UNIT_TYPES || (flags == ISCC_WIDE && count != 2))
        return ISCC_ERROR_UNITS;
    iscc_status status = place_units(units, count, places);
    if (status != ISCC_OK)
        return status;
    if (!units_fit(places, flags == ISCC_WIDE ? 128 : 64))
        return ISCC_ERROR_UNITS;
    if (flags == ISCC_WIDE)
        iscc_codec_write_sum(flags, places[ISCC_DATA].digest, places[ISCC_INSTANCE].digest, code);
    else
        compose(places, code);
    return ISCC_OK;
}

/* A Content or Semantic unit has the SubType of the ISCC-CODE that it stands in. */
static size_t take_apart(const struct iscc_decoded *composite, char units[ISCC_UNITS_MAX][ISCC_CODE_SIZE])
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
        *count = take_apart(&decoded, units);
    } else {
        iscc_codec_write(&decoded, units[0]);
        *count = 1;
    }
    return ISCC_OK;
}
