/* SPDX-License-Identifier: Apache-2.0 */
/* Lines of ignore files and their effect; git 2.39 agrees on all of them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "filter/ignore.h"
#include "support/unit.h"

struct rule {
    const char *text;
    size_t size;
    const char *path; /* a trailing slash means a directory */
    enum ignore_verdict verdict;
};

#define YES(text, path)                                                                                                \
    {                                                                                                                  \
        text, sizeof(text) - 1, path, IGNORE_YES                                                                       \
    }
#define NO(text, path)                                                                                                 \
    {                                                                                                                  \
        text, sizeof(text) - 1, path, IGNORE_NO                                                                        \
    }
#define UNDECIDED(text, path)                                                                                          \
    {                                                                                                                  \
        text, sizeof(text) - 1, path, IGNORE_UNDECIDED                                                                 \
    }

/* Puts the path in a block of exactly its size and leaves the text unterminated, for sanitizers to detect overreads. */
static void check(const struct rule *rule)
{
    char *text = malloc(rule->size + (rule->size == 0));
    char *path = strdup(rule->path);
    assert_non_null(text);
    assert_non_null(path);
    memcpy(text, rule->text, rule->size);
    struct ignore_list *list = ignore_parse(text, rule->size);
    assert_non_null(list);
    free(text);
    size_t size = strlen(path);
    const bool is_directory = path[size - 1] == '/';
    if (is_directory)
        path[--size] = '\0';
    const char *slash = strrchr(path, '/');
    const enum ignore_verdict verdict =
        ignore_match(list, path, slash != NULL ? (size_t)(slash - path) + 1 : 0, is_directory);
    ignore_free(list);
    free(path);
    if (verdict != rule->verdict)
        fail_msg("\"%s\" of \"%s\": %d, not %d", rule->text, rule->path, (int)verdict, (int)rule->verdict);
}

static void check_all(const struct rule *rules, size_t count)
{
    for (size_t i = 0; i < count; i++)
        check(&rules[i]);
}

#define CHECK_ALL(rules) check_all(rules, sizeof(rules) / sizeof *(rules))

static void line_ends(void **state)
{
    static const struct rule rules[] = {
        UNDECIDED("", "a"),     UNDECIDED("\n\n\n", "a"), YES("a", "a"),    YES("a\n", "a"),
        YES("\n\na\n\n", "a"),  YES("a\r\n", "a"),        YES("a\r", "a"),  UNDECIDED("a\r\r\n", "a"),
        YES("a\r\r\n", "a\r"),  UNDECIDED("\r\n", "\r"),  YES("a\nb", "a"), YES("a\nb", "b"),
        UNDECIDED("a\nb", "c"),
    };
    (void)state;
    CHECK_ALL(rules);
}

static void comment_lines(void **state)
{
    static const struct rule rules[] = {
        UNDECIDED("# a\n#a\n", "#a"), UNDECIDED("#a", "a"), YES("\\#a", "#a"), YES(" #a", " #a"), YES("a#", "a#"),
    };
    (void)state;
    CHECK_ALL(rules);
}

/* Only at the start of the file, and only in full. */
static void byte_order_marks(void **state)
{
    static const struct rule rules[] = {
        YES("\xef\xbb\xbf"
            "a\n",
            "a"),
        UNDECIDED("\xef\xbb\xbf#a\n", "#a"),
        UNDECIDED("b\n\xef\xbb\xbf"
                  "a\n",
                  "a"),
        YES("b\n\xef\xbb\xbf"
            "a\n",
            "\xef\xbb\xbf"
            "a"),
        UNDECIDED("\xef\xbb\xbf", "a"),
        YES("\xef\xbb"
            "a",
            "\xef\xbb"
            "a"),
    };
    (void)state;
    CHECK_ALL(rules);
}

/* A pattern ends at a NUL. */
static void nul_bytes(void **state)
{
    static const struct rule rules[] = {
        YES("a\0b\nc\n", "a"),   UNDECIDED("a\0b\nc\n", "b"), YES("a\0b\nc\n", "c"),
        UNDECIDED("\0a\n", "a"), YES("a \0b\n", "a"),
    };
    (void)state;
    CHECK_ALL(rules);
}

static void blanks(void **state)
{
    static const struct rule rules[] = {
        YES("a  \n", "a"),         UNDECIDED("a  \n", "a  "), YES("a  \r\n", "a"),      YES("a\t\n", "a\t"),
        UNDECIDED("a\t\n", "a"),   YES("a\\ \n", "a "),       UNDECIDED("a\\ \n", "a"), YES("a\\   \n", "a "),
        YES("a \\ \n", "a  "),     YES("a b\n", "a b"),       YES(" a\n", " a"),        UNDECIDED(" a\n", "a"),
        UNDECIDED("   \n", " "),   UNDECIDED("   \n", "   "), YES("\\ \n", " "),        YES("a\\\\  \n", "a\\"),
        UNDECIDED("a  \\\n", "a"), YES("a/  \n", "a/"),       UNDECIDED("a/  \n", "a"),
    };
    (void)state;
    CHECK_ALL(rules);
}

static void exclamation_marks(void **state)
{
    static const struct rule rules[] = {
        NO("!a", "a"),         UNDECIDED("!a", "b"), NO("a\n!a", "a"),       YES("!a\na", "a"),     NO("*\n!a", "a"),
        YES("*\n!a", "b"),     YES("\\!a", "!a"),    UNDECIDED("\\!a", "a"), NO("!!a", "!a"),       UNDECIDED("!", "a"),
        UNDECIDED("!", "!"),   UNDECIDED("! ", "!"), NO("!#a", "#a"),        NO("!/a", "a"),        NO("!a/", "a/"),
        UNDECIDED("!a/", "a"), YES("a\n!b/a", "a"),  NO("a\n!b/a", "b/a"),   YES("a\n!b/a", "c/a"),
    };
    (void)state;
    CHECK_ALL(rules);
}

static void slashes(void **state)
{
    static const struct rule rules[] = {
        YES("a", "b/a"),           YES("a", "b/c/a"),        UNDECIDED("a", "a/b"),       YES("/a", "a"),
        UNDECIDED("/a", "b/a"),    YES("a/b", "a/b"),        UNDECIDED("a/b", "c/a/b"),   YES("/a/b", "a/b"),
        UNDECIDED("//a", "a"),     YES("a/", "a/"),          UNDECIDED("a/", "a"),        YES("a/", "b/a/"),
        YES("/a/", "a/"),          UNDECIDED("/a/", "b/a/"), UNDECIDED("/a/", "a"),       YES("a/b/", "a/b/"),
        UNDECIDED("a/b/", "a/b"),  UNDECIDED("a//", "a/"),   UNDECIDED("/", "a"),         UNDECIDED("//", "a"),
        YES("*/", "a/"),           UNDECIDED("*/", "a"),     YES("*/b", "a/b"),           UNDECIDED("*/b", "b"),
        UNDECIDED("*/b", "a/c/b"), YES("a\\/b", "a/b"),      UNDECIDED("a\\/", "a/"),     YES("a/*", "a/b"),
        UNDECIDED("a/*", "a/b/c"), YES("*a/b", "xa/b"),      UNDECIDED("*a/b", "a/xa/b"),
    };
    (void)state;
    CHECK_ALL(rules);
}

static void asterisks(void **state)
{
    static const struct rule rules[] = {
        YES("*", "a/b"),           YES("*.c", "a/b.c"),
        UNDECIDED("*.c", "a.c/b"), UNDECIDED("*.c", ".d"),
        YES("*.c", ".c"),          UNDECIDED("*abc", "bc"),
        YES("a*", "b/ab"),         YES("**", "a/b/c"),
        YES("**/a", "a"),          YES("**/a", "b/c/a"),
        YES("a/**", "a/b/c"),      UNDECIDED("a/**", "a/"),
        YES("a/**/", "a/b/"),      UNDECIDED("a/**/", "a/b"),
        YES("a/**/b", "a/b"),      YES("/**/a", "b/a"),
        YES("a**", "b/ac"),        YES("a/b**", "a/bc"),
        YES("a/b**", "a/b/c"), /* here and below: see matches_path() */
        YES("a/[b]**", "a/bc"),    UNDECIDED("a/[b]**", "a/b/c"),
        YES("a**/b", "ax/b"),      YES("a**/b", "ab"), /* see matches_path() */
        YES("?**/b", "ax/b"),      UNDECIDED("?**/b", "ab"),
        UNDECIDED("[", "["),       UNDECIDED("a\\", "a\\"),
        UNDECIDED("a\\", "a"),     YES("\\a", "a"),
        UNDECIDED("a/[b", "a/["),
    };
    (void)state;
    CHECK_ALL(rules);
}

/* Many lines; the last one that matches decides. */
static void long_lists(void **state)
{
    enum { LINES = 20000, LINE = 16 };
    char *text = malloc(LINES * LINE);
    (void)state;
    assert_non_null(text);
    size_t size = 0;
    for (int i = 0; i < LINES; i++)
        size += (size_t)sprintf(text + size, i % 2 == 0 ? "n%d\n" : "!n%d\n", i / 4);
    struct ignore_list *list = ignore_parse(text, size);
    assert_non_null(list);
    assert_int_equal(ignore_match(list, "n0", 0, false), IGNORE_NO);
    assert_int_equal(ignore_match(list, "n4999", 0, false), IGNORE_NO);
    assert_int_equal(ignore_match(list, "n5000", 0, false), IGNORE_UNDECIDED);
    ignore_free(list);
    ignore_free(NULL);
    free(text);
}

TEST_FILE(ignore)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(line_ends), cmocka_unit_test(comment_lines), cmocka_unit_test(byte_order_marks),
        cmocka_unit_test(nul_bytes), cmocka_unit_test(blanks),        cmocka_unit_test(exclamation_marks),
        cmocka_unit_test(slashes),   cmocka_unit_test(asterisks),     cmocka_unit_test(long_lists),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
