/* SPDX-License-Identifier: Apache-2.0 */
/* The standard's conformance file, where the folder that ISCC_SHARED names has it: the functions that the library has
 * are called with its inputs, and each code in its outputs goes through the codec. */
#include <iscc/iscc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "support/unit.h"

#define FILE_SIZE_MAX ((size_t)1 << 24)

/* The whole file, or NULL where it cannot be read. */
static cJSON *read_json(const char *name)
{
    cJSON *json = NULL;
    char *text = malloc(FILE_SIZE_MAX);
    FILE *file = fopen(name, "rb");

    if (text != NULL && file != NULL) {
        size_t size = fread(text, 1, FILE_SIZE_MAX, file);
        if (!ferror(file))
            json = cJSON_ParseWithLength(text, size);
    }
    if (file != NULL)
        fclose(file);
    free(text);
    return json;
}

/* A folder that is named and lacks the file is a mistake; none that is named is not. */
static int open_file(void **state)
{
    const char *shared = getenv("ISCC_SHARED");
    char name[4096];

    *state = NULL;
    if (shared == NULL || shared[0] == '\0')
        return 0;
    if (snprintf(name, sizeof name, "%s/vectors/iscc-core-data.json", shared) >= (int)sizeof name)
        return -1;
    *state = read_json(name);
    return *state != NULL ? 0 : -1;
}

static int close_file(void **state)
{
    cJSON_Delete(*state);
    return 0;
}

/* The cases of a function; ends the test as skipped where there is no file. */
static const cJSON *cases_of(void **state, const char *function)
{
    if (*state == NULL)
        skip();
    const cJSON *cases = cJSON_GetObjectItemCaseSensitive(*state, function);
    assert_true(cJSON_IsObject(cases));
    assert_true(cJSON_GetArraySize(cases) > 0);
    return cases;
}

static const cJSON *input_of(const cJSON *item, int index)
{
    const cJSON *input = cJSON_GetArrayItem(cJSON_GetObjectItemCaseSensitive(item, "inputs"), index);

    assert_non_null(input);
    return input;
}

static const cJSON *output_of(const cJSON *item, const char *name)
{
    const cJSON *output = cJSON_GetObjectItemCaseSensitive(cJSON_GetObjectItemCaseSensitive(item, "outputs"), name);

    assert_non_null(output);
    return output;
}

static const char *code_of(const cJSON *item)
{
    const char *code = cJSON_GetStringValue(output_of(item, "iscc"));

    assert_non_null(code);
    return code;
}

static unsigned hex_value(char digit)
{
    static const char hex[] = "0123456789abcdef";
    const char *found = memchr(hex, digit, 16);

    assert_non_null(found);
    return (unsigned)(found - hex);
}

/* The bytes of an input "stream:" and hexadecimal digits, to be freed. */
static uint8_t *stream_of(const cJSON *item, size_t *size)
{
    const char *text = cJSON_GetStringValue(input_of(item, 0));

    assert_non_null(text);
    assert_memory_equal(text, "stream:", 7);
    *size = (strlen(text) - 7) / 2;
    uint8_t *bytes = malloc(*size + 1);
    assert_non_null(bytes);
    for (size_t i = 0; i < *size; i++)
        bytes[i] = (uint8_t)(hex_value(text[7 + 2 * i]) << 4 | hex_value(text[8 + 2 * i]));
    return bytes;
}

static void test_data_codes(void **state)
{
    const cJSON *item;

    cJSON_ArrayForEach(item, cases_of(state, "gen_data_code_v0"))
    {
        char code[ISCC_CODE_SIZE];
        size_t size;
        uint8_t *bytes = stream_of(item, &size);
        assert_int_equal(iscc_gen_data_code_v0(bytes, size, (unsigned)input_of(item, 1)->valueint, code), ISCC_OK);
        assert_string_equal(code, code_of(item));
        free(bytes);
    }
}

static void test_instance_codes(void **state)
{
    const cJSON *item;

    cJSON_ArrayForEach(item, cases_of(state, "gen_instance_code_v0"))
    {
        char code[ISCC_CODE_SIZE];
        char datahash[ISCC_DATAHASH_SIZE];
        uint64_t filesize;
        size_t size;
        uint8_t *bytes = stream_of(item, &size);
        unsigned bits = (unsigned)input_of(item, 1)->valueint;
        assert_int_equal(iscc_gen_instance_code_v0(bytes, size, bits, code, datahash, &filesize), ISCC_OK);
        assert_string_equal(code, code_of(item));
        assert_string_equal(datahash, cJSON_GetStringValue(output_of(item, "datahash")));
        assert_int_equal(filesize, output_of(item, "filesize")->valueint);
        free(bytes);
    }
}

static void test_text_codes(void **state)
{
    const cJSON *item;

    cJSON_ArrayForEach(item, cases_of(state, "gen_text_code_v0"))
    {
        const char *text = cJSON_GetStringValue(input_of(item, 0));
        char code[ISCC_CODE_SIZE];
        uint64_t characters;
        assert_int_equal(
            iscc_gen_text_code_v0(text, strlen(text), (unsigned)input_of(item, 1)->valueint, code, &characters, NULL),
            ISCC_OK);
        assert_string_equal(code, code_of(item));
        assert_int_equal(characters, output_of(item, "characters")->valueint);
    }
}

/* An array of `count` integers, `width` for each element if the elements are arrays, to be freed. */
static int32_t *integers_of(const cJSON *list, size_t width, size_t *count)
{
    const cJSON *item;

    *count = (size_t)cJSON_GetArraySize(list);
    int32_t *integers = malloc((*count * width + 1) * sizeof *integers);
    assert_non_null(integers);
    size_t filled = 0;
    cJSON_ArrayForEach(item, list)
    {
        const cJSON *value = cJSON_IsArray(item) ? item->child : item;
        assert_int_equal(cJSON_IsArray(item) ? (size_t)cJSON_GetArraySize(item) : 1, width);
        for (size_t i = 0; i < width; i++, value = value->next)
            integers[filled++] = value->valueint;
    }
    return integers;
}

static void test_image_codes(void **state)
{
    const cJSON *item;

    cJSON_ArrayForEach(item, cases_of(state, "gen_image_code_v0"))
    {
        char code[ISCC_CODE_SIZE];
        uint8_t pixels[1024];
        size_t count;
        int32_t *values = integers_of(input_of(item, 0), 1, &count);
        assert_int_equal(count, 1024);
        for (size_t i = 0; i < count; i++)
            pixels[i] = (uint8_t)values[i];
        assert_int_equal(iscc_gen_image_code_v0(pixels, (unsigned)input_of(item, 1)->valueint, code), ISCC_OK);
        assert_string_equal(code, code_of(item));
        free(values);
    }
}

static void test_audio_codes(void **state)
{
    const cJSON *item;

    cJSON_ArrayForEach(item, cases_of(state, "gen_audio_code_v0"))
    {
        char code[ISCC_CODE_SIZE];
        size_t count;
        int32_t *features = integers_of(input_of(item, 0), 1, &count);
        assert_int_equal(iscc_gen_audio_code_v0(features, count, (unsigned)input_of(item, 1)->valueint, code), ISCC_OK);
        assert_string_equal(code, code_of(item));
        free(features);
    }
}

static void test_video_codes(void **state)
{
    const cJSON *item;

    cJSON_ArrayForEach(item, cases_of(state, "gen_video_code_v0"))
    {
        char code[ISCC_CODE_SIZE];
        size_t count;
        int32_t *frames = integers_of(input_of(item, 0), ISCC_VIDEO_FRAME, &count);
        assert_int_equal(iscc_gen_video_code_v0(frames, count, (unsigned)input_of(item, 1)->valueint, code), ISCC_OK);
        assert_string_equal(code, code_of(item));
        free(frames);
    }
}

static void test_mixed_codes(void **state)
{
    const cJSON *item;

    cJSON_ArrayForEach(item, cases_of(state, "gen_mixed_code_v0"))
    {
        const char *codes[16];
        char code[ISCC_CODE_SIZE];
        const size_t count = (size_t)cJSON_GetArraySize(input_of(item, 0));
        assert_in_range(count, 2, 16);
        for (size_t i = 0; i < count; i++)
            codes[i] = cJSON_GetStringValue(cJSON_GetArrayItem(input_of(item, 0), (int)i));
        assert_int_equal(iscc_gen_mixed_code_v0(codes, count, (unsigned)input_of(item, 1)->valueint, code), ISCC_OK);
        assert_string_equal(code, code_of(item));
    }
}

/* Composes in the given order and from behind. */
static void test_iscc_codes(void **state)
{
    const cJSON *item;

    cJSON_ArrayForEach(item, cases_of(state, "gen_iscc_code_v0"))
    {
        const cJSON *input = input_of(item, 0);
        const char *units[ISCC_UNITS_MAX], *reversed[ISCC_UNITS_MAX];
        char code[ISCC_CODE_SIZE];
        size_t count = (size_t)cJSON_GetArraySize(input);
        assert_in_range(count, 2, ISCC_UNITS_MAX);
        for (size_t i = 0; i < count; i++) {
            units[i] = cJSON_GetStringValue(cJSON_GetArrayItem(input, (int)i));
            reversed[count - 1 - i] = units[i];
        }
        assert_int_equal(iscc_gen_iscc_code_v0(units, count, ISCC_NARROW, code), ISCC_OK);
        assert_string_equal(code, code_of(item));
        assert_int_equal(iscc_gen_iscc_code_v0(reversed, count, ISCC_NARROW, code), ISCC_OK);
        assert_string_equal(code, code_of(item));
    }
}

/* Taking an ISCC-CODE apart gives the first 64 bits of the units that the file made it of, by MainType. */
static void test_iscc_codes_decompose(void **state)
{
    const cJSON *item;

    cJSON_ArrayForEach(item, cases_of(state, "gen_iscc_code_v0"))
    {
        const cJSON *input;
        char units[ISCC_UNITS_MAX][ISCC_CODE_SIZE];
        struct iscc_decoded whole, part;
        size_t count, found = 0;
        assert_int_equal(iscc_decompose(code_of(item), units, &count), ISCC_OK);
        assert_int_equal(count, cJSON_GetArraySize(input_of(item, 0)));
        cJSON_ArrayForEach(input, input_of(item, 0))
        {
            assert_int_equal(iscc_decode(cJSON_GetStringValue(input), &whole, NULL), ISCC_OK);
            for (size_t i = 0; i < count; i++) {
                unsigned distance, bits;
                assert_int_equal(iscc_decode(units[i], &part, NULL), ISCC_OK);
                if (part.main_type != whole.main_type)
                    continue;
                found++;
                assert_int_equal(iscc_distance(units[i], cJSON_GetStringValue(input), &distance, &bits), ISCC_OK);
                assert_int_equal(distance, 0);
                assert_int_equal(bits, 64);
            }
        }
        assert_int_equal(found, count);
    }
}

/* Decoding and encoding again changes nothing, and the type is that of the function. */
static void check_codes(void **state, const char *function, unsigned main_type, const char *name)
{
    const cJSON *item;

    cJSON_ArrayForEach(item, cases_of(state, function))
    {
        struct iscc_decoded decoded;
        char code[ISCC_CODE_SIZE], type_name[ISCC_TYPE_NAME_SIZE], units[ISCC_UNITS_MAX][ISCC_CODE_SIZE];
        size_t count;
        assert_int_equal(iscc_validate(code_of(item)), ISCC_OK);
        assert_int_equal(iscc_decode(code_of(item), &decoded, NULL), ISCC_OK);
        assert_int_equal(decoded.main_type, main_type);
        assert_int_equal(iscc_encode(&decoded, code), ISCC_OK);
        assert_string_equal(code, code_of(item));
        assert_int_equal(iscc_type_name(&decoded, type_name), ISCC_OK);
        assert_memory_equal(type_name, name, strlen(name));
        assert_int_equal(iscc_decompose(code, units, &count), ISCC_OK);
        if (main_type != ISCC_ISCC) {
            assert_int_equal(count, 1);
            assert_string_equal(units[0], code);
        }
    }
}

/* The "parts" of the Mixed-Codes are left out: they repeat inputs whose headers do not fit their bodies. */
static void test_every_code_goes_through_the_codec(void **state)
{
    check_codes(state, "gen_meta_code_v0", ISCC_META, "META-NONE-V0-");
    check_codes(state, "gen_text_code_v0", ISCC_CONTENT, "CONTENT-TEXT-V0-");
    check_codes(state, "gen_image_code_v0", ISCC_CONTENT, "CONTENT-IMAGE-V0-");
    check_codes(state, "gen_audio_code_v0", ISCC_CONTENT, "CONTENT-AUDIO-V0-");
    check_codes(state, "gen_video_code_v0", ISCC_CONTENT, "CONTENT-VIDEO-V0-");
    check_codes(state, "gen_mixed_code_v0", ISCC_CONTENT, "CONTENT-MIXED-V0-");
    check_codes(state, "gen_data_code_v0", ISCC_DATA, "DATA-NONE-V0-");
    check_codes(state, "gen_instance_code_v0", ISCC_INSTANCE, "INSTANCE-NONE-V0-");
    check_codes(state, "gen_iscc_code_v0", ISCC_ISCC, "ISCC-");
}

TEST_FILE(conformance)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_data_codes),           cmocka_unit_test(test_instance_codes),
        cmocka_unit_test(test_text_codes),           cmocka_unit_test(test_image_codes),
        cmocka_unit_test(test_audio_codes),          cmocka_unit_test(test_video_codes),
        cmocka_unit_test(test_mixed_codes),          cmocka_unit_test(test_iscc_codes),
        cmocka_unit_test(test_iscc_codes_decompose), cmocka_unit_test(test_every_code_goes_through_the_codec),
    };

    return cmocka_run_group_tests(tests, open_file, close_file);
}
