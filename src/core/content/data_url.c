/* SPDX-License-Identifier: Apache-2.0 */
/* Reads Data-URLs. */
#include "content/data_url.h"

#include <string.h>

#include "content/base64.h"

static const char scheme[] = "data:";
static const char encoding[] = ";base64";

#define SCHEME_SIZE (sizeof scheme - 1)
#define ENCODING_SIZE (sizeof encoding - 1)

bool iscc_data_url_begins(const char *text, size_t size)
{
    return size >= SCHEME_SIZE && memcmp(text, scheme, SCHEME_SIZE) == 0;
}

/* The length of the token (RFC 2045) that a text begins with: anything printable but blanks and separators. */
static size_t token_size(const char *text, size_t size)
{
    size_t length = 0;

    while (length < size && text[length] > ' ' && text[length] < 0x7f &&
           strchr("()<>@,;:\\\"/[]?=", text[length]) == NULL)
        length++;
    return length;
}

/* The length of two tokens with a separator between them, or 0. */
static size_t pair_size(const char *text, size_t size, char separator)
{
    const size_t first = token_size(text, size);

    if (first == 0 || first == size || text[first] != separator)
        return 0;
    const size_t second = token_size(text + first + 1, size - first - 1);
    return second == 0 ? 0 : first + 1 + second;
}

/* Whether a text is a media type with parameters, where either may be missing. */
static bool is_media_type(const char *text, size_t size)
{
    size_t done = pair_size(text, size, '/');

    while (done < size && text[done] == ';') {
        const size_t parameter = pair_size(text + done + 1, size - done - 1, '=');
        if (parameter == 0)
            return false;
        done += 1 + parameter;
    }
    return done == size;
}

iscc_status iscc_data_url_decode(const char *url, size_t size, struct iscc_bytes *payload)
{
    const char *media = url + SCHEME_SIZE;
    const char *comma = memchr(media, ',', size - SCHEME_SIZE);

    if (comma == NULL || (size_t)(comma - media) < ENCODING_SIZE ||
        memcmp(comma - ENCODING_SIZE, encoding, ENCODING_SIZE) != 0)
        return ISCC_ERROR_META;
    const size_t digits = size - (size_t)(comma + 1 - url);
    size_t length;
    if (digits == 0 || !is_media_type(media, (size_t)(comma - media) - ENCODING_SIZE))
        return ISCC_ERROR_META;
    uint8_t *grown = iscc_grow(payload->data, &payload->capacity, payload->size + digits, 1);
    if (grown == NULL)
        return ISCC_ERROR_MEMORY;
    payload->data = grown;
    if (!iscc_base64_decode(comma + 1, digits, grown + payload->size, &length))
        return ISCC_ERROR_META;
    payload->size += length;
    return ISCC_OK;
}
