/* SPDX-License-Identifier: Apache-2.0 */
/* Readable names of the types of codes. */
#include <stdio.h>

#include "codes/header.h"

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
                 (decoded->length & ISCC_WITH_META) != 0 ? "M" : "",
                 (decoded->length & ISCC_WITH_SEMANTIC) != 0 ? "S" : "",
                 (decoded->length & ISCC_WITH_CONTENT) != 0 ? "C" : "");
    else
        snprintf(name, ISCC_TYPE_NAME_SIZE, "%s-%s-V0-%u", main_name, sub_type_name(decoded), decoded->bits);
    return ISCC_OK;
}
