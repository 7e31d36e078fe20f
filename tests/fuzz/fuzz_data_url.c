/* SPDX-License-Identifier: Apache-2.0 */
/* Data-URLs: what is accepted has a payload whose base64 is that of the URL, and base64 decodes what it encodes. */
#include <stdlib.h>
#include <string.h>

#include "content/base64.h"
#include "content/data_url.h"
#include "support/fuzz.h"

/* The payload encodes to what follows the comma, except for bits behind the payload, which only the last digit has. */
static void require_payload(const char *url, size_t size, const struct iscc_bytes *payload)
{
    const char *comma = memchr(url, ',', size);
    const size_t digits = size - (size_t)(comma + 1 - url);
    char *encoded = fuzz_grow(NULL, ISCC_BASE64_SIZE(payload->size));
    size_t differences = 0;

    REQUIRE(payload->size > 0 && digits == ISCC_BASE64_SIZE(payload->size));
    iscc_base64_encode(payload->data, payload->size, encoded);
    for (size_t i = 0; i < digits; i++)
        differences += encoded[i] != comma[1 + i];
    REQUIRE(differences == 0 || (differences == 1 && payload->size % 3 != 0));
    REQUIRE(comma - url >= 12 && memcmp(comma - 7, ";base64", 7) == 0);
    free(encoded);
}

static void require_there_and_back(const uint8_t *bytes, size_t size)
{
    char *text = fuzz_grow(NULL, ISCC_BASE64_SIZE(size) + 1);
    uint8_t *again = fuzz_grow(NULL, size + 1);
    size_t length;

    iscc_base64_encode(bytes, size, text);
    REQUIRE(iscc_base64_decode(text, ISCC_BASE64_SIZE(size), again, &length));
    REQUIRE(length == size && (size == 0 || memcmp(again, bytes, size) == 0));
    free(text);
    free(again);
}

FUZZ_TARGET(data_url)
{
    struct iscc_bytes payload = {0};
    char *url = fuzz_text(data, size);

    if (iscc_data_url_begins(url, size)) {
        const iscc_status status = iscc_data_url_decode(url, size, &payload);
        REQUIRE(status == ISCC_OK || status == ISCC_ERROR_META);
        if (status == ISCC_OK)
            require_payload(url, size, &payload);
    }
    require_there_and_back(data, size);
    free(payload.data);
    free(url);
    return 0;
}
