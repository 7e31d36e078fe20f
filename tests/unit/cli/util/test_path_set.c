/* SPDX-License-Identifier: Apache-2.0 */
/* Which paths cover which names. */
#include <string.h>

#include "support/random.h"
#include "support/unit.h"
#include "util/path_set.h"

enum { NONE = 99 };

static void test_cases(void **state)
{
    (void)state;
    static const char *const paths[] = {"a/b", "c/", ".", "a", "/", "/etc", "c", "d//", "x/y/z"};
    static const struct {
        const char *name;
        size_t found, above;
    } cases[] = {
        {"a/b/c", 0, 0},  {"a/b", 0, 3},       {"a/bc", 3, 3},      {"a/", 3, NONE},        {"ab", NONE, NONE},
        {"c", 1, NONE},   {"c/d//e", 1, 1},    {"./c", 2, 2},       {".c", NONE, NONE},     {"/x", 4, 4},
        {"/etc/x", 4, 4}, {"/", 4, NONE},      {"/etc", 4, 4},      {"d/e", 7, 7},          {"d//e", 7, 7},
        {"d///e", 7, 7},  {"x/y", NONE, NONE}, {"x/y/z/", 8, NONE}, {"x/y/zz", NONE, NONE}, {"..", NONE, NONE},
    };
    struct path_set set = {.members = NULL};

    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        assert_true(path_set_add(&set, paths[i]));
    path_set_sort(&set);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const size_t found = path_set_find(&set, cases[i].name);
        const size_t above = path_set_find_ancestor(&set, cases[i].name);
        if (found != (cases[i].found == NONE ? set.count : cases[i].found) ||
            above != (cases[i].above == NONE ? set.count : cases[i].above))
            fail_msg("%s: %zu, %zu", cases[i].name, found, above);
    }
    path_set_free(&set);
    path_set_sort(&set);
    assert_int_equal(path_set_find(&set, "a"), 0);
}

/* A linear search that compares the text of each path with the name and its ancestors. */
static bool covers(const char *path, const char *name)
{
    const size_t size = strlen(path);
    return strncmp(path, name, size) == 0 && (name[size] == '\0' || name[size] == '/');
}

static void make_name(uint64_t *random, char *name, size_t parts)
{
    for (size_t i = 0; i < parts; i++) {
        if (i > 0)
            *name++ = '/';
        *name++ = (char)('a' + random_below(random, 3));
        if (random_below(random, 4) == 0)
            *name++ = '-'; /* sorts before the slash */
    }
    *name = '\0';
}

static void test_against_a_linear_search(void **state)
{
    (void)state;
    enum { PATHS = 40, NAMES = 500 };
    uint64_t random = random_seed();

    for (size_t round = 0; round < 20; round++) {
        char paths[PATHS][32];
        struct path_set set = {.members = NULL};
        for (size_t i = 0; i < PATHS; i++) {
            make_name(&random, paths[i], 1 + random_below(&random, 4));
            assert_true(path_set_add(&set, paths[i]));
        }
        path_set_sort(&set);
        for (size_t i = 0; i < NAMES; i++) {
            char name[32];
            size_t expected = 0;
            make_name(&random, name, 1 + random_below(&random, 5));
            while (expected < PATHS && !covers(paths[expected], name))
                expected++;
            if (path_set_find(&set, name) != expected)
                fail_msg("%s: not %zu", name, expected);
        }
        path_set_free(&set);
    }
}

TEST_FILE(path_set)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_against_a_linear_search),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
