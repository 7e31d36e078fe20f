/* SPDX-License-Identifier: Apache-2.0 */
/* Which names people take for one. */
#include <stdbool.h>

#include "files/same_name.h"
#include "support/unit.h"

static void test_pairs_of_names(void **state)
{
    (void)state;
    static const struct {
        const char *a;
        const char *b;
        enum same_name expected;
    } cases[] = {
        {"a", "a", SAME_NAME_NONE},
        {"a", "b", SAME_NAME_NONE},
        {"", "a", SAME_NAME_NONE},
        {"a", "ab", SAME_NAME_NONE},
        {"d/a", "D/A", SAME_NAME_CASE},
        {"[", "{", SAME_NAME_NONE}, /* which 32 bytes separate, as they do letters */
        {"@", "`", SAME_NAME_NONE},
        {"\xc3\xa9", "e\xcc\x81", SAME_NAME_NFC},
        {"\xc3\xa9", "e", SAME_NAME_NONE},
        {"\xc3\xa9", "\xc3\x89", SAME_NAME_CASE},
        {"\xc3\xa9", "E\xcc\x81", SAME_NAME_CASE},
        {"X\xc3\xa9", "xe\xcc\x81", SAME_NAME_CASE},
        {"\xc3\x9f", "SS", SAME_NAME_CASE},
        {"k", "\xe2\x84\xaa", SAME_NAME_CASE}, /* the sign for kelvin */
        {"K", "\xe2\x84\xaa", SAME_NAME_NFC},
        {"\xff", "\xfe", SAME_NAME_NONE}, /* not UTF-8 */
        {"\xff\xc3\xa9",
         "\xff"
         "e\xcc\x81",
         SAME_NAME_NONE},
        {"\xffx", "\xffX", SAME_NAME_CASE},
        {"\xef\xac\x81", "fi", SAME_NAME_CASE}, /* a ligature */
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(same_name_compare(cases[i].a, cases[i].b), cases[i].expected);
        assert_int_equal(same_name_compare(cases[i].b, cases[i].a), cases[i].expected);
        const bool is_same = same_name_hash(cases[i].a) == same_name_hash(cases[i].b);
        assert_int_equal(is_same, cases[i].expected != SAME_NAME_NONE || i == 0);
    }
}

TEST_FILE(same_name)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_pairs_of_names)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
