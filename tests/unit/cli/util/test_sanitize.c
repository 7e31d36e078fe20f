/* SPDX-License-Identifier: Apache-2.0 */
/* UTF-8 validation against its definition, and escaping. */
#include <stdlib.h>
#include <string.h>

#include "support/unit.h"
#include "util/sanitize.h"

static size_t encode(unsigned point, unsigned char *bytes)
{
    if (point < 0x80) {
        bytes[0] = (unsigned char)point;
        return 1;
    }
    const size_t length = point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    for (size_t i = length - 1; i > 0; i--, point >>= 6)
        bytes[i] = (unsigned char)(0x80 | (point & 0x3f));
    bytes[0] = (unsigned char)((0xf00 >> length & 0xff) | point);
    return length;
}

/* In a block of exactly that size, so that a sanitizer detects a read past the end. */
static size_t length_of(const unsigned char *bytes, size_t size)
{
    char *copy = malloc(size);
    assert_non_null(copy);
    memcpy(copy, bytes, size);
    const size_t length = utf8_length(copy, size);
    free(copy);
    return length;
}

static void each_code_point_has_one_sequence(void **state)
{
    (void)state;
    for (unsigned point = 0; point < 0x120000; point++) {
        unsigned char bytes[4];
        const size_t size = encode(point, bytes);
        const int is_valid = point < 0xd800 || (point > 0xdfff && point < 0x110000);
        assert_int_equal(utf8_length((const char *)bytes, size), is_valid ? size : 0);
    }
}

/* The code point that the bytes encode, given the length in their lead byte, or a number above all code points. */
static unsigned decode(const unsigned char *bytes, size_t *length)
{
    const unsigned lead = bytes[0];
    *length = lead < 0x80 ? 1 : lead < 0xc0 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf8 ? 4 : 0;
    if (*length <= 1)
        return *length == 1 ? lead : 0x110000;
    unsigned point = lead & (0x7fu >> *length);
    for (size_t i = 1; i < *length; i++) {
        if (bytes[i] >> 6 != 2)
            return 0x110000;
        point = point << 6 | (bytes[i] & 0x3f);
    }
    return point;
}

/* Every lead byte with continuation bytes at the limits of their range. A sequence is valid if encoding its code point
 * gives the same bytes. */
static void nothing_else_is_valid(void **state)
{
    static const unsigned char borders[] = {0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xff};
    enum { BORDERS = sizeof borders };
    (void)state;
    for (unsigned i = 0; i < 256 * BORDERS * BORDERS * BORDERS; i++) {
        const unsigned char bytes[4] = {(unsigned char)(i / (BORDERS * BORDERS * BORDERS)),
                                        borders[i / (BORDERS * BORDERS) % BORDERS], borders[i / BORDERS % BORDERS],
                                        borders[i % BORDERS]};
        unsigned char again[4];
        size_t length = 0;
        const unsigned point = decode(bytes, &length);
        if (point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff) || encode(point, again) != length)
            length = 0;
        assert_int_equal(utf8_length((const char *)bytes, 4), length);
    }
}

static void truncated_sequences_are_invalid(void **state)
{
    static const char *const texts[] = {"\xc3\xa9", "\xe2\x84\xab", "\xf0\x9f\x98\x80"};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        for (size_t size = 1; size <= strlen(texts[i]); size++)
            assert_int_equal(length_of((const unsigned char *)texts[i], size), size == strlen(texts[i]) ? size : 0);
    assert_int_equal(utf8_length(texts[0], 0), 0);
}

static void control_bytes_and_invalid_utf8_are_escaped(void **state)
{
    static const struct {
        const char *text;
        size_t size;
        const char *keep;
        const char *expected;
    } cases[] = {
        {"", 0, "", ""},
        {"plain text ~", 12, "", "plain text ~"},
        {"back\\slash", 10, "", "back\\slash"},
        {"\x01\x1b[0m\x1f\x7f", 7, "", "\\001\\033[0m\\037\\177"},
        {"a\tb\nc\r", 6, "", "a\\011b\\012c\\015"},
        {"a\tb\nc\r", 6, "\n\t", "a\tb\nc\\015"},
        {"a\0b", 3, "", "a\\000b"},
        {"a\0b", 3, "\n", "a\\000b"},
        {"\xc3\xa9\xe2\x84\xab\xf0\x9f\x98\x80", 9, "", "\xc3\xa9\xe2\x84\xab\xf0\x9f\x98\x80"},
        {"\xc2\x80\xc2\x9f\xc2\xa0", 6, "", "\\302\\200\\302\\237\xc2\xa0"},
        {"\xe2\x80\xa7\xe2\x80\xa8\xe2\x80\xae\xe2\x80\xaf", 12, "",
         "\xe2\x80\xa7\\342\\200\\250\\342\\200\\256\xe2\x80\xaf"},
        {"\xe2\x81\xa5\xe2\x81\xa6\xe2\x81\xa9\xe2\x81\xaa", 12, "",
         "\xe2\x81\xa5\\342\\201\\246\\342\\201\\251\xe2\x81\xaa"},
        {"\xe3\x80\xae\xe2\x82\xa8", 6, "", "\xe3\x80\xae\xe2\x82\xa8"},
        {"\xff\xc3(\xe2\x84", 5, "", "\\377\\303(\\342\\204"},
        {"\xed\xa0\x80", 3, "\xed\xa0\x80", "\\355\\240\\200"},
        {"\xc3\xa9", 1, "", "\\303"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char out[SANITIZED_SIZE(16)];
        memset(out, 'x', sizeof out);
        assert_int_equal(sanitize_copy(out, cases[i].text, cases[i].size, cases[i].keep), strlen(cases[i].expected));
        assert_string_equal(out, cases[i].expected);
    }
}

static void the_worst_case_fits_the_size(void **state)
{
    enum { SIZE = 100 };
    char text[SIZE];
    (void)state;
    memset(text, '\xff', sizeof text);
    char *out = malloc(SANITIZED_SIZE(SIZE));
    assert_non_null(out);
    assert_int_equal(sanitize_copy(out, text, SIZE, ""), SANITIZED_SIZE(SIZE) - 1);
    free(out);
}

static void chunks_do_not_split_sequences(void **state)
{
    enum { SIZE = 3 * SANITIZE_CHUNK };
    static const char *const units[] = {"a", "\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x98\x80", "\xff"};
    char text[SIZE + 8] = "";

    (void)state;
    for (size_t unit = 0; unit < sizeof units / sizeof units[0]; unit++)
        for (size_t lead = 0; lead < 4; lead++) {
            memset(text, 'x', lead);
            text[lead] = '\0';
            while (strlen(text) < SIZE)
                strcat(text, units[unit]);
            const size_t size = strlen(text);
            const size_t piece = sanitize_chunk(text, size);
            assert_in_range(piece, SANITIZE_CHUNK - 3, SANITIZE_CHUNK);
            assert_int_equal((piece - lead) % strlen(units[unit]), 0);
            assert_int_equal(sanitize_chunk(text, 1), 1);
            assert_int_equal(sanitize_chunk(text, 40), 40);
        }
}

TEST_FILE(sanitize)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_code_point_has_one_sequence),
        cmocka_unit_test(nothing_else_is_valid),
        cmocka_unit_test(truncated_sequences_are_invalid),
        cmocka_unit_test(control_bytes_and_invalid_utf8_are_escaped),
        cmocka_unit_test(the_worst_case_fits_the_size),
        cmocka_unit_test(chunks_do_not_split_sequences),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
