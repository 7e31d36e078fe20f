/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers on the command line: digits alone, within a range, never a wrong one for a long text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "number.h"
#include "support/canary.h"

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

static void no_numbers(void **state)
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers),
        cmocka_unit_test(no_numbers),
        cmocka_unit_test(overflow),
        cmocka_unit_test(range),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
