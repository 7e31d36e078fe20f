/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reads the golden vectors and expands the recipes of their inputs:
 *
 *   text       "..." | {"hex": H} | {"parts": [PART, ...]}, where a PART is a text or
 *              {"repeat": [text, n]}                      n copies
 *              {"words": [seed, n]}                       n words of the table below, number (x >> 33) mod 24, each
 *                                                         followed by a blank
 *              {"chars": [seed, n, [[low, high], ...]]}   n characters, number (x >> 33) mod their number of the ranges
 *   features   [v, ...] | {"lcg": [seed, n]}              v = x >> 32
 *              {"walk": [seed, n]}                        v = x >> 32 once, then n times v ^= 1 << (x >> 59)
 *   frames     a list of [v, ...] | "0120..." | {"const": v} | {"range": [v, step]} | {"ternary": [seed, n]} (n frames
 *              of (x >> 33) mod 3) | {"int32": [seed, n]} (x >> 32) | {"times": [n, FRAME]}
 *
 * where x starts as the seed, and each use steps it first: x = x * 6364136223846793005 + 1442695040888963407.
 */
#include "core/content/iso_vectors.h"

#include <blake3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/unit.h"

static const char *const words[] = {"the",       "of",       "content",         "code", "Straße", "naïve",
                                    "Ελληνικός", "ΟΔΟΣ",     "данные",          "世界", "データ", "한국어",
                                    "עִבְרִית",     "العَرَبِيَّة",  "हिन्दी",           "ไทย",  "12,5",   "(iscc)",
                                    "similar;",  "“quoted”", "e\u0301te\u0301", "ﬁne",  "№7",     "🙂"};

static uint64_t step(uint64_t *x)
{
    return *x = *x * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
}

/* ---- Growing arrays ---- */

struct bytes {
    uint8_t *data;
    size_t size, capacity;
};

static void append(struct bytes *bytes, const void *data, size_t size)
{
    if (bytes->data == NULL || size > bytes->capacity - bytes->size) {
        bytes->capacity = 2 * (bytes->size + size) + 1;
        bytes->data = realloc(bytes->data, bytes->capacity);
        assert_non_null(bytes->data);
    }
    if (size > 0)
        memcpy(bytes->data + bytes->size, data, size);
    bytes->size += size;
}

static void append_value(struct bytes *values, int64_t value)
{
    const int32_t narrow = (int32_t)value;
    assert_int_equal(narrow, value);
    append(values, &narrow, sizeof narrow);
}

static void append_wrapped(struct bytes *values, uint32_t value)
{
    append(values, &value, sizeof value);
}

static void append_character(struct bytes *bytes, uint32_t character)
{
    uint8_t utf8[4];
    size_t size = 0;

    if (character < 0x80) {
        utf8[size++] = (uint8_t)character;
    } else if (character < 0x800) {
        utf8[size++] = (uint8_t)(0xc0 | character >> 6);
    } else if (character < 0x10000) {
        utf8[size++] = (uint8_t)(0xe0 | character >> 12);
        utf8[size++] = (uint8_t)(0x80 | (character >> 6 & 0x3f));
    } else {
        utf8[size++] = (uint8_t)(0xf0 | character >> 18);
        utf8[size++] = (uint8_t)(0x80 | (character >> 12 & 0x3f));
        utf8[size++] = (uint8_t)(0x80 | (character >> 6 & 0x3f));
    }
    if (character >= 0x80)
        utf8[size++] = (uint8_t)(0x80 | (character & 0x3f));
    append(bytes, utf8, size);
}

/* ---- Recipes ---- */

static double number_at(const cJSON *list, int index)
{
    const cJSON *item = cJSON_GetArrayItem(list, index);
    assert_true(cJSON_IsNumber(item));
    return item->valuedouble;
}

static void append_hex(struct bytes *bytes, const char *hex)
{
    for (; *hex != '\0'; hex += 2) {
        unsigned value;
        assert_int_equal(sscanf(hex, "%2x", &value), 1);
        const uint8_t byte = (uint8_t)value;
        append(bytes, &byte, 1);
    }
}

static void append_random_characters(struct bytes *bytes, const cJSON *recipe)
{
    const cJSON *ranges = cJSON_GetArrayItem(recipe, 2);
    const cJSON *range;
    uint64_t x = (uint64_t)number_at(recipe, 0);
    uint64_t total = 0;

    cJSON_ArrayForEach(range, ranges) total += (uint64_t)(number_at(range, 1) - number_at(range, 0)) + 1;
    for (double left = number_at(recipe, 1); left > 0; left--) {
        uint64_t k = (step(&x) >> 33) % total;
        cJSON_ArrayForEach(range, ranges)
        {
            const uint64_t size = (uint64_t)(number_at(range, 1) - number_at(range, 0)) + 1;
            if (k < size) {
                append_character(bytes, (uint32_t)(number_at(range, 0) + (double)k));
                break;
            }
            k -= size;
        }
    }
}

static void append_part(struct bytes *bytes, const cJSON *part)
{
    const cJSON *recipe;

    if (cJSON_IsString(part)) {
        append(bytes, part->valuestring, strlen(part->valuestring));
    } else if ((recipe = cJSON_GetObjectItem(part, "hex")) != NULL) {
        append_hex(bytes, recipe->valuestring);
    } else if ((recipe = cJSON_GetObjectItem(part, "repeat")) != NULL) {
        const char *text = cJSON_GetArrayItem(recipe, 0)->valuestring;
        for (double left = number_at(recipe, 1); left > 0; left--)
            append(bytes, text, strlen(text));
    } else if ((recipe = cJSON_GetObjectItem(part, "words")) != NULL) {
        uint64_t x = (uint64_t)number_at(recipe, 0);
        for (double left = number_at(recipe, 1); left > 0; left--) {
            const char *word = words[(step(&x) >> 33) % (sizeof words / sizeof words[0])];
            append(bytes, word, strlen(word));
            append(bytes, " ", 1);
        }
    } else {
        recipe = cJSON_GetObjectItem(part, "chars");
        assert_non_null(recipe);
        append_random_characters(bytes, recipe);
    }
}

uint8_t *iso_bytes(const cJSON *recipe, size_t *size)
{
    const cJSON *parts = cJSON_GetObjectItem(recipe, "parts");
    const cJSON *part;
    struct bytes bytes = {NULL, 0, 0};

    append(&bytes, NULL, 0);
    if (parts == NULL)
        append_part(&bytes, recipe);
    else
        cJSON_ArrayForEach(part, parts) append_part(&bytes, part);
    *size = bytes.size;
    return bytes.data;
}

int32_t *iso_features(const cJSON *recipe, size_t *count)
{
    const cJSON *random = cJSON_GetObjectItem(recipe, "lcg");
    const cJSON *walk = cJSON_GetObjectItem(recipe, "walk");
    const cJSON *item;
    struct bytes values = {NULL, 0, 0};

    append(&values, NULL, 0);
    if (cJSON_IsArray(recipe)) {
        cJSON_ArrayForEach(item, recipe) append_value(&values, (int64_t)item->valuedouble);
    } else if (random != NULL) {
        uint64_t x = (uint64_t)number_at(random, 0);
        for (double left = number_at(random, 1); left > 0; left--)
            append_wrapped(&values, (uint32_t)(step(&x) >> 32));
    } else {
        uint64_t x = (uint64_t)number_at(walk, 0);
        uint32_t value = (uint32_t)(step(&x) >> 32);
        for (double left = number_at(walk, 1); left > 0; left--) {
            value ^= UINT32_C(1) << (step(&x) >> 59);
            append_wrapped(&values, value);
        }
    }
    *count = values.size / sizeof(int32_t);
    return (int32_t *)(void *)values.data;
}

/* One frame, or several by chance. */
static void append_frame(struct bytes *values, const cJSON *frame, size_t width)
{
    const cJSON *recipe;
    const cJSON *item;

    if (cJSON_IsString(frame)) {
        for (const char *digit = frame->valuestring; *digit != '\0'; digit++)
            append_value(values, *digit - '0');
    } else if (cJSON_IsArray(frame)) {
        cJSON_ArrayForEach(item, frame) append_value(values, (int64_t)item->valuedouble);
    } else if ((recipe = cJSON_GetObjectItem(frame, "const")) != NULL) {
        for (size_t i = 0; i < width; i++)
            append_value(values, (int64_t)recipe->valuedouble);
    } else if ((recipe = cJSON_GetObjectItem(frame, "range")) != NULL) {
        for (size_t i = 0; i < width; i++)
            append_value(values, (int64_t)(number_at(recipe, 0) + number_at(recipe, 1) * (double)i));
    } else if ((recipe = cJSON_GetObjectItem(frame, "times")) != NULL) {
        for (double left = number_at(recipe, 0); left > 0; left--)
            append_frame(values, cJSON_GetArrayItem(recipe, 1), width);
    } else {
        const bool ternary = (recipe = cJSON_GetObjectItem(frame, "ternary")) != NULL;
        recipe = ternary ? recipe : cJSON_GetObjectItem(frame, "int32");
        uint64_t x = (uint64_t)number_at(recipe, 0);
        for (double left = number_at(recipe, 1) * (double)width; left > 0; left--)
            append_wrapped(values, (uint32_t)(ternary ? (step(&x) >> 33) % 3 : step(&x) >> 32));
    }
}

int32_t *iso_frames(const cJSON *recipe, size_t width, size_t *count, bool *fit)
{
    const cJSON *frame;
    struct bytes values = {NULL, 0, 0};

    append(&values, NULL, 0);
    *fit = true;
    cJSON_ArrayForEach(frame, recipe)
    {
        const size_t before = values.size;
        append_frame(&values, frame, width);
        *fit = *fit && (values.size - before) % (width * sizeof(int32_t)) == 0;
    }
    *count = values.size / (width * sizeof(int32_t));
    return (int32_t *)(void *)values.data;
}

/* ---- Vectors ---- */

static char *read_file(void)
{
    struct bytes text = {NULL, 0, 0};
    char part[65536];
    size_t size;

    FILE *file = fopen(ISCC_TEST_DATA "/iso.jsonl", "rb");
    if (file == NULL)
        fail_msg("cannot open %s", ISCC_TEST_DATA "/iso.jsonl");
    while ((size = fread(part, 1, sizeof part, file)) > 0)
        append(&text, part, size);
    assert_false(ferror(file));
    fclose(file);
    append(&text, "", 1);
    return (char *)text.data;
}

void iso_vectors_each(const char *function, size_t count, void (*check)(const struct iso_vector *vector))
{
    char *const text = read_file();
    size_t found = 0;
    char *rest;

    for (char *line = strtok_r(text, "\n", &rest); line != NULL; line = strtok_r(NULL, "\n", &rest)) {
        cJSON *json = cJSON_Parse(line);
        assert_non_null(json);
        if (strcmp(cJSON_GetStringValue(cJSON_GetObjectItem(json, "fn")), function) == 0) {
            const cJSON *bits = cJSON_GetObjectItem(json, "bits");
            const struct iso_vector vector = {json, cJSON_GetStringValue(cJSON_GetObjectItem(json, "id")),
                                              bits == NULL ? 0 : (unsigned)bits->valueint};
            check(&vector);
            found++;
        }
        cJSON_Delete(json);
    }
    free(text);
    assert_int_equal(found, count);
}

const cJSON *iso_input(const struct iso_vector *vector, const char *name)
{
    return cJSON_GetObjectItemCaseSensitive(cJSON_GetObjectItem(vector->json, "in"), name);
}

const cJSON *iso_output(const struct iso_vector *vector, const char *name)
{
    return cJSON_GetObjectItemCaseSensitive(cJSON_GetObjectItem(vector->json, "out"), name);
}

bool iso_is_error(const struct iso_vector *vector, const char *kind)
{
    const char *error = cJSON_GetStringValue(cJSON_GetObjectItem(vector->json, "error"));
    return error != NULL && strcmp(error, kind) == 0;
}

static void hash(const char *text, size_t size, char hex[2 * BLAKE3_OUT_LEN + 1])
{
    uint8_t digest[BLAKE3_OUT_LEN];
    blake3_hasher hasher;

    blake3_hasher_init(&hasher);
    blake3_hasher_update(&hasher, text, size);
    blake3_hasher_finalize(&hasher, digest, sizeof digest);
    for (size_t i = 0; i < sizeof digest; i++)
        sprintf(hex + 2 * i, "%02x", digest[i]);
}

void iso_check_text(const struct iso_vector *vector, const char *name, const char *text, size_t size)
{
    const cJSON *expected = iso_output(vector, name);
    char hex[2 * BLAKE3_OUT_LEN + 1];

    if (text == NULL || expected == NULL) {
        if (text != NULL || expected != NULL)
            fail_msg("%s: %s: %s", vector->id, name, text == NULL ? "missing" : "not expected");
        return;
    }
    if (cJSON_IsString(expected)) {
        if (size != strlen(expected->valuestring) || memcmp(text, expected->valuestring, size) != 0)
            fail_msg("%s: %s is '%.*s', not '%s'", vector->id, name, (int)size, text, expected->valuestring);
        return;
    }
    hash(text, size, hex);
    if (size != (size_t)cJSON_GetObjectItem(expected, "bytes")->valueint ||
        strcmp(hex, cJSON_GetObjectItem(expected, "blake3")->valuestring) != 0)
        fail_msg("%s: %s differs", vector->id, name);
}
