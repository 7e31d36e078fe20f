/* SPDX-License-Identifier: Apache-2.0 */
/* The functions for content with the inputs of the standard's conformance file, where it is present. */
#include <iscc/iscc.h>
#include <stdlib.h>
#include <string.h>

#include "core/conformance.h"
#include "support/unit.h"

/* A field of the outputs, where "" stands for one that is absent. */
static void check_field(const cJSON *item, const char *name, const char *value)
{
    const char *expected =
        cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(cJSON_GetObjectItem(item, "outputs"), name));
    assert_string_equal(value, expected == NULL ? "" : expected);
}

/* The metadata is null, a Data-URL, or an object; it is returned as a Data-URL. */
static void check_meta_code(const cJSON *item, const char *name, const char *description, const cJSON *meta)
{
    struct iscc_meta_code code;
    char url[1024] = "";
    size_t length = 0;
    char *json = cJSON_IsObject(meta) ? cJSON_PrintUnformatted(meta) : NULL;
    const char *text = json != NULL ? json : cJSON_IsString(meta) ? meta->valuestring : "";

    assert_int_equal(iscc_gen_meta_code_v0(name, strlen(name), description, strlen(description), text, strlen(text),
                                           (unsigned)conformance_input(item, 3)->valueint, &code),
                     ISCC_OK);
    check_field(item, "iscc", code.iscc);
    check_field(item, "name", code.name);
    check_field(item, "description", code.description);
    check_field(item, "metahash", code.metahash);
    if (json != NULL) {
        assert_int_equal(iscc_json_to_data_url(json, strlen(json), url, sizeof url - 1, &length), ISCC_OK);
        url[length] = '\0';
    }
    check_field(item, "meta", json != NULL ? url : text);
    cJSON_free(json);
}

static void test_meta_codes(void **state)
{
    const cJSON *item;

    cJSON_ArrayForEach(item, conformance_cases(state, "gen_meta_code_v0"))
        check_meta_code(item, cJSON_GetStringValue(conformance_input(item, 0)),
                        cJSON_GetStringValue(conformance_input(item, 1)), conformance_input(item, 2));
}

static void test_text_codes(void **state)
{
    const cJSON *item;

    cJSON_ArrayForEach(item, conformance_cases(state, "gen_text_code_v0"))
    {
        const char *text = cJSON_GetStringValue(conformance_input(item, 0));
        char code[ISCC_CODE_SIZE];
        uint64_t characters;
        assert_int_equal(iscc_gen_text_code_v0(text, strlen(text), (unsigned)conformance_input(item, 1)->valueint, code,
                                               &characters, NULL),
                         ISCC_OK);
        assert_string_equal(code, conformance_code(item));
        assert_int_equal(characters, conformance_output(item, "characters")->valueint);
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

    cJSON_ArrayForEach(item, conformance_cases(state, "gen_image_code_v0"))
    {
        char code[ISCC_CODE_SIZE];
        uint8_t pixels[1024];
        size_t count;
        int32_t *values = integers_of(conformance_input(item, 0), 1, &count);
        assert_int_equal(count, 1024);
        for (size_t i = 0; i < count; i++)
            pixels[i] = (uint8_t)values[i];
        assert_int_equal(iscc_gen_image_code_v0(pixels, (unsigned)conformance_input(item, 1)->valueint, code), ISCC_OK);
        assert_string_equal(code, conformance_code(item));
        free(values);
    }
}

static void test_audio_codes(void **state)
{
    const cJSON *item;

    cJSON_ArrayForEach(item, conformance_cases(state, "gen_audio_code_v0"))
    {
        char code[ISCC_CODE_SIZE];
        size_t count;
        int32_t *features = integers_of(conformance_input(item, 0), 1, &count);
        assert_int_equal(iscc_gen_audio_code_v0(features, count, (unsigned)conformance_input(item, 1)->valueint, code),
                         ISCC_OK);
        assert_string_equal(code, conformance_code(item));
        free(features);
    }
}

static void test_video_codes(void **state)
{
    const cJSON *item;

    cJSON_ArrayForEach(item, conformance_cases(state, "gen_video_code_v0"))
    {
        char code[ISCC_CODE_SIZE];
        size_t count;
        int32_t *frames = integers_of(conformance_input(item, 0), ISCC_VIDEO_FRAME, &count);
        assert_int_equal(iscc_gen_video_code_v0(frames, count, (unsigned)conformance_input(item, 1)->valueint, code),
                         ISCC_OK);
        assert_string_equal(code, conformance_code(item));
        free(frames);
    }
}

static void test_mixed_codes(void **state)
{
    const cJSON *item;

    cJSON_ArrayForEach(item, conformance_cases(state, "gen_mixed_code_v0"))
    {
        const char *codes[16];
        char code[ISCC_CODE_SIZE];
        const size_t count = (size_t)cJSON_GetArraySize(conformance_input(item, 0));
        assert_in_range(count, 2, 16);
        for (size_t i = 0; i < count; i++)
            codes[i] = cJSON_GetStringValue(cJSON_GetArrayItem(conformance_input(item, 0), (int)i));
        assert_int_equal(iscc_gen_mixed_code_v0(codes, count, (unsigned)conformance_input(item, 1)->valueint, code),
                         ISCC_OK);
        assert_string_equal(code, conformance_code(item));
    }
}

/* The file has the functions that are tested here and in test_conformance.c, and no others, with 50 cases. */
static void test_functions(void **state)
{
    static const char *const functions[] = {"gen_meta_code_v0",  "gen_text_code_v0",     "gen_image_code_v0",
                                            "gen_audio_code_v0", "gen_video_code_v0",    "gen_mixed_code_v0",
                                            "gen_data_code_v0",  "gen_instance_code_v0", "gen_iscc_code_v0"};
    const cJSON *item;
    int cases = 0;
    size_t found = 0;

    for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++)
        cases += cJSON_GetArraySize(conformance_cases(state, functions[i]));
    assert_int_equal(cases, 50);
    cJSON_ArrayForEach(item, (const cJSON *)*state) found += item->string[0] != '_';
    assert_int_equal(found, sizeof functions / sizeof functions[0]);
}

TEST_FILE(content_conformance)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_functions),   cmocka_unit_test(test_meta_codes),  cmocka_unit_test(test_text_codes),
        cmocka_unit_test(test_image_codes), cmocka_unit_test(test_audio_codes), cmocka_unit_test(test_video_codes),
        cmocka_unit_test(test_mixed_codes),
    };

    return cmocka_run_group_tests(tests, conformance_open, conformance_close);
}
