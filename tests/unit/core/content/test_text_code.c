/* SPDX-License-Identifier: Apache-2.0 */
/* The Text-Code: golden vectors in any split, and random texts against a plain computation of each step. */
#include <iscc/iscc.h>
#include <stdlib.h>
#include <string.h>

#include "core/code_text.h"
#include "core/content/iso_vectors.h"
#include "core/content/model_text_code.h"
#include "core/unicode/model_text.h"
#include "support/canary.h"
#include "support/random.h"
#include "support/unit.h"

/* Any split: of single bytes, or of pieces of any size. Returns the status of the first call that fails. */
static iscc_status hash_split(iscc_text_hasher *hasher, uint64_t *random, const char *text, size_t size, unsigned bits,
                              char code[ISCC_CODE_SIZE], uint64_t *characters)
{
    const size_t longest = (size_t)1 << random_below(random, 16);
    iscc_status status = ISCC_OK;

    iscc_text_hasher_reset(hasher);
    for (size_t done = 0, piece; done < size && status == ISCC_OK; done += piece) {
        piece = random_below(random, longest) + (longest == 1);
        piece = piece < size - done ? piece : size - done;
        /* In memory of its own, so that a sanitizer sees a read past the end. */
        char *copy = malloc(piece + (piece == 0));
        assert_non_null(copy);
        memcpy(copy, text + done, piece);
        status = iscc_text_hasher_update(hasher, copy, piece);
        free(copy);
    }
    const iscc_status final = iscc_text_hasher_finalize(hasher, bits, code, characters);
    if (status != ISCC_OK)
        assert_int_not_equal(final, ISCC_OK);
    return final;
}

/* ---- Vectors ---- */

static uint64_t splits;
static iscc_text_hasher *shared_hasher;

static bool is_known(const struct iso_vector *vector)
{
    const char *needs = cJSON_GetStringValue(cJSON_GetObjectItem(vector->json, "needs"));
    return needs == NULL || atof(needs + strlen("unicode>=")) <= atof(iscc_unicode_version());
}

static void check_vector(const struct iso_vector *vector)
{
    char code[ISCC_CODE_SIZE];
    uint64_t characters;
    size_t size;
    size_t position = 12345;
    char *text = (char *)iso_bytes(iso_input(vector, "text"), &size);
    const iscc_status expected = iso_is_error(vector, "bits")   ? ISCC_ERROR_BITS
                                 : iso_is_error(vector, "utf8") ? ISCC_ERROR_UTF8
                                                                : ISCC_OK;

    for (int i = 0; i < 8 && is_known(vector); i++) {
        CANARY_SET(code);
        CANARY_SET(characters);
        const iscc_status status =
            i == 0 ? iscc_gen_text_code_v0(text, size, vector->bits, code, &characters, &position)
                   : hash_split(shared_hasher, &splits, text, size, vector->bits, code, &characters);
        if (status != expected)
            fail_msg("%s: status %d, not %d", vector->id, status, expected);
        if (status != ISCC_OK) {
            CANARY_CHECK(code);
            CANARY_CHECK(characters);
            continue;
        }
        iso_check_text(vector, "iscc", code, strlen(code));
        if (iso_output(vector, "characters")->valuedouble != (double)characters)
            fail_msg("%s: %llu characters", vector->id, (unsigned long long)characters);
    }
    assert_true((position != 12345) == (expected == ISCC_ERROR_UTF8));
    free(text);
}

static void vectors(void **state)
{
    (void)state;
    splits = random_seed();
    assert_int_equal(iscc_text_hasher_new(&shared_hasher), ISCC_OK);
    iso_vectors_each("gen_text_code_v0", 72, check_vector);
    iscc_text_hasher_free(shared_hasher);
}

static void position_of_invalid_bytes(void **state)
{
    static const struct {
        const char *text;
        size_t position;
    } rows[] = {{"\xff", 0}, {"abc\xff", 3}, {"ab\xe2\x82\xac\xe2\x82", 5}, {"ab\xe2\x82zz", 2}, {"\xf0\x9f\x99", 0}};
    char code[ISCC_CODE_SIZE];

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        size_t position = 12345;
        const size_t size = strlen(rows[i].text);
        assert_int_equal(iscc_gen_text_code_v0(rows[i].text, size, 64, code, NULL, &position), ISCC_ERROR_UTF8);
        assert_int_equal(position, rows[i].position);
        assert_int_equal(iscc_gen_text_code_v0(rows[i].text, size, 64, code, NULL, NULL), ISCC_ERROR_UTF8);
    }
}

/* The hasher refuses everything after bytes that are not UTF-8, and goes on after a character that was cut off. */
static void invalid_until_reset(void **state)
{
    iscc_text_hasher *hasher = NULL;
    char code[ISCC_CODE_SIZE];
    char expected[ISCC_CODE_SIZE];
    uint64_t characters;

    (void)state;
    assert_int_equal(iscc_text_hasher_new(&hasher), ISCC_OK);
    assert_int_equal(iscc_text_hasher_update(hasher, "a\xe2\x82", 3), ISCC_OK);
    assert_int_equal(iscc_text_hasher_finalize(hasher, 64, code, NULL), ISCC_ERROR_UTF8);
    assert_int_equal(iscc_text_hasher_update(hasher, "\xac", 1), ISCC_OK);
    assert_int_equal(iscc_text_hasher_finalize(hasher, 64, code, &characters), ISCC_OK);
    assert_int_equal(characters, 2);
    assert_int_equal(iscc_text_hasher_update(hasher, "\xe2", 1), ISCC_OK);
    assert_int_equal(iscc_text_hasher_update(hasher, "x", 1), ISCC_ERROR_UTF8);
    assert_int_equal(iscc_text_hasher_update(hasher, "x", 1), ISCC_ERROR_UTF8);
    assert_int_equal(iscc_text_hasher_update(hasher, "", 0), ISCC_ERROR_UTF8);
    assert_int_equal(iscc_text_hasher_finalize(hasher, 64, code, NULL), ISCC_ERROR_UTF8);
    iscc_text_hasher_reset(hasher);
    assert_int_equal(iscc_text_hasher_finalize(hasher, 64, code, &characters), ISCC_OK);
    assert_int_equal(characters, 0);
    assert_int_equal(iscc_gen_text_code_v0(NULL, 0, 64, expected, NULL, NULL), ISCC_OK);
    assert_string_equal(code, expected);
    iscc_text_hasher_free(hasher);
}

/* ---- Against the model ---- */

static void check_text(iscc_text_hasher *hasher, uint64_t *random, const char *text, size_t size)
{
    uint8_t digest[32];
    uint64_t expected_characters;
    uint64_t characters;
    char expected[ISCC_CODE_SIZE];
    char code[ISCC_CODE_SIZE];

    if (!model_is_right(text, size))
        return;
    model_text_digest(text, size, digest, &expected_characters);
    code_text_content(ISCC_TEXT, 256, digest, expected);
    assert_int_equal(hash_split(hasher, random, text, size, 256, code, &characters), ISCC_OK);
    assert_string_equal(code, expected);
    assert_int_equal(characters, expected_characters);
    assert_int_equal(iscc_gen_text_code_v0(text, size, 256, code, &characters, NULL), ISCC_OK);
    assert_string_equal(code, expected);
    assert_int_equal(characters, expected_characters);
}

enum { TEXT_MAX = 60000 };

/* Texts of one script, of several, and of words that repeat. */
static size_t make_text(uint64_t *random, char *text)
{
    static const uint32_t ranges[][2] = {{0x20, 0x7e},     {0x20, 0x7e},       {0xc0, 0x24f},    {0x370, 0x3ff},
                                         {0x400, 0x45f},   {0x4e00, 0x9fff},   {0x3040, 0x30ff}, {0xff00, 0xffdc},
                                         {0xac00, 0xd7a3}, {0x1f300, 0x1f6ff}, {0x5b0, 0x5ea},   {0xfd00, 0xfdff}};
    const size_t kinds = sizeof ranges / sizeof ranges[0];
    const size_t limit = random_below(random, (size_t)1 << (1 + random_below(random, 16)));
    size_t size = 0;

    while (size < limit && size < TEXT_MAX - 4) {
        const uint32_t *range = ranges[random_below(random, kinds)];
        for (size_t left = random_below(random, 1000); left > 0 && size < limit && size < TEXT_MAX - 4; left--)
            size += model_put(text + size, range[0] + (uint32_t)random_below(random, range[1] - range[0] + 1));
    }
    return size;
}

/* The model knows one version of Unicode; with another, skips the test. */
static iscc_text_hasher *new_hasher_for_model(void)
{
    iscc_text_hasher *hasher = NULL;

    if (!model_has_version())
        skip();
    assert_int_equal(iscc_text_hasher_new(&hasher), ISCC_OK);
    return hasher;
}

static void random_texts(void **state)
{
    static char text[TEXT_MAX];
    uint64_t random = random_seed();
    iscc_text_hasher *hasher = new_hasher_for_model();

    (void)state;
    for (size_t i = random_rounds(150); i > 0; i--)
        check_text(hasher, &random, text, make_text(&random, text));
    iscc_text_hasher_free(hasher);
}

/* A sigma that stays open while the buffer is hashed, once and several times, at every distance from the end of the
 * buffer at which windows of both buffers hold it; and then is final, or is not, because of a letter, a sigma, or the
 * end. */
static void open_sigma(void **state)
{
    static const char *const ends[] = {"", "a", "\u03a3", "\u03a3 x", "!", "-A\u03a3^^^", " \u0391\u03a3"};
    static char text[TEXT_MAX];
    uint64_t random = random_seed();
    iscc_text_hasher *hasher = new_hasher_for_model();

    (void)state;
    for (size_t i = random_rounds((size_t)7 * 40); i > 0; i--) {
        /* The buffer is hashed when it holds a little less than 8 KiB. */
        size_t before = 7960 + random_below(&random, 60);
        const size_t after = i % 3 == 0 ? random_below(&random, 60) : random_below(&random, 20000);
        memset(text, 'a', before);
        for (size_t j = 0; j < before; j += 1 + random_below(&random, 9))
            text[j] = (char)('b' + random_below(&random, 20));
        memcpy(text + before, "\u03a3", 2);
        memset(text + before + 2, '^', after);
        before += 2 + after;
        memcpy(text + before, ends[i % 7], strlen(ends[i % 7]));
        check_text(hasher, &random, text, before + strlen(ends[i % 7]));
    }
    iscc_text_hasher_free(hasher);
}

TEST_FILE(text_code)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vectors),
        cmocka_unit_test(position_of_invalid_bytes),
        cmocka_unit_test(invalid_until_reset),
        cmocka_unit_test(random_texts),
        cmocka_unit_test(open_sigma),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
