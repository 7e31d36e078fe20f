/* SPDX-License-Identifier: Apache-2.0 */
/* What --strip removes from names, and which names lead out of a directory: R18 and R23 of docs/check-rules.md. */
#include <string.h>

#include "lists/list_name.h"
#include "support/unit.h"

static const struct {
    const char *prefix;
    const char *name;
    const char *rest; /* NULL: the name does not begin with the prefix */
} cases[] = {
    {"/src", "/src/a", "a"},
    {"/src", "/src2/a", NULL},
    {"/src/", "/src//./a/b", "a/b"},
    {"/src", "src/a", NULL},
    {"src", "/src/a", NULL},
    {"/src", "/srca", NULL},
    {"/src", "/src", ""},
    {"/src", "/src/", ""},
    {"/src", "/src/./", ""},
    {"/src", "/src/.", "."},
    {"/src/a", "/src", NULL},
    {"/", "/src/a", "src/a"},
    {"//", "/", ""},
    {"/./src//.", "/src/a", "a"},
    {"src", "./src/a", "a"},
    {"./src", "src/a/", "a/"},
    {"../src", "../src/a", "a"},
    {"../src", "src/a", NULL},
    {".", "./a", "a"},
    {"", "a", NULL},
    {"", "/a", NULL},
    {".hidden", ".hidden/a", "a"},
    {"a/b", "a/b/../c", "../c"},
    {"a", "a/...", "..."},
    {NULL, "/src/a", NULL},
    {"a", "-", NULL},
    {"/src", "/src/.a", ".a"},
};

static void rest_of_names(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const size_t size = list_name_prefix_size(cases[i].name, cases[i].prefix);
        assert_string_equal(cases[i].name + size, cases[i].rest == NULL ? cases[i].name : cases[i].rest);
    }
}

static void names_that_stay_inside(void **state)
{
    static const char *const inside[] = {"a",      ".",           "./",     "a/b",         "a/..",
                                         "a/../b", "a/b/../../c", "...",    "..a",         "a/...",
                                         "a/..b",  "a//../b/",    "./a/..", "a/./../b/..", "a/../b/"};
    static const char *const outside[] = {"/",       "/a",        "//a",           "..",       "../a",  "./..",
                                          "a/../..", "a/../../b", "a/./../../a/b", "a//../..", ".//../"};

    (void)state;
    for (size_t i = 0; i < sizeof inside / sizeof *inside; i++)
        assert_true(list_name_is_inside(inside[i]));
    for (size_t i = 0; i < sizeof outside / sizeof *outside; i++)
        assert_false(list_name_is_inside(outside[i]));
}

TEST_FILE(list_name)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rest_of_names),
        cmocka_unit_test(names_that_stay_inside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
