/* SPDX-License-Identifier: Apache-2.0 */
/* Canonical JSON: what is accepted is JSON for cJSON too and has the same value; its canonical form is JSON, has no
 * white space between values, and is its own canonical form. */
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "content/json.h"
#include "support/fuzz.h"

/* Whether all keys of each object differ for cJSON, which ends them at a NUL: else it compares the first of each. */
static bool has_distinct_keys(const cJSON *json)
{
    const cJSON *item;

    cJSON_ArrayForEach(item, json)
    {
        if (!has_distinct_keys(item))
            return false;
        for (const cJSON *other = json->child; cJSON_IsObject(json) && other != item; other = other->next)
            if (strcmp(other->string, item->string) == 0)
                return false;
    }
    return true;
}

static void require_same_value(const char *text, size_t size, const struct iscc_bytes *canonical)
{
    const char *end = NULL;
    cJSON *given = cJSON_ParseWithLengthOpts(text, size, &end, false);
    cJSON *written = cJSON_ParseWithLength((const char *)canonical->data, canonical->size);

    REQUIRE(given != NULL && written != NULL && cJSON_IsObject(given) && cJSON_IsObject(written));
    for (; end < text + size; end++)
        REQUIRE(strchr(" \t\r\n", *end) != NULL && *end != '\0');
    REQUIRE(!has_distinct_keys(given) || cJSON_Compare(given, written, true));
    cJSON_Delete(given);
    cJSON_Delete(written);
}

static void require_canonical(const struct iscc_bytes *canonical)
{
    struct iscc_bytes again = {0};
    bool has_context;
    bool in_string = false;

    REQUIRE(iscc_json_canonicalize((const char *)canonical->data, canonical->size, &again, &has_context) == ISCC_OK);
    REQUIRE(again.size == canonical->size && memcmp(again.data, canonical->data, again.size) == 0);
    for (size_t i = 0; i < canonical->size; i++) {
        const uint8_t byte = canonical->data[i];
        REQUIRE(byte > ' ' || (byte == ' ' && in_string));
        i += in_string && byte == '\\';
        in_string = in_string != (byte == '"');
    }
    free(again.data);
}

FUZZ_TARGET(canonical)
{
    struct iscc_bytes canonical = {0};
    char *text = fuzz_text(data, size);
    bool has_context = false;

    const iscc_status status = iscc_json_canonicalize(text, size, &canonical, &has_context);
    REQUIRE(status == ISCC_OK || status == ISCC_ERROR_META || status == ISCC_ERROR_UTF8);
    if (status == ISCC_OK) {
        require_same_value(text, size, &canonical);
        require_canonical(&canonical);
    }
    free(canonical.data);
    free(text);
    return 0;
}
