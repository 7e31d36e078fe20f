/* SPDX-License-Identifier: Apache-2.0 */
/* Texts that are not codes: each is rejected with its reason and position. */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "all_codes.h"
#include "codes/base32.h"
#include "support/unit.h"

#define MEBIBYTE ((size_t)1 << 20)

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567abcdefghijklmnopqrstuvwxyz";

static void assert_refused(const char *text, size_t size, iscc_status status, size_t position)
{
    struct iscc_decoded decoded;
    size_t found;

    assert_int_equal(decode_copy(text, size, &decoded, &found), status);
    assert_int_equal(found, position);
}

/* Copies a text in upper case without hyphens and blanks: what is left of a text that is read without complaint. */
static void copy_digits(const char *text, size_t size, char *copy)
{
    for (size_t i = 0; i < size; i++)
        if (strchr("- \t\r\n", text[i]) == NULL)
            *copy++ = text[i] >= 'a' && text[i] <= 'z' ? (char)(text[i] - 'a' + 'A') : text[i];
    *copy = '\0';
}

/* One character of the base32 part was replaced. The others still mean what they meant, or the text is rejected. */
static void check_replaced(const char *text, size_t size, size_t index)
{
    struct iscc_decoded decoded;
    char expected[ISCC_CODE_SIZE];
    char canonical[ISCC_CODE_SIZE];
    size_t position;
    iscc_status status = decode_copy(text, size, &decoded, &position);
    bool ignored = text[index] == '-' || (index == size - 1 && strchr(" \t\r\n", text[index]) != NULL);

    if (memchr(digits, text[index], sizeof digits - 1) == NULL && !ignored) {
        assert_int_equal(status, ISCC_ERROR_CHARACTER);
        assert_int_equal(position, index);
    } else if (status == ISCC_OK) {
        copy_digits(text, size, expected);
        assert_int_equal(iscc_encode(&decoded, canonical), ISCC_OK);
        assert_string_equal(canonical, expected);
    } else {
        assert_in_range(status, ISCC_ERROR_TOO_SHORT, ISCC_ERROR_LENGTH);
    }
}

static void test_every_replaced_character(void **state)
{
    (void)state;
    for (size_t i = 0; i < VALID_HEADERS; i++) {
        size_t size = strlen(all_codes[i]);
        for (size_t index = 5; index < size; index++) {
            char text[ISCC_CODE_SIZE];
            memcpy(text, all_codes[i], sizeof text);
            for (int character = 1; character < 256; character++) {
                text[index] = (char)character;
                check_replaced(text, size, index);
            }
        }
    }
}

/* Without its colon or a letter the prefix is none, and its letters or colon are read as digits. */
static void test_a_damaged_prefix(void **state)
{
    static const char scheme[] = "ISCC:";
    char text[ISCC_CODE_SIZE];

    (void)state;
    memcpy(text, all_codes[0], sizeof text);
    for (size_t index = 0; index < 5; index++) {
        for (int character = 1; character < 256; character++) {
            text[index] = (char)character;
            bool same = text[index] == scheme[index] || (index < 4 && text[index] == "iscc"[index]);
            assert_int_equal(iscc_decode(text, &(struct iscc_decoded){0}, NULL) == ISCC_OK, same);
        }
        text[index] = scheme[index];
    }
    assert_refused("-ISCC:AAAZXZ6OU74YAZIM", 22, ISCC_ERROR_CHARACTER, 5);
    assert_refused("IS-CC:AAAZXZ6OU74YAZIM", 22, ISCC_ERROR_CHARACTER, 5);
    assert_refused("ISCC: AAAZXZ6OU74YAZIM", 22, ISCC_ERROR_CHARACTER, 5);
    assert_refused("ISCC:ISCC:AAAZXZ6OU74YAZIM", 26, ISCC_ERROR_CHARACTER, 9);
}

static void test_a_text_that_ends_too_soon(void **state)
{
    (void)state;
    for (size_t i = 0; i < VALID_HEADERS; i++)
        for (size_t size = 5; size < strlen(all_codes[i]); size++)
            assert_refused(all_codes[i], size, ISCC_ERROR_TOO_SHORT, size);
    assert_refused("", 0, ISCC_ERROR_TOO_SHORT, 0);
    assert_refused("I", 1, ISCC_ERROR_TOO_SHORT, 1);
    assert_refused("ISC", 3, ISCC_ERROR_TOO_SHORT, 3);
    assert_refused("ISCC", 4, ISCC_ERROR_TOO_SHORT, 4); /* INSTANCE, SubType 4, and a version of two nibbles */
    assert_refused("---", 3, ISCC_ERROR_TOO_SHORT, 3);
    assert_refused(" \n ", 3, ISCC_ERROR_TOO_SHORT, 3);
    assert_refused(" ISCC:AAAZ-- ", 13, ISCC_ERROR_TOO_SHORT, 13);
}

static void test_a_text_that_goes_on(void **state)
{
    (void)state;
    for (size_t i = 0; i < VALID_HEADERS; i++) {
        char text[ISCC_CODE_SIZE + 8];
        size_t size = strlen(all_codes[i]);
        memcpy(text, all_codes[i], size);
        for (size_t digit = 0; digit < sizeof digits - 1; digit++) {
            memcpy(text + size, "--AA", 4);
            text[size + 2] = digits[digit];
            assert_refused(text, size + 3, ISCC_ERROR_TOO_LONG, size + 2);
            assert_refused(text, size + 4, ISCC_ERROR_TOO_LONG, size + 2);
        }
    }
}

static void test_bits_after_the_last_byte(void **state)
{
    (void)state;
    for (size_t i = 0; i < VALID_HEADERS; i++) {
        char text[ISCC_CODE_SIZE];
        size_t size = strlen(all_codes[i]);
        unsigned spare = (unsigned)(5 * (size - 5) - 16 - all_decoded[i].bits);
        unsigned last = (unsigned)iscc_base32_value(all_codes[i][size - 1]);
        memcpy(text, all_codes[i], sizeof text);
        for (unsigned bits = 1; bits < 1u << spare; bits++) {
            text[size - 1] = digits[last | bits];
            assert_refused(text, size, ISCC_ERROR_TOO_LONG, size - 1);
        }
    }
}

static void test_header_errors_point_behind_the_prefix(void **state)
{
    (void)state;
    assert_refused(" iscc:-QAAZXZ6OU74YAZIM", 23, ISCC_ERROR_MAIN_TYPE, 6);
    assert_refused("77777777", 8, ISCC_ERROR_MAIN_TYPE, 0);
    assert_refused("ISCC:GEAZXZ6OU74YAZIM", 21, ISCC_ERROR_SUB_TYPE, 5);
    assert_refused("ISCC:GAIZXZ6OU74YAZIM", 21, ISCC_ERROR_VERSION, 5);
    assert_refused("ISCC:GAEAXZ6OU74YAZIM", 21, ISCC_ERROR_LENGTH, 5); /* 8, in two nibbles */
    assert_refused("ISCC:QAAZXZ6OU74YA!IM", 21, ISCC_ERROR_CHARACTER, 18);
}

static void test_characters_with_no_place(void **state)
{
    assert_refused("ISCC:AAAZXZ6O U74YAZIM", 22, ISCC_ERROR_CHARACTER, 13);
    assert_refused("ISCC:AAAZXZ6OU74YAZIM \t!", 24, ISCC_ERROR_CHARACTER, 21);
    assert_refused("ISCC:AAAZXZ6OU74YAZIM=", 22, ISCC_ERROR_CHARACTER, 21);
    assert_refused("ISCC:AAAZXZ6OU74YAZIM\v", 22, ISCC_ERROR_CHARACTER, 21);
    assert_refused("\xC2\xA0ISCC:AAAZXZ6OU74YAZIM", 23, ISCC_ERROR_CHARACTER, 0);
    assert_refused("ISCC:AAAZXZ6OU74YAZIMAAAAAAAA1", 30, ISCC_ERROR_CHARACTER, 29);
    (void)state;
}

/* Any length is read in one pass and with the same few bytes of memory. */
static void test_very_long_texts(void **state)
{
    static const char code[] = "AAAZXZ6OU74YAZIM";
    size_t size = 2 * MEBIBYTE + 2 * (sizeof code - 1);
    char *text = malloc(size + 1);
    struct iscc_decoded decoded;
    size_t position;

    (void)state;
    assert_non_null(text);
    text[size] = '\0';
    memset(text, 'A', size);
    assert_refused(text, size, ISCC_ERROR_TOO_LONG, 10);
    text[size - 1] = '!';
    assert_refused(text, size, ISCC_ERROR_CHARACTER, size - 1);
    memset(text, '7', size);
    assert_refused(text, size, ISCC_ERROR_MAIN_TYPE, 0);
    memset(text, '-', size);
    assert_refused(text, size, ISCC_ERROR_TOO_SHORT, size);
    memcpy(text + MEBIBYTE, code, sizeof code - 1);
    assert_int_equal(decode_copy(text, size, &decoded, &position), ISCC_OK);
    memcpy(text + size - 1, "A", 1);
    assert_refused(text, size, ISCC_ERROR_TOO_LONG, size - 1);
    memset(text, ' ', size);
    memcpy(text + MEBIBYTE, code, sizeof code - 1);
    assert_int_equal(decode_copy(text, size, &decoded, &position), ISCC_OK);
    text[size - 1] = 'A';
    assert_refused(text, size, ISCC_ERROR_CHARACTER, MEBIBYTE + sizeof code - 1);
    free(text);
}

TEST_FILE(damaged_code)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_replaced_character),  cmocka_unit_test(test_a_damaged_prefix),
        cmocka_unit_test(test_a_text_that_ends_too_soon), cmocka_unit_test(test_a_text_that_goes_on),
        cmocka_unit_test(test_bits_after_the_last_byte),  cmocka_unit_test(test_header_errors_point_behind_the_prefix),
        cmocka_unit_test(test_characters_with_no_place),  cmocka_unit_test(test_very_long_texts),
    };

    return cmocka_run_group_tests(tests, all_codes_make, NULL);
}
