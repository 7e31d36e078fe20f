/* SPDX-License-Identifier: Apache-2.0 */
/* Null pointers and values out of range, at the functions for content: the status says so, and no result is written. */
#include <iscc/iscc.h>
#include <limits.h>

#include "support/canary.h"
#include "support/unit.h"

static const char bytes[] = "some bytes";
static const unsigned bad_bits[] = {0, 1, 31, 33, 48, 65, 255, 257, 288, 0x80000040u, UINT_MAX};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void assert_argument(iscc_status status)
{
    assert_int_equal(status, ISCC_ERROR_ARGUMENT);
}

static void media(void **state)
{
    static const uint8_t pixels[1024];
    static const int32_t frames[ISCC_VIDEO_FRAME];
    const char *const codes[] = {"ISCC:EAAUFZ6CFF6DLFZK", "ISCC:EEA4KUYAKMAFGACT", NULL};
    char code[ISCC_CODE_SIZE];

    (void)state;
    CANARY_SET(code);
    assert_argument(iscc_gen_image_code_v0(NULL, 64, code));
    assert_argument(iscc_gen_image_code_v0(pixels, 64, NULL));
    assert_argument(iscc_gen_audio_code_v0(NULL, 1, 64, code));
    assert_argument(iscc_gen_audio_code_v0(frames, SIZE_MAX, 64, code));
    assert_argument(iscc_gen_audio_code_v0(frames, 1, 64, NULL));
    assert_argument(iscc_gen_video_code_v0(NULL, 0, 64, code));
    assert_argument(iscc_gen_video_code_v0(frames, 0, 64, code));
    assert_argument(iscc_gen_video_code_v0(frames, SIZE_MAX, 64, code));
    assert_argument(iscc_gen_video_code_v0(frames, 1, 64, NULL));
    assert_argument(iscc_gen_mixed_code_v0(NULL, 2, 64, code));
    assert_argument(iscc_gen_mixed_code_v0(codes, 3, 64, code));
    assert_argument(iscc_gen_mixed_code_v0(codes, 2, 64, NULL));
    assert_int_equal(iscc_gen_mixed_code_v0(codes, 1, 64, code), ISCC_ERROR_UNITS);
    for (size_t i = 0; i < COUNT(bad_bits); i++) {
        assert_int_equal(iscc_gen_image_code_v0(pixels, bad_bits[i], code), ISCC_ERROR_BITS);
        assert_int_equal(iscc_gen_audio_code_v0(frames, 1, bad_bits[i], code), ISCC_ERROR_BITS);
        assert_int_equal(iscc_gen_video_code_v0(frames, 1, bad_bits[i], code), ISCC_ERROR_BITS);
        assert_int_equal(iscc_gen_mixed_code_v0(codes, 2, bad_bits[i], code), ISCC_ERROR_BITS);
    }
    CANARY_CHECK(code);
    assert_int_equal(iscc_gen_audio_code_v0(NULL, 0, 64, code), ISCC_OK);
    assert_string_equal(code, "ISCC:EIAQAAAAAAAAAAAA");
}

static iscc_status trim(const char *text, size_t size, char *out, size_t capacity, size_t *length)
{
    return iscc_text_trim(text, size, 100, out, capacity, length);
}

static void texts(void **state)
{
    iscc_status (*const functions[])(const char *, size_t, char *, size_t,
                                     size_t *) = {iscc_text_clean, iscc_text_collapse, iscc_text_remove_newlines, trim};
    char out[16];
    size_t length;

    (void)state;
    for (size_t i = 0; i < COUNT(functions); i++) {
        CANARY_SET(out);
        CANARY_SET(length);
        assert_argument(functions[i](NULL, 1, out, sizeof out, &length));
        assert_argument(functions[i](bytes, 1, NULL, 1, &length));
        assert_argument(functions[i](bytes, 1, out, sizeof out, NULL));
        assert_int_equal(functions[i]("\xff", 1, out, sizeof out, &length), ISCC_ERROR_UTF8);
        CANARY_CHECK(out);
        CANARY_CHECK(length);
        assert_int_equal(functions[i](NULL, 0, NULL, 0, &length), ISCC_OK);
        assert_int_equal(length, 0);
        assert_int_equal(functions[i](bytes, 4, NULL, 0, &length), ISCC_ERROR_CAPACITY);
        assert_int_equal(length, 4);
    }
    assert_string_equal(iscc_unicode_version(), "15.0.0");
}

static void meta_code(void **state)
{
    struct iscc_meta_code code;
    char url[64];
    size_t length;

    (void)state;
    CANARY_SET(code);
    CANARY_SET(url);
    CANARY_SET(length);
    assert_argument(iscc_gen_meta_code_v0(NULL, 1, NULL, 0, NULL, 0, 64, &code));
    assert_argument(iscc_gen_meta_code_v0(bytes, 1, NULL, 1, NULL, 0, 64, &code));
    assert_argument(iscc_gen_meta_code_v0(bytes, 1, NULL, 0, NULL, 1, 64, &code));
    assert_argument(iscc_gen_meta_code_v0(bytes, 1, NULL, 0, NULL, 0, 64, NULL));
    assert_int_equal(iscc_gen_meta_code_v0(NULL, 0, NULL, 0, NULL, 0, 64, &code), ISCC_ERROR_NAME);
    for (size_t i = 0; i < COUNT(bad_bits); i++)
        assert_int_equal(iscc_gen_meta_code_v0(bytes, 4, NULL, 0, NULL, 0, bad_bits[i], &code), ISCC_ERROR_BITS);
    CANARY_CHECK(code);
    assert_argument(iscc_json_to_data_url(NULL, 1, url, sizeof url, &length));
    assert_argument(iscc_json_to_data_url("{}", 2, NULL, 1, &length));
    assert_argument(iscc_json_to_data_url("{}", 2, url, sizeof url, NULL));
    assert_int_equal(iscc_json_to_data_url(NULL, 0, url, sizeof url, &length), ISCC_ERROR_META);
    CANARY_CHECK(length);
    CANARY_CHECK(url);
    assert_int_equal(iscc_json_to_data_url("{}", 2, url, sizeof url, &length), ISCC_OK);
    assert_int_equal(length, 33);
    assert_memory_equal(url, "data:application/json;base64,e30=", 33);
}

static void text_code(void **state)
{
    iscc_text_hasher *hasher = NULL;
    char code[ISCC_CODE_SIZE];
    uint64_t characters;
    size_t position;

    (void)state;
    CANARY_SET(code);
    CANARY_SET(characters);
    CANARY_SET(position);
    assert_argument(iscc_text_hasher_new(NULL));
    assert_int_equal(iscc_text_hasher_new(&hasher), ISCC_OK);
    assert_argument(iscc_text_hasher_update(NULL, bytes, 1));
    assert_argument(iscc_text_hasher_update(hasher, NULL, 1));
    assert_int_equal(iscc_text_hasher_update(hasher, NULL, 0), ISCC_OK);
    assert_argument(iscc_text_hasher_finalize(NULL, 64, code, &characters));
    assert_argument(iscc_text_hasher_finalize(hasher, 64, NULL, &characters));
    assert_argument(iscc_gen_text_code_v0(NULL, 1, 64, code, &characters, &position));
    assert_argument(iscc_gen_text_code_v0(bytes, 1, 64, NULL, &characters, &position));
    for (size_t i = 0; i < COUNT(bad_bits); i++) {
        assert_int_equal(iscc_text_hasher_finalize(hasher, bad_bits[i], code, &characters), ISCC_ERROR_BITS);
        assert_int_equal(iscc_gen_text_code_v0(bytes, 1, bad_bits[i], code, &characters, &position), ISCC_ERROR_BITS);
    }
    CANARY_CHECK(code);
    CANARY_CHECK(characters);
    assert_int_equal(iscc_gen_text_code_v0("ab\xff", 3, 64, code, &characters, &position), ISCC_ERROR_UTF8);
    assert_int_equal(position, 2);
    CANARY_CHECK(code);
    CANARY_CHECK(characters);
    assert_int_equal(iscc_text_hasher_finalize(hasher, 64, code, NULL), ISCC_OK);
    iscc_text_hasher_reset(NULL);
    iscc_text_hasher_free(NULL);
    iscc_text_hasher_free(hasher);
}

static void text_copy_and_digest(void **state)
{
    iscc_text_hasher *hasher = NULL;
    iscc_text_hasher *copy = NULL;
    uint8_t digest[ISCC_UNIT_DIGEST_SIZE];
    uint64_t characters;

    (void)state;
    CANARY_SET(digest);
    CANARY_SET(characters);
    assert_int_equal(iscc_text_hasher_new(&hasher), ISCC_OK);
    assert_argument(iscc_text_hasher_copy(NULL, &copy));
    assert_argument(iscc_text_hasher_copy(hasher, NULL));
    assert_null(copy);
    assert_argument(iscc_text_hasher_digest(NULL, digest, &characters));
    assert_argument(iscc_text_hasher_digest(hasher, NULL, &characters));
    CANARY_CHECK(digest);
    CANARY_CHECK(characters);
    iscc_text_hasher_free(hasher);
}

TEST_FILE(content_arguments)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(meta_code), cmocka_unit_test(text_code), cmocka_unit_test(text_copy_and_digest),
        cmocka_unit_test(media),     cmocka_unit_test(texts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
