/* SPDX-License-Identifier: Apache-2.0 */
/* Why a text is not a code: the expected length, the position, and a message that is safe to print. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "code_input/code_reader.h"
#include "core/codes/all_codes.h"
#include "support/random.h"
#include "support/unit.h"
#include "util/sanitize.h"

enum { PREFIX = 5, HEADER_DIGITS = 4, TEXTS = 20000, TEXT_MAX = 100 };

/* Reads a text that must be rejected, from a block of exactly its size. */
static struct code_error read_bad_code(const char *text, size_t size)
{
    struct iscc_decoded decoded;
    struct code_error error = {.position = SIZE_MAX};
    char *copy = malloc(size + 1);

    assert_non_null(copy);
    memcpy(copy, text, size);
    copy[size] = '\0';
    assert_false(code_read(copy, size, &decoded, &error));
    free(copy);
    return error;
}

static void test_codes_are_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < VALID_HEADERS; i++) {
        struct iscc_decoded decoded;
        struct code_error error = {.reason = "untouched"};
        assert_true(code_read(all_codes[i], strlen(all_codes[i]), &decoded, &error));
        assert_same_decoded(&decoded, &all_decoded[i]);
        assert_string_equal(error.reason, "untouched");
    }
}

static void test_cut_codes_name_their_length(void **state)
{
    (void)state;
    for (size_t i = 0; i < VALID_HEADERS; i++) {
        const size_t digits = strlen(all_codes[i]) - PREFIX;
        char number[32];
        snprintf(number, sizeof number, " %zu", digits);
        for (size_t kept = 0; kept < digits; kept++) {
            const struct code_error error = read_bad_code(all_codes[i], PREFIX + kept);
            assert_int_equal(error.status, ISCC_ERROR_TOO_SHORT);
            assert_int_equal(error.position, PREFIX + kept);
            assert_int_equal(error.expected, kept < HEADER_DIGITS ? 0 : digits);
            assert_int_equal(strstr(error.reason, "within its header") != NULL, kept < HEADER_DIGITS);
            if (kept >= HEADER_DIGITS)
                assert_string_equal(error.reason + strlen(error.reason) - strlen(number), number);
        }
    }
}

static void test_longer_texts_name_their_length(void **state)
{
    (void)state;
    for (size_t i = 0; i < VALID_HEADERS; i++) {
        const size_t size = strlen(all_codes[i]);
        char text[2 * ISCC_CODE_SIZE];
        for (size_t more = 1; more < 60; more++) {
            memcpy(text, all_codes[i], size);
            memset(text + size, 'A', more);
            const struct code_error error = read_bad_code(text, size + more);
            assert_int_equal(error.status, ISCC_ERROR_TOO_LONG);
            assert_int_equal(error.position, size);
            assert_int_equal(error.expected, size - PREFIX);
            assert_non_null(strstr(error.reason, "one too many"));
        }
    }
}

/* Where the last character has bits to spare, setting them makes neither a character nor a length wrong. */
static void test_spare_bits_are_told(void **state)
{
    size_t errors = 0;

    (void)state;
    for (size_t i = 0; i < VALID_HEADERS; i++) {
        const size_t size = strlen(all_codes[i]);
        char text[ISCC_CODE_SIZE];
        if ((size - PREFIX) * 5 == 16 + all_decoded[i].bits)
            continue;
        memcpy(text, all_codes[i], sizeof text);
        text[size - 1] = text[size - 1] == 'Z' ? '2' : (char)(text[size - 1] + 1);
        const struct code_error error = read_bad_code(text, size);
        assert_int_equal(error.status, ISCC_ERROR_TOO_LONG);
        assert_int_equal(error.position, size - 1);
        assert_non_null(strstr(error.reason, "a bit set after the end"));
        errors++;
    }
    assert_true(errors > 0);
}

static void test_forgiven_characters_do_not_count(void **state)
{
    const char text[] = " \tiscc:gaad-cqst--m \n";
    const struct code_error error = read_bad_code(text, strlen(text));

    (void)state;
    assert_int_equal(error.expected, 10);
    assert_string_equal(error.reason,
                        "it ends after 9 base32 characters, but its header, DATA-NONE-V0-32, asks for 10");
}

/* A NUL is the first thing that is wrong, unless something before it is. */
static void test_nul_is_a_character(void **state)
{
    struct code_error error = read_bad_code("GAADCQSTMQ\0", 11);

    (void)state;
    assert_int_equal(error.status, ISCC_ERROR_CHARACTER);
    assert_int_equal(error.position, 10);
    assert_string_equal(error.reason, "character 11 is '\\000', which is not base32");
    error = read_bad_code("GAA\0DCQSTMQ", 11);
    assert_int_equal(error.position, 3);
    error = read_bad_code("G!A\0", 4);
    assert_int_equal(error.position, 1);
    error = read_bad_code("\0", 1);
    assert_int_equal(error.position, 0);
}

static void test_reasons_are_printable_whatever_the_text_is(void **state)
{
    static const char base32[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567-- ";
    uint64_t generator = random_seed();

    (void)state;
    for (size_t i = 0; i < TEXTS; i++) {
        char text[TEXT_MAX + 1];
        struct iscc_decoded decoded;
        struct code_error error;
        const size_t size = random_below(&generator, TEXT_MAX);
        random_fill(&generator, text, size);
        for (size_t j = 0; i % 4 != 0 && j < size; j++)
            if (i % 4 == 1 || random_below(&generator, 40) != 0)
                text[j] = base32[(unsigned char)text[j] % (sizeof base32 - 1)];
        text[size] = '\0';
        if (code_read(text, size, &decoded, &error))
            continue;
        char masked[SANITIZED_SIZE(sizeof error.reason)];
        sanitize_copy(masked, error.reason, strlen(error.reason), "");
        assert_string_equal(masked, error.reason);
        assert_true(error.reason[0] != '\0' && strlen(error.reason) + 1 < sizeof error.reason);
        assert_true(error.position <= size);
        assert_string_not_equal(code_error_word(&error), "EUNKNOWN");
    }
}

TEST_FILE(code_reader)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_codes_are_read),
        cmocka_unit_test(test_cut_codes_name_their_length),
        cmocka_unit_test(test_longer_texts_name_their_length),
        cmocka_unit_test(test_spare_bits_are_told),
        cmocka_unit_test(test_forgiven_characters_do_not_count),
        cmocka_unit_test(test_nul_is_a_character),
        cmocka_unit_test(test_reasons_are_printable_whatever_the_text_is),
    };
    return cmocka_run_group_tests(tests, all_codes_make, NULL);
}
