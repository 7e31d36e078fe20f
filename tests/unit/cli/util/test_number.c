/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers on the command line: digits only, within a range, no wraparound; sizes with units. */
#include <stdio.h>

#include "support/canary.h"
#include "support/unit.h"
#include "util/number.h"

static void assert_number(const char *text, uint64_t expected)
{
    uint64_t value = ~expected;
    if (!number_parse(text, 0, UINT64_MAX, &value) || value != expected)
        fail_msg("'%s' is not read as it should", text);
}

static void assert_refused(const char *text, uint64_t minimum, uint64_t maximum)
{
    uint64_t value;
    CANARY_SET(value);
    if (number_parse(text, minimum, maximum, &value))
        fail_msg("'%s' is read", text);
    CANARY_CHECK(value);
}

static void numbers(void **state)
{
    (void)state;
    assert_number("0", 0);
    assert_number("7", 7);
    assert_number("10", 10);
    assert_number("007", 7);
    assert_number("4294967296", UINT64_C(4294967296));
    assert_number("18446744073709551615", UINT64_MAX);
    assert_number("00000000000000000000000000000018446744073709551615", UINT64_MAX);
}

static void not_numbers(void **state)
{
    const char *const texts[] = {"",    " ",   "-",     "+",  "-1",  "+1",   " 1",  "1 ",  "1\n", "0x10",
                                 "1e3", "1.0", "1,000", "1k", "ten", "\xb2", "1_0", "\t1", "/",   ":"};

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        assert_refused(texts[i], 0, UINT64_MAX);
}

static void overflow(void **state)
{
    (void)state;
    assert_refused("18446744073709551616", 0, UINT64_MAX);
    assert_refused("18446744073709551620", 0, UINT64_MAX);
    assert_refused("36893488147419103232", 0, UINT64_MAX);
    assert_refused("99999999999999999999999999999999999999999", 0, UINT64_MAX);
    assert_refused("18446744073709551617", 1, 1); /* 1 modulo 2^64 */
}

static void range(void **state)
{
    uint64_t value = 0;

    (void)state;
    assert_true(number_parse("1", 1, 1024, &value) && value == 1);
    assert_true(number_parse("1024", 1, 1024, &value) && value == 1024);
    assert_refused("0", 1, 1024);
    assert_refused("1025", 1, 1024);
}

static void assert_size(const char *text, uint64_t unit, enum size_result result, uint64_t expected)
{
    uint64_t bytes;
    CANARY_SET(bytes);
    if (size_parse(text, unit, &bytes) != result)
        fail_msg("'%s' is not read as it should", text);
    if (result == SIZE_READ)
        assert_int_equal(bytes, expected);
    else
        CANARY_CHECK(bytes);
}

static void sizes(void **state)
{
    static const char letters[] = "KMGTPE";
    char text[8];
    uint64_t binary = 1;
    uint64_t decimal = 1;

    (void)state;
    assert_size("0", 1, SIZE_READ, 0);
    assert_size("18446744073709551615", 1, SIZE_READ, UINT64_MAX);
    assert_size("12", 1 << 20, SIZE_READ, 12 << 20);
    assert_size("1k", 7, SIZE_READ, 1024);
    assert_size("1m", 7, SIZE_READ, 1 << 20);
    assert_size("1kB", 7, SIZE_READ, 1000);
    assert_size("1miB", 7, SIZE_READ, 1 << 20);
    assert_size("1Kib", 7, SIZE_READ, 1024);
    assert_size("1gIB", 7, SIZE_READ, 1 << 30);
    assert_size("1tb", 7, SIZE_READ, UINT64_C(1000000000000));
    assert_size("15e", 7, SIZE_READ, UINT64_C(15) << 60);
    assert_size("3B", 7, SIZE_READ, 3);
    assert_size("18446744073709551615B", 1 << 20, SIZE_READ, UINT64_MAX);
    assert_size("0Q", 7, SIZE_READ, 0);
    assert_size("0RB", 7, SIZE_READ, 0);
    for (size_t i = 0; letters[i] != '\0'; i++) {
        binary *= 1024;
        decimal *= 1000;
        snprintf(text, sizeof text, "3%c", letters[i]);
        assert_size(text, 1, SIZE_READ, 3 * binary);
        snprintf(text, sizeof text, "3%ciB", letters[i]);
        assert_size(text, 1, SIZE_READ, 3 * binary);
        snprintf(text, sizeof text, "3%cB", letters[i]);
        assert_size(text, 1, SIZE_READ, 3 * decimal);
    }
    assert_size("15E", 1, SIZE_READ, UINT64_C(15) << 60);
    assert_size("18014398509481983K", 1, SIZE_READ, UINT64_MAX - 1023);
}

static void not_sizes(void **state)
{
    const char *const texts[] = {
        "",    "K",    "KB",  "B",   "b",    "1b",  "1BB", "1BiB", "1c",   "1w",   "1 K",
        "1K ", " 1",   "1KK", "1Ki", "1KBB", "1iB", "-1K", "+1",   "1.5K", "0x1K", "99999999999999999999x",
        "1K1", "1,000"};

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        assert_size(texts[i], 1, SIZE_INVALID, 0);
}

static void too_large_sizes(void **state)
{
    const char *const texts[] = {
        "18446744073709551616",     "18014398509481984K",    "16E", "19EB", "1Z", "1Y", "1R", "1Q", "1QiB", "1ZB",
        "99999999999999999999999K", "18446744073709551616B", "1z",  "1zib"};

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        assert_size(texts[i], 1, SIZE_TOO_LARGE, 0);
    assert_size("18014398509481984", 1024, SIZE_TOO_LARGE, 0);
    assert_size("18014398509481983", 1024, SIZE_READ, UINT64_MAX - 1023);
}

TEST_FILE(number)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers),         cmocka_unit_test(not_numbers), cmocka_unit_test(overflow),
        cmocka_unit_test(range),           cmocka_unit_test(sizes),       cmocka_unit_test(not_sizes),
        cmocka_unit_test(too_large_sizes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
