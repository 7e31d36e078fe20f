/* SPDX-License-Identifier: Apache-2.0 */
/* The standard's conformance file, where it is present: the functions for bytes and for codes are called with its
 * inputs, and each code in its outputs goes through the codec. */
#include <iscc/iscc.h>
#include <stdlib.h>
#include <string.h>

#include "core/conformance.h"
#include "support/unit.h"

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
    const char *text = cJSON_GetStringValue(conformance_input(item, 0));

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

    cJSON_ArrayForEach(item, conformance_cases(state, "gen_data_code_v0"))
    {
        char code[ISCC_CODE_SIZE];
        size_t size;
        uint8_t *bytes = stream_of(item, &size);
        assert_int_equal(iscc_gen_data_code_v0(bytes, size, (unsigned)conformance_input(item, 1)->valueint, code),
                         ISCC_OK);
        assert_string_equal(code, conformance_code(item));
        free(bytes);
    }
}

static void test_instance_codes(void **state)
{
    const cJSON *item;

    cJSON_ArrayForEach(item, conformance_cases(state, "gen_instance_code_v0"))
    {
        char code[ISCC_CODE_SIZE];
        char datahash[ISCC_DATAHASH_SIZE];
        uint64_t filesize;
        size_t size;
        uint8_t *bytes = stream_of(item, &size);
        unsigned bits = (unsigned)conformance_input(item, 1)->valueint;
        assert_int_equal(iscc_gen_instance_code_v0(bytes, size, bits, code, datahash, &filesize), ISCC_OK);
        assert_string_equal(code, conformance_code(item));
        assert_string_equal(datahash, cJSON_GetStringValue(conformance_output(item, "datahash")));
        assert_int_equal(filesize, conformance_output(item, "filesize")->valueint);
        free(bytes);
    }
}

/* Composes in the given order and from behind. */
static void test_iscc_codes(void **state)
{
    const cJSON *item;

    cJSON_ArrayForEach(item, conformance_cases(state, "gen_iscc_code_v0"))
    {
        const cJSON *input = conformance_input(item, 0);
        const char *units[ISCC_UNITS_MAX], *reversed[ISCC_UNITS_MAX];
        char code[ISCC_CODE_SIZE];
        size_t count = (size_t)cJSON_GetArraySize(input);
        assert_in_range(count, 2, ISCC_UNITS_MAX);
        for (size_t i = 0; i < count; i++) {
            units[i] = cJSON_GetStringValue(cJSON_GetArrayItem(input, (int)i));
            reversed[count - 1 - i] = units[i];
        }
        assert_int_equal(iscc_gen_iscc_code_v0(units, count, ISCC_NARROW, code), ISCC_OK);
        assert_string_equal(code, conformance_code(item));
        assert_int_equal(iscc_gen_iscc_code_v0(reversed, count, ISCC_NARROW, code), ISCC_OK);
        assert_string_equal(code, conformance_code(item));
    }
}

/* Taking an ISCC-CODE apart gives the first 64 bits of the units that the file made it of, by MainType. */
static void test_iscc_codes_decompose(void **state)
{
    const cJSON *item;

    cJSON_ArrayForEach(item, conformance_cases(state, "gen_iscc_code_v0"))
    {
        const cJSON *input;
        char units[ISCC_UNITS_MAX][ISCC_CODE_SIZE];
        struct iscc_decoded whole, part;
        size_t count, found = 0;
        assert_int_equal(iscc_decompose(conformance_code(item), units, &count), ISCC_OK);
        assert_int_equal(count, cJSON_GetArraySize(conformance_input(item, 0)));
        cJSON_ArrayForEach(input, conformance_input(item, 0))
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

    cJSON_ArrayForEach(item, conformance_cases(state, function))
    {
        struct iscc_decoded decoded;
        char code[ISCC_CODE_SIZE], type_name[ISCC_TYPE_NAME_SIZE], units[ISCC_UNITS_MAX][ISCC_CODE_SIZE];
        size_t count;
        assert_int_equal(iscc_validate(conformance_code(item)), ISCC_OK);
        assert_int_equal(iscc_decode(conformance_code(item), &decoded, NULL), ISCC_OK);
        assert_int_equal(decoded.main_type, main_type);
        assert_int_equal(iscc_encode(&decoded, code), ISCC_OK);
        assert_string_equal(code, conformance_code(item));
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
        cmocka_unit_test(test_data_codes),
        cmocka_unit_test(test_instance_codes),
        cmocka_unit_test(test_iscc_codes),
        cmocka_unit_test(test_iscc_codes_decompose),
        cmocka_unit_test(test_every_code_goes_through_the_codec),
    };

    return cmocka_run_group_tests(tests, conformance_open, conformance_close);
}
