/* SPDX-License-Identifier: Apache-2.0 */
/* Codes of a list, which are stricter than what the library reads. */
#include "lists/list_entry.h"

#include <string.h>

/* `ISCC:` and digits: what else the library reads, hyphens and blanks, is no list's. */
static bool copy_code(const char *text, size_t size, char code[ISCC_CODE_SIZE])
{
    static const char scheme[] = "iscc:";

    if (size >= ISCC_CODE_SIZE || size < sizeof scheme)
        return false;
    for (size_t i = 0; i < size; i++) {
        const char byte = text[i];
        const char lower = byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
        const bool is_digit = (lower >= 'a' && lower <= 'z') || (byte >= '2' && byte <= '7');
        if (i < sizeof scheme - 1 ? lower != scheme[i] : !is_digit)
            return false;
        code[i] = byte;
    }
    code[size] = '\0';
    return true;
}

static bool decode(const char *text, size_t size, struct iscc_decoded *decoded, char canonical[ISCC_CODE_SIZE])
{
    return copy_code(text, size, canonical) && iscc_decode(canonical, decoded, NULL) == ISCC_OK &&
           iscc_encode(decoded, canonical) == ISCC_OK;
}

bool list_entry_set_code(struct list_entry *entry, const char *text, size_t size)
{
    struct iscc_decoded decoded;

    if (!decode(text, size, &decoded, entry->iscc) || decoded.main_type != ISCC_ISCC)
        return false;
    entry->flags = decoded.sub_type == ISCC_ISCC_WIDE ? ISCC_WIDE : ISCC_NARROW;
    return decoded.sub_type == ISCC_ISCC_WIDE || decoded.sub_type == ISCC_ISCC_SUM;
}

bool list_entry_set_unit(struct list_entry *entry, const char *text, size_t size)
{
    struct iscc_decoded decoded;
    char unit[ISCC_CODE_SIZE];

    if (!decode(text, size, &decoded, unit) || decoded.bits != 256 ||
        (decoded.main_type != ISCC_DATA && decoded.main_type != ISCC_INSTANCE))
        return false;
    char *place = decoded.main_type == ISCC_DATA ? entry->data_code : entry->instance_code;
    if (place[0] != '\0')
        return false;
    memcpy(place, unit, sizeof unit);
    return true;
}
