/* SPDX-License-Identifier: Apache-2.0 */
/* The full form of names, from several current directories. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "support/unit.h"
#include "util/full_name.h"

static void assert_full_name(const char *current, const char *name, const char *expected)
{
    char path[sizeof "/a/b"];
    char alias[] = "/l/k";
    const struct current_directory directory = {.path = strcpy(path, current), .alias = alias};
    char *full = full_name(&directory, name, strlen(name));

    assert_non_null(full);
    assert_string_equal(full, expected);
    free(full);
}

static void test_spellings_of_one_name(void **state)
{
    (void)state;
    static const char *const spellings[] = {"c",         "./c",       ".//./c", "../b/c",        "../../a/b//c",
                                            "/a/b/c",    "/a//./b/c", "/l/k/c", "/l/k/../b/./c", "../../../../a/b/c",
                                            "/../a/b/c", "c/."};

    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++)
        assert_full_name("/a/b", spellings[i], "/a/b/c");
}

static void test_other_names(void **state)
{
    (void)state;
    static const char *const cases[][3] = {
        {"/a/b", "", "/a/b"},
        {"/a/b", ".", "/a/b"},
        {"/a/b", "..", "/a"},
        {"/a/b", "../..", "/"},
        {"/a/b", "/", "/"},
        {"/a/b", "//", "/"},
        {"/a/b", "./", "/a/b/"},
        {"/a/b", "c//", "/a/b/c/"},
        {"/a/b", "c/../d", "/a/b/c/../d"}, /* c may be a link */
        {"/a/b", "..c", "/a/b/..c"},
        {"/a/b", "/l/kk", "/l/kk"},
        {"/a/b", "l/k", "/a/b/l/k"},
        {"/", "c", "/c"},
        {"/", "../c", "/c"},
        {"/", ".", "/"},
        {".", "./c", "./c"}, /* the system does not say where that is */
        {".", "../c", "./../c"},
        {".", ".", "."},
        {".", "/c", "/c"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_full_name(cases[i][0], cases[i][1], cases[i][2]);
}

static void test_names_from_the_current_directory(void **state)
{
    (void)state;
    static const char *const cases[][3] = {
        {"/a", "/a/b/c", "b/c"}, {"/a", "/a", ""}, {"/a", "/ab", "/ab"},
        {"/", "/a", "a"},        {"/", "/", ""},   {".", "./a", "a"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char path[3];
        strcpy(path, cases[i][0]);
        const struct current_directory directory = {.path = path};
        assert_string_equal(full_name_from_current(&directory, cases[i][1]), cases[i][2]);
    }
}

static void test_the_start_of_a_name(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        const char *full;
        size_t size;
    } cases[] = {
        {"b/c", "/a/b", 1},     {"b//c", "/a/b", 1},        {"b/c", "/a/b/c", 3}, {"b/c", "/a", 0},
        {"./b/c", "/a", 1},     {"/a//./b/c", "/a", 5},     {"/a/b", "/", 1},     {"../c", "/", 2},
        {"b/c", "/", SIZE_MAX}, {"bb/c", "/a/b", SIZE_MAX},
    };
    char path[] = "/a";
    const struct current_directory directory = {.path = path};

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t size = 0;
        assert_true(full_name_find(&directory, cases[i].name, cases[i].full, &size));
        assert_int_equal(size, cases[i].size);
    }
}

TEST_FILE(full_name)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_spellings_of_one_name),
        cmocka_unit_test(test_other_names),
        cmocka_unit_test(test_names_from_the_current_directory),
        cmocka_unit_test(test_the_start_of_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
