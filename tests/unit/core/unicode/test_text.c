/* SPDX-License-Identifier: Apache-2.0 */
/* The functions that prepare texts: golden vectors, and random texts against one pass for each step with utf8proc. */
#include <iscc/iscc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/content/iso_vectors.h"
#include "core/unicode/model_text.h"
#include "support/random.h"
#include "support/unit.h"

typedef iscc_status text_function(const char *text, size_t size, char *out, size_t capacity, size_t *length);

/* Calls with room for nothing, for one byte less, for much more, and for exactly the result, which is returned, to be
 * freed. Only where there is more room than the result needs may ASCII take a faster way. */
static char *run(text_function *function, const char *text, size_t size, size_t *length)
{
    const iscc_status status = function(text, size, NULL, 0, length);
    char *out = malloc(*length + 1);

    assert_non_null(out);
    assert_int_equal(status, *length == 0 ? ISCC_OK : ISCC_ERROR_CAPACITY);
    for (size_t missing = *length > 0; missing <= 1; missing--) {
        size_t again = 0;
        const size_t capacity = *length - missing;
        out[capacity] = '#';
        assert_int_equal(function(text, size, out, capacity, &again), missing ? ISCC_ERROR_CAPACITY : ISCC_OK);
        assert_int_equal(again, *length);
        assert_int_equal(out[capacity], '#');
    }
    char *spacious = malloc(*length + 1000);
    size_t again = 0;
    assert_non_null(spacious);
    assert_int_equal(function(text, size, spacious, *length + 1000, &again), ISCC_OK);
    assert_int_equal(again, *length);
    assert_memory_equal(spacious, out, *length);
    free(spacious);
    return out;
}

static void check_vector(const struct iso_vector *vector, text_function *function)
{
    size_t size;
    size_t length;
    char *text = (char *)iso_bytes(iso_input(vector, "text"), &size);
    char *out = run(function, text, size, &length);

    iso_check_text(vector, "text", out, length);
    free(out);
    free(text);
}

static void check_clean(const struct iso_vector *vector)
{
    check_vector(vector, iscc_text_clean);
}

static void check_collapse(const struct iso_vector *vector)
{
    check_vector(vector, iscc_text_collapse);
}

static void check_remove_newlines(const struct iso_vector *vector)
{
    check_vector(vector, iscc_text_remove_newlines);
}

static size_t trim_size;

static iscc_status trim(const char *text, size_t size, char *out, size_t capacity, size_t *length)
{
    return iscc_text_trim(text, size, trim_size, out, capacity, length);
}

static void check_trim(const struct iso_vector *vector)
{
    trim_size = (size_t)iso_input(vector, "nbytes")->valueint;
    check_vector(vector, trim);
}

static void vectors(void **state)
{
    (void)state;
    iso_vectors_each("text_clean", 13, check_clean);
    iso_vectors_each("text_collapse", 8, check_collapse);
    iso_vectors_each("text_remove_newlines", 4, check_remove_newlines);
    iso_vectors_each("text_trim", 11, check_trim);
}

/* ---- UTF-8 ---- */

static const struct {
    const char *bytes;
    size_t size;
    bool valid;
} sequences[] = {
    {"", 0, true},
    {"\0", 1, true},
    {"\x7f", 1, true},
    {"\x80", 1, false},
    {"\xbf", 1, false},
    {"\xc0\x80", 2, false},
    {"\xc1\xbf", 2, false},
    {"\xc2\x80", 2, true},
    {"\xc2", 1, false},
    {"\xc2\x41", 2, false},
    {"\xc2\xc2\x80", 3, false},
    {"\xdf\xbf", 2, true},
    {"\xe0\x9f\xbf", 3, false},
    {"\xe0\xa0\x80", 3, true},
    {"\xe0\xa0", 2, false},
    {"\xe0\xa0\xc0", 3, false},
    {"\xed\x9f\xbf", 3, true},
    {"\xed\xa0\x80", 3, false},
    {"\xed\xbf\xbf", 3, false},
    {"\xee\x80\x80", 3, true},
    {"\xef\xbf\xbf", 3, true},
    {"\xf0\x8f\xbf\xbf", 4, false},
    {"\xf0\x90\x80\x80", 4, true},
    {"\xf0\x90\x80", 3, false},
    {"\xf0\x90\x80\x7f", 4, false},
    {"\xf4\x8f\xbf\xbf", 4, true},
    {"\xf4\x90\x80\x80", 4, false},
    {"\xf5\x80\x80\x80", 4, false},
    {"\xff", 1, false},
};

static void utf8(void **state)
{
    text_function *const functions[] = {iscc_text_clean, iscc_text_collapse, iscc_text_remove_newlines, trim};

    (void)state;
    for (size_t i = 0; i < sizeof sequences / sizeof sequences[0]; i++)
        for (size_t j = 0; j < 4; j++) {
            char text[8] = "ab";
            char out[64];
            size_t length = 12345;
            memcpy(text + 2, sequences[i].bytes, sequences[i].size);
            trim_size = 1;
            const iscc_status status = functions[j](text, 2 + sequences[i].size, out, sizeof out, &length);
            if (status != (sequences[i].valid ? ISCC_OK : ISCC_ERROR_UTF8))
                fail_msg("sequence %zu, function %zu: %s", i, j, iscc_strerror(status));
            assert_true(sequences[i].valid == (length != 12345));
        }
}

/* ---- Against the model ---- */

static void compare(const char *what, const char *text, size_t size, const char *found, size_t length,
                    const char *expected, size_t expected_length)
{
    if (length == expected_length && memcmp(found, expected, length) == 0)
        return;
    fprintf(stderr, "%s of", what);
    for (size_t i = 0; i < size; i++)
        fprintf(stderr, " %02x", (unsigned char)text[i]);
    fail_msg("gives '%.*s', not '%.*s'", (int)length, found, (int)expected_length, expected);
}

static void check_text(const char *text, size_t size)
{
    size_t length;
    size_t expected_length;

    if (!model_is_right(text, size))
        return;
    char *out = run(iscc_text_collapse, text, size, &length);
    char *expected = model_collapse(text, size, &expected_length);

    compare("collapse", text, size, out, length, expected, expected_length);
    free(out);
    free(expected);
    out = run(iscc_text_clean, text, size, &length);
    expected = model_clean(text, size, &expected_length);
    compare("clean", text, size, out, length, expected, expected_length);
    free(out);
    free(expected);
}

/* Each character alone, and before and after others with which it may compose or change places. */
static void every_character(void **state)
{
    static const char *const around[][2] = {{"", ""}, {"a", "\u0301\u0327"}, {"\u00a8\uff9e", "\uff9e"}};

    (void)state;
    if (!model_has_version())
        skip();
    for (uint32_t character = 0; character < 0x110000; character++) {
        if ((character >= 0xd800 && character < 0xe000) || (character >= 0x30000 && character % 251 != 0))
            continue;
        for (size_t i = 0; i < 3; i++) {
            char text[32];
            size_t size = strlen(around[i][0]);
            memcpy(text, around[i][0], size);
            size += model_put(text + size, character);
            memcpy(text + size, around[i][1], strlen(around[i][1]));
            check_text(text, size + strlen(around[i][1]));
        }
    }
}

/* Characters that take part in some rule, and any others. */
static uint32_t random_character(uint64_t *random)
{
    static const uint32_t ranges[][2] = {
        {0x20, 0x7e},     {0x3a3, 0x3a3},   {0x3a3, 0x3a3},   {0x391, 0x3c9},    {0x300, 0x345},     {0xff61, 0xff9f},
        {0xff9e, 0xff9f}, {0x1100, 0x11ff}, {0xac00, 0xac40}, {0xa8, 0xb8},      {0x9, 0x20},        {0x85, 0xad},
        {0x5b0, 0x5ea},   {0x64b, 0x652},   {0x900, 0x9ff},   {0xb3e, 0xb57},    {0x1e00, 0x1fff},   {0x2000, 0x206f},
        {0x3041, 0x30ff}, {0x3131, 0x3163}, {0xf900, 0xfaff}, {0xfb00, 0xfdff},  {0x1d15e, 0x1d1c0}, {0x1f170, 0x1f189},
        {0x2b0, 0x2ff},   {0x5e, 0x60},     {0xe30, 0xe33},   {0x11099, 0x110ba}};
    const size_t count = sizeof ranges / sizeof ranges[0];
    const size_t which = random_below(random, count + 2);
    uint32_t character;

    if (which < count)
        return ranges[which][0] + (uint32_t)random_below(random, ranges[which][1] - ranges[which][0] + 1);
    do
        character = (uint32_t)random_below(random, which == count ? 0x3000 : 0x110000);
    while (character >= 0xd800 && character < 0xe000);
    return character;
}

static void random_texts(void **state)
{
    uint64_t random = random_seed();

    (void)state;
    if (!model_has_version())
        skip();
    for (size_t i = random_rounds(30000); i > 0; i--) {
        char text[64 * 4];
        size_t size = 0;
        for (size_t left = random_below(&random, random_below(&random, 60) + 1); left > 0; left--) {
            const uint32_t character = random_character(&random);
            /* Now and then a run of one. */
            for (size_t n = random_below(&random, 16) == 0 ? random_below(&random, left) : 0; n > 0; n--, left--)
                size += model_put(text + size, character);
            size += model_put(text + size, character);
        }
        check_text(text, size);
    }
}

/* Runs of marks that exceed what is held: of one class and of many. */
static void long_runs(void **state)
{
    static const char *const starts[] = {"", "a", "\u00a8", "\u304b", "\ufc5e", "\u0391\u03a3", "\uff76"};
    static const uint32_t marks[] = {0xff9e, 0xff9f, 0x3099, 0x301, 0x327, 0x5b0};
    uint64_t random = random_seed();

    (void)state;
    if (!model_has_version())
        skip();
    for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++)
        for (size_t kinds = 1; kinds <= 6; kinds++)
            for (size_t count = 28; count < 140; count += 1 + count / 8) {
                char text[1024];
                size_t size = strlen(starts[i]);
                memcpy(text, starts[i], size);
                for (size_t n = 0; n < count; n++)
                    size += model_put(text + size, marks[random_below(&random, kinds)]);
                size += model_put(text + size, 'x');
                check_text(text, size);
            }
}

/* Any number of characters that are dropped may stand between two that compose. */
static void dropped_between(void **state)
{
    (void)state;
    for (size_t count = 0; count < 80; count++) {
        char text[400];
        size_t length;
        size_t size = model_put(text, 0xac00);
        memset(text + size, count % 2 == 0 ? ' ' : '.', count);
        size += count;
        size += model_put(text + size, 0x11a8);
        size += model_put(text + size, 0xff76);
        memset(text + size, count % 3 == 0 ? '\0' : '!', count);
        size += count;
        size += model_put(text + size, 0xff9e);
        char *out = run(iscc_text_collapse, text, size, &length);
        assert_int_equal(length, 6);
        assert_memory_equal(out, "\uac01\u30ac", 6);
        free(out);
        check_text(text, size);
    }
}

/* U+11A7 is none of the trailing consonants that compose with a syllable; those beside it are a vowel's and the first.
 */
static void not_a_trailing_consonant(void **state)
{
    size_t length;
    char *out = run(iscc_text_collapse, "\uac00\u11a7\uac00\u11a8\u1100\u1161\u11c2\uac01\u11a8", 27, &length);

    (void)state;
    assert_int_equal(length, 18);
    assert_memory_equal(out, "\uac00\u11a7\uac01\uac1b\uac01\u11a8", length);
    free(out);
}

TEST_FILE(text)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vectors),         cmocka_unit_test(utf8),      cmocka_unit_test(every_character),
        cmocka_unit_test(random_texts),    cmocka_unit_test(long_runs), cmocka_unit_test(not_a_trailing_consonant),
        cmocka_unit_test(dropped_between),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
