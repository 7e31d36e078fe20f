/* SPDX-License-Identifier: Apache-2.0 */
/* A JSON line of a list: docs/check-rules.md, R7. */
#include <cjson/cJSON.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "checklist.h"

static int base64_value(char byte)
{
    if (byte >= 'A' && byte <= 'Z')
        return byte - 'A';
    if (byte >= 'a' && byte <= 'z')
        return byte - 'a' + 26;
    if (byte >= '0' && byte <= '9')
        return byte - '0' + 52;
    return byte == '+' ? 62 : byte == '/' ? 63 : -1;
}

/* Reads RFC 4648 base64 with padding and without anything else; NULL for other texts, or where memory is short. */
static char *read_base64(const char *text, size_t *size)
{
    const size_t length = strlen(text);
    const size_t padding = length < 4 ? 0 : (size_t)(text[length - 1] == '=') + (text[length - 2] == '=');
    uint32_t group = 0;
    char *decoded = length % 4 != 0 ? NULL : malloc(length / 4 * 3 + 1);

    *size = 0;
    for (size_t i = 0; decoded != NULL && i < length; i++) {
        const int value = i >= length - padding ? 0 : base64_value(text[i]);
        if (value < 0) {
            free(decoded);
            return NULL;
        }
        group = group << 6 | (uint32_t)value;
        for (size_t j = 0; i % 4 == 3 && j < 3; j++)
            decoded[(*size)++] = (char)(group >> (16 - 8 * j) & 255u);
    }
    if (decoded != NULL) {
        *size -= padding;
        decoded[*size] = '\0';
    }
    return decoded;
}

/* cJSON ends a string at \u0000, so that a name with one would be read as another name. */
static bool has_nul(const char *text, size_t size)
{
    if (memchr(text, '\0', size) != NULL)
        return true;
    for (const char *at = strchr(text, '\\'); at != NULL; at = strchr(at + 2, '\\')) {
        if (strncmp(at + 1, "u0000", 5) == 0)
            return true;
        if (at[1] == '\0')
            break;
    }
    return false;
}

static const char *string_of(const cJSON *object, const char *member)
{
    return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, member));
}

/* The name in memory of its own, or NULL where there is none. */
static char *read_name(const cJSON *object, size_t *size)
{
    char *name = NULL;

    if (cJSON_GetObjectItemCaseSensitive(object, "path_b64") != NULL) {
        const char *encoded = string_of(object, "path_b64");
        name = encoded == NULL ? NULL : read_base64(encoded, size);
    } else {
        const char *path = string_of(object, "path");
        name = path == NULL ? NULL : strdup(path);
        *size = path == NULL ? 0 : strlen(path);
    }
    if (name != NULL && (*size == 0 || strlen(name) != *size)) {
        free(name);
        name = NULL;
    }
    return name;
}

static bool read_datahash(const cJSON *object, struct list_entry *entry)
{
    static const char prefix[] = "1e20";

    if (cJSON_GetObjectItemCaseSensitive(object, "datahash") == NULL)
        return true;
    const char *text = string_of(object, "datahash");
    if (text == NULL || strlen(text) != sizeof entry->datahash - 1 || strncmp(text, prefix, sizeof prefix - 1) != 0 ||
        strspn(text, "0123456789abcdef") != sizeof entry->datahash - 1)
        return false;
    memcpy(entry->datahash, text, sizeof entry->datahash);
    return true;
}

static bool read_filesize(const cJSON *object, struct list_entry *entry)
{
    const cJSON *number = cJSON_GetObjectItemCaseSensitive(object, "filesize");

    if (number == NULL)
        return true;
    entry->has_filesize = true;
    entry->filesize = number->valuedouble;
    return cJSON_IsNumber(number) && entry->filesize >= 0;
}

static bool read_units(const cJSON *object, struct list_entry *entry)
{
    const cJSON *units = cJSON_GetObjectItemCaseSensitive(object, "units");
    const cJSON *unit;

    if (units == NULL)
        return true;
    cJSON_ArrayForEach(unit, units)
    {
        const char *text = cJSON_GetStringValue(unit);
        if (text == NULL || !list_entry_set_unit(entry, text, strlen(text)))
            return false;
    }
    return cJSON_IsArray(units);
}

static bool type_fits(const cJSON *object, const char *name, size_t name_size)
{
    const char *type = string_of(object, "type");
    return type != NULL && strcmp(type, name[name_size - 1] == '/' ? "tree" : "file") == 0;
}

bool checklist_parse_json(const char *text, size_t size, struct list_entry *entry, char **name)
{
    const char *end = NULL;
    bool good = false;
    cJSON *object = NULL;

    *name = NULL;
    if (has_nul(text, size))
        return false;
    object = cJSON_ParseWithOpts(text, &end, true);
    if (!cJSON_IsObject(object))
        goto out;
    const char *code = string_of(object, "iscc");
    *name = read_name(object, &entry->name_size);
    good = *name != NULL && type_fits(object, *name, entry->name_size) && code != NULL &&
           list_entry_set_code(entry, code, strlen(code)) && read_datahash(object, entry) &&
           read_filesize(object, entry) && read_units(object, entry);
out:
    cJSON_Delete(object);
    return good;
}
