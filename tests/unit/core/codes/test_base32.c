/* SPDX-License-Identifier: Apache-2.0 */
/* Base32 against the examples of RFC 4648 and a decoder that works bit by bit. */
#include <string.h>

#include "codes/base32.h"
#include "support/unit.h"

#define SIZE_MAX_TRIED 64u

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/* Bit `index` of a base32 text. */
static unsigned text_bit(const char *text, size_t index)
{
    const char *digit = memchr(alphabet, text[index / 5], 32);

    assert_non_null(digit);
    return (unsigned)(digit - alphabet) >> (4 - index % 5) & 1u;
}

static unsigned byte_bit(const uint8_t *bytes, size_t size, size_t index)
{
    return index / 8 < size ? (unsigned)bytes[index / 8] >> (7 - index % 8) & 1u : 0;
}

static void check_bytes(const uint8_t *bytes, size_t size)
{
    char text[ISCC_BASE32_DIGITS(SIZE_MAX_TRIED) + 2];
    struct iscc_base32_reader reader = {0};
    uint8_t back[SIZE_MAX_TRIED + 1];
    size_t digits = ISCC_BASE32_DIGITS(size);

    memset(text, '#', sizeof text);
    memset(back, 0xA5, sizeof back);
    iscc_base32_encode(bytes, size, text);
    assert_int_equal(strlen(text), digits);
    assert_int_equal(text[digits + 1], '#');
    for (size_t bit = 0; bit < 5 * digits; bit++)
        assert_int_equal(text_bit(text, bit), byte_bit(bytes, size, bit));

    for (size_t i = 0; i < digits; i++)
        iscc_base32_read(&reader, (unsigned)iscc_base32_value(text[i]), back);
    assert_int_equal(iscc_base32_rest(&reader), 0);
    assert_memory_equal(back, bytes, size);
    assert_int_equal(back[size], 0xA5);

    memset(back, 0xA5, sizeof back);
    reader = (struct iscc_base32_reader){0};
    size_t i = iscc_base32_read_groups(&reader, text, digits, back);
    assert_int_equal(i, digits / 8 * 8);
    for (; i < digits; i++)
        iscc_base32_read(&reader, (unsigned)iscc_base32_value(text[i]), back);
    assert_int_equal(iscc_base32_rest(&reader), 0);
    assert_memory_equal(back, bytes, size);
    assert_int_equal(back[size], 0xA5);
}

static void test_examples_of_the_rfc(void **state)
{
    static const char *const texts[] = {"", "MY", "MZXQ", "MZXW6", "MZXW6YQ", "MZXW6YTB", "MZXW6YTBOI"};
    char text[16];

    (void)state;
    for (size_t size = 0; size <= 6; size++) {
        iscc_base32_encode((const uint8_t *)"foobar", size, text);
        assert_string_equal(text, texts[size]);
    }
}

static void test_every_byte_value_at_every_length(void **state)
{
    uint8_t bytes[SIZE_MAX_TRIED];

    (void)state;
    for (size_t size = 0; size <= SIZE_MAX_TRIED; size++) {
        for (unsigned value = 0; value < 256; value++) {
            memset(bytes, (int)value, size);
            check_bytes(bytes, size);
            for (size_t i = 0; i < size; i++)
                bytes[i] = (uint8_t)(value + 37 * i);
            check_bytes(bytes, size);
        }
    }
}

static void test_every_character_has_its_value(void **state)
{
    (void)state;
    for (int character = 0; character < 256; character++) {
        int upper = character >= 'a' && character <= 'z' ? character - 'a' + 'A' : character;
        const char *digit = memchr(alphabet, upper, 32);
        int expected = digit == NULL ? -1 : (int)(digit - alphabet);
        assert_int_equal(iscc_base32_value((char)character), expected);
    }
}

/* Any character at any place of a group, among seven digits that are the same: each digit once. */
static void test_a_group_has_only_digits(void **state)
{
    (void)state;
    for (size_t place = 0; place < 8; place++) {
        for (int character = 0; character < 256; character++) {
            for (size_t digit = 0; digit < 32; digit++) {
                const int value = iscc_base32_value((char)character);
                struct iscc_base32_reader reader = {0};
                uint8_t bytes[5] = {0};
                uint8_t expected[5];
                char text[8];
                memset(text, alphabet[digit], sizeof text);
                text[place] = (char)character;
                const size_t count = iscc_base32_read_groups(&reader, text, sizeof text, bytes);
                assert_int_equal(count, value < 0 ? 0 : 8);
                assert_int_equal(reader.count, count);
                reader = (struct iscc_base32_reader){0};
                for (size_t i = 0; i < 8 && value >= 0; i++)
                    iscc_base32_read(&reader, (unsigned)iscc_base32_value(text[i]), expected);
                if (value >= 0)
                    assert_memory_equal(bytes, expected, sizeof bytes);
            }
        }
    }
}

static void test_bits_after_the_last_byte_are_returned(void **state)
{
    struct iscc_base32_reader reader = {0};
    uint8_t bytes[5];

    (void)state;
    for (size_t count = 0; count <= 8; count++) {
        assert_int_equal(iscc_base32_rest(&reader), (1u << (5 * count % 8)) - 1u);
        for (size_t i = 0; i < ISCC_BASE32_BYTES(count); i++)
            assert_int_equal(bytes[i], 0xFF);
        if (count < 8)
            iscc_base32_read(&reader, 31, bytes);
    }
}

TEST_FILE(base32)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_examples_of_the_rfc),
        cmocka_unit_test(test_every_byte_value_at_every_length),
        cmocka_unit_test(test_every_character_has_its_value),
        cmocka_unit_test(test_a_group_has_only_digits),
        cmocka_unit_test(test_bits_after_the_last_byte_are_returned),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
