/* SPDX-License-Identifier: Apache-2.0 */
/* The Meta-Code (ISO 24138 "Meta-Code") of a name, a description and metadata. */
#include <blake3.h>
#include <iscc/iscc.h>
#include <stdlib.h>
#include <string.h>

#include "codes/codec.h"
#include "codes/multihash.h"
#include "content/base64.h"
#include "content/data_url.h"
#include "content/json.h"
#include "content/simhash.h"
#include "content/windows.h"

#define NAME_SIZE (sizeof((struct iscc_meta_code *)NULL)->name - 1)
#define DESCRIPTION_SIZE (sizeof((struct iscc_meta_code *)NULL)->description - 1)
#define PAYLOAD_MAX 128000u

#define TEXT_WINDOW 3u    /* characters */
#define PAYLOAD_WINDOW 4u /* bytes */

#define DIGEST_SIZE 32u

typedef iscc_status text_function(const char *text, size_t size, char *out, size_t capacity, size_t *length);

/* Runs a function of text into memory of its own, which the caller frees. */
static iscc_status convert(text_function *function, const char *text, size_t size, char **out, size_t *length)
{
    iscc_status status = function(text, size, NULL, 0, length);

    if (status != ISCC_OK && status != ISCC_ERROR_CAPACITY)
        return status;
    *out = malloc(*length + 1);
    if (*out == NULL)
        return ISCC_ERROR_MEMORY;
    return function(text, size, *out, *length, length);
}

/* Cleans a text, puts it on one line if `one_line` is set, and trims it to `most` bytes. */
static iscc_status clean(const char *text, size_t size, bool one_line, char *out, size_t most)
{
    char *cleaned = NULL;
    char *line = NULL;
    size_t length;

    iscc_status status = convert(iscc_text_clean, text, size, &cleaned, &length);
    if (status == ISCC_OK && one_line)
        status = convert(iscc_text_remove_newlines, cleaned, length, &line, &length);
    if (status == ISCC_OK)
        status = iscc_text_trim(one_line ? line : cleaned, length, most, out, most, &length);
    if (status == ISCC_OK)
        out[length] = '\0';
    free(cleaned);
    free(line);
    return status;
}

static void hash_window(struct iscc_simhash *simhash, const void *bytes, size_t size)
{
    uint8_t digest[DIGEST_SIZE];
    blake3_hasher hasher;

    blake3_hasher_init(&hasher);
    blake3_hasher_update(&hasher, bytes, size);
    blake3_hasher_finalize(&hasher, digest, sizeof digest);
    iscc_simhash_add(simhash, digest, sizeof digest);
}

static iscc_status hash_text(const char *text, uint8_t digest[DIGEST_SIZE])
{
    struct iscc_simhash simhash;
    struct iscc_windows windows;
    char *collapsed = NULL;
    size_t length;

    const iscc_status status = convert(iscc_text_collapse, text, strlen(text), &collapsed, &length);
    if (status == ISCC_OK) {
        iscc_simhash_start(&simhash);
        iscc_windows_start(&windows, collapsed, length, TEXT_WINDOW);
        do
            hash_window(&simhash, collapsed + windows.begin, windows.end - windows.begin);
        while (iscc_windows_next(&windows));
        iscc_simhash_digest(&simhash, digest, DIGEST_SIZE);
    }
    free(collapsed);
    return status;
}

static void hash_payload(const struct iscc_bytes *payload, uint8_t digest[DIGEST_SIZE])
{
    struct iscc_simhash simhash;
    size_t begin = 0;

    iscc_simhash_start(&simhash);
    do
        hash_window(&simhash, payload->data + begin,
                    payload->size < PAYLOAD_WINDOW ? payload->size : (size_t)PAYLOAD_WINDOW);
    while (++begin + PAYLOAD_WINDOW <= payload->size);
    iscc_simhash_digest(&simhash, digest, DIGEST_SIZE);
}

/* The bytes of the metadata. None, if there is no metadata: an empty text or an empty object. */
static iscc_status read_payload(const char *meta, size_t size, struct iscc_bytes *payload)
{
    bool has_context;
    iscc_status status = ISCC_OK;

    if (size == 0)
        return ISCC_OK;
    if (iscc_data_url_begins(meta, size)) {
        status = iscc_data_url_decode(meta, size, payload);
    } else {
        status = iscc_json_canonicalize(meta, size, payload, &has_context);
        if (status == ISCC_OK && payload->size == strlen("{}"))
            payload->size = 0;
    }
    return status == ISCC_OK && payload->size > PAYLOAD_MAX ? ISCC_ERROR_META_SIZE : status;
}

/* Pieces of four bytes from both digests in turn, so that a short code has a part of each. */
static void interleave(uint8_t digest[DIGEST_SIZE], const uint8_t second[DIGEST_SIZE])
{
    uint8_t first[DIGEST_SIZE / 2];

    memcpy(first, digest, sizeof first);
    for (size_t i = 0; i < sizeof first; i += 4) {
        memcpy(digest + 2 * i, first + i, 4);
        memcpy(digest + 2 * i + 4, second + i, 4);
    }
}

static void write_metahash(const struct iscc_bytes *payload, struct iscc_meta_code *code)
{
    uint8_t digest[DIGEST_SIZE];
    blake3_hasher hasher;

    blake3_hasher_init(&hasher);
    if (payload->size > 0) {
        blake3_hasher_update(&hasher, payload->data, payload->size);
    } else {
        blake3_hasher_update(&hasher, code->name, strlen(code->name));
        if (code->description[0] != '\0') {
            blake3_hasher_update(&hasher, " ", 1);
            blake3_hasher_update(&hasher, code->description, strlen(code->description));
        }
    }
    blake3_hasher_finalize(&hasher, digest, sizeof digest);
    iscc_multihash_write(digest, code->metahash);
}

static iscc_status compute(const struct iscc_bytes *payload, unsigned bits, struct iscc_meta_code *code)
{
    uint8_t digest[DIGEST_SIZE];
    uint8_t second[DIGEST_SIZE];

    iscc_status status = hash_text(code->name, digest);
    if (payload->size > 0)
        hash_payload(payload, second);
    else if (status == ISCC_OK && code->description[0] != '\0')
        status = hash_text(code->description, second);
    if (status != ISCC_OK)
        return status;
    if (payload->size > 0 || code->description[0] != '\0')
        interleave(digest, second);
    iscc_codec_write_unit(ISCC_META, bits, digest, code->iscc);
    write_metahash(payload, code);
    return ISCC_OK;
}

iscc_status iscc_gen_meta_code_v0(const char *name, size_t name_size, const char *description, size_t description_size,
                                  const char *meta, size_t meta_size, unsigned bits, struct iscc_meta_code *code)
{
    struct iscc_bytes payload = {0};
    struct iscc_meta_code result = {.iscc = ""};

    if ((name == NULL && name_size > 0) || (description == NULL && description_size > 0) ||
        (meta == NULL && meta_size > 0) || code == NULL)
        return ISCC_ERROR_ARGUMENT;
    if (!iscc_codec_bits_valid(bits))
        return ISCC_ERROR_BITS;
    iscc_status status = clean(name, name_size, true, result.name, NAME_SIZE);
    if (status == ISCC_OK && result.name[0] == '\0')
        status = ISCC_ERROR_NAME;
    if (status == ISCC_OK)
        status = clean(description, description_size, false, result.description, DESCRIPTION_SIZE);
    if (status == ISCC_OK)
        status = read_payload(meta, meta_size, &payload);
    if (status == ISCC_OK)
        status = compute(&payload, bits, &result);
    if (status == ISCC_OK)
        *code = result;
    free(payload.data);
    return status;
}

static const char plain_prefix[] = "data:application/json;base64,";
static const char linked_prefix[] = "data:application/ld+json;base64,";

iscc_status iscc_json_to_data_url(const char *json, size_t size, char *url, size_t capacity, size_t *length)
{
    struct iscc_bytes canonical = {0};
    bool has_context;

    if ((json == NULL && size > 0) || (url == NULL && capacity > 0) || length == NULL)
        return ISCC_ERROR_ARGUMENT;
    iscc_status status = iscc_json_canonicalize(json, size, &canonical, &has_context);
    if (status == ISCC_OK) {
        const char *prefix = has_context ? linked_prefix : plain_prefix;
        const size_t prefix_size = (has_context ? sizeof linked_prefix : sizeof plain_prefix) - 1;
        *length = prefix_size + ISCC_BASE64_SIZE(canonical.size);
        if (url == NULL || *length > capacity) {
            status = ISCC_ERROR_CAPACITY;
        } else {
            memcpy(url, prefix, prefix_size);
            iscc_base64_encode(canonical.data, canonical.size, url + prefix_size);
        }
    }
    free(canonical.data);
    return status;
}
