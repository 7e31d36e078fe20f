/* SPDX-License-Identifier: Apache-2.0 */
/* The order of a walk, and what it skips. */
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "files/walk.h"
#include "golden_tree.h"
#include "support/unit.h"
#include "tree.h"

static void check_golden_tree(const struct golden_tree *tree)
{
    struct found expected[GOLDEN_FILES_OF_ONE];
    size_t listed = 0;
    assert_int_equal(tree_make(NULL), 0);
    for (size_t i = 0; i < tree->count; i++) {
        tree_write(tree->files[i].path, tree->files[i].bytes, tree->files[i].size);
        if (tree->files[i].is_listed)
            expected[listed++] = (struct found){tree->files[i].path, 0};
    }
    assert_walk(tree_open(), "", expected, listed);
    assert_int_equal(tree_remove(NULL), 0);
}

static void golden_trees(void **state)
{
    static struct golden_tree trees[GOLDEN_TREES];
    (void)state;
    golden_trees_read(trees);
    for (size_t i = 0; i < GOLDEN_TREES; i++)
        check_golden_tree(&trees[i]);
    golden_trees_free(trees);
}

static void an_empty_tree_ends_at_once(void **state)
{
    (void)state;
    assert_walk(tree_open(), "x/", NULL, 0);
    tree_directory("a/b");
    tree_directory("a/c");
    assert_walk(tree_open(), "x/", NULL, 0);
}

static void ignore_files_come_first_then_files_then_directories(void **state)
{
    static const char *const files[] = {"ignore", ".ignore",   ".aignore", ".ignored",  "a.ignore", "Z",
                                        "a",      "a.d/.b",    "a.d/b",    "a.d/c/d",   "a-d/e",    "A/x",
                                        "-",      ".zzignore", "~",        ".\n ignore"};
    (void)state;
    for (size_t i = 0; i < COUNT(files); i++)
        tree_file(files[i], "");
    ASSERT_FOUND({".\n ignore", 0}, {".aignore", 0}, {".ignore", 0}, {".zzignore", 0}, {"-", 0}, {".ignored", 0},
                 {"Z", 0}, {"a", 0}, {"a.ignore", 0}, {"ignore", 0}, {"~", 0}, {"A/x", 0}, {"a-d/e", 0}, {"a.d/.b", 0},
                 {"a.d/b", 0}, {"a.d/c/d", 0});
}

/* The Angstrom sign, A with ring, and A followed by a combining ring have the same NFC form, so their own bytes decide;
 * U+1E9B U+0323 is in NFC; U+2126 becomes U+03A9. */
static void normal_forms_decide(void **state)
{
    static const char *const files[] = {"\xe2\x84\xab", "\xc3\x85", "A\xcc\x8a",           "B",
                                        "\xc3\x84",     "\xc3\x86", "A\xcc\x88z",          "\xe2\x84\xa6",
                                        "\xce\xaa",     "\xce\xa8", "\xe1\xba\x9b\xcc\xa3"};
    (void)state;
    for (size_t i = 0; i < COUNT(files); i++)
        tree_file(files[i], "");
    ASSERT_FOUND({"B", 0}, {"\xc3\x84", 0}, {"A\xcc\x88z", 0}, {"A\xcc\x8a", 0}, {"\xc3\x85", 0}, {"\xe2\x84\xab", 0},
                 {"\xc3\x86", 0}, {"\xce\xa8", 0}, {"\xe2\x84\xa6", 0}, {"\xce\xaa", 0}, {"\xe1\xba\x9b\xcc\xa3", 0});
}

/* "A", a combining ring, then a byte that is not UTF-8: there is no normal form, so "A" counts. */
static void names_that_are_not_utf8_sort_by_their_bytes(void **state)
{
    static const char *const files[] = {
        "\xff",         "\x80",     "\xc3\xa9",         "a\xff",      "b",           "A\xcc\x8a\xff",
        "\xed\xa0\x80", "\xc0\xaf", "\xf5\x80\x80\x80", "\xffignore", ".\xffignore", "\xc3\x28/\xfe"};
    (void)state;
    for (size_t i = 0; i < COUNT(files); i++)
        tree_file(files[i], "");
    ASSERT_FOUND({".\xffignore", 0}, {"A\xcc\x8a\xff", 0}, {"a\xff", 0}, {"b", 0}, {"\x80", 0}, {"\xc0\xaf", 0},
                 {"\xc3\xa9", 0}, {"\xed\xa0\x80", 0}, {"\xf5\x80\x80\x80", 0}, {"\xff", 0}, {"\xffignore", 0},
                 {"\xc3\x28/\xfe", 0});
}

static void metadata_files_are_not_listed(void **state)
{
    (void)state;
    tree_file(".iscc.json", "");
    tree_file("a.iscc.json", "");
    tree_file("b.iscc.json2", "");
    tree_file("c.iscc.jso", "");
    tree_file("d.iscc.json/iscc.json", "");
    tree_file("d.iscc.json/e.ISCC.json", "");
    ASSERT_FOUND({"b.iscc.json2", 0}, {"c.iscc.jso", 0}, {"d.iscc.json/e.ISCC.json", 0}, {"d.iscc.json/iscc.json", 0});
}

static void links_and_special_files_are_skipped(void **state)
{
    (void)state;
    tree_file("directory/file", "");
    tree_file(".git/config", "");
    assert_int_equal(symlink("directory", tree_path("a")), 0);
    assert_int_equal(symlink("directory/file", tree_path("b")), 0);
    assert_int_equal(symlink("nowhere", tree_path("c")), 0);
    assert_int_equal(symlink("loop", tree_path("loop")), 0);
    assert_int_equal(symlink("..", tree_path("directory/up")), 0);
    assert_int_equal(mkfifo(tree_path("fifo"), 0666), 0);
    ASSERT_FOUND({".git/config", 0}, {"directory/file", 0});
}

static void patterns_apply_from_their_directory_down(void **state)
{
    (void)state;
    tree_file(".isccignore", "*.o\n/top\nskip/\n!keep.o\nsub/only\n");
    tree_file("a.o", "");
    tree_file("keep.o", "");
    tree_file("skip", "");
    tree_file("top", "");
    tree_file("skip.d/skip/a", "");
    tree_file("skip.d/top", "");
    tree_file("sub/.isccignore", "!b.o\n/top\n.isccignore\n");
    tree_file("sub/a.o", "");
    tree_file("sub/b.o", "");
    tree_file("sub/only", "");
    tree_file("sub/sub/only", "");
    tree_file("sub/sub/top", "");
    tree_file("sub/sub/b.o", "");
    tree_file("sub/top", "");
    tree_file("t/b.o", "");
    tree_file("t/u", "");
    ASSERT_FOUND({".isccignore", 0}, {"keep.o", 0}, {"skip", 0}, {"skip.d/top", 0}, {"sub/b.o", 0}, {"sub/sub/b.o", 0},
                 {"sub/sub/only", 0}, {"sub/sub/top", 0}, {"t/u", 0});
}

static void nothing_below_an_ignored_directory_can_be_included(void **state)
{
    (void)state;
    tree_file(".isccignore", "a\n!a/b\n");
    tree_file("a/.isccignore", "!*\n");
    tree_file("a/b", "");
    tree_file("b", "");
    ASSERT_FOUND({".isccignore", 0}, {"b", 0});
}

static void ignore_files_above_the_root_are_not_read(void **state)
{
    static const struct found expected[] = {{"root/a", 0}, {"root/b/a", 0}};
    (void)state;
    tree_file(".isccignore", "*\n");
    tree_file("root/a", "");
    tree_file("root/b/a", "");
    assert_walk(open(tree_path("root"), O_RDONLY | O_DIRECTORY), "root/", expected, COUNT(expected));
}

static void only_a_regular_file_holds_patterns(void **state)
{
    (void)state;
    tree_file("patterns", "*\n");
    tree_file("link/a", "");
    tree_file("directory/.isccignore/a", "*\n");
    tree_file("fifo/a", "");
    assert_int_equal(symlink("../patterns", tree_path("link/.isccignore")), 0);
    assert_int_equal(mkfifo(tree_path("fifo/.isccignore"), 0666), 0);
    ASSERT_FOUND({"patterns", 0}, {"directory/.isccignore/a", 0}, {"fifo/a", 0}, {"link/a", 0});
}

static void names_may_be_as_long_as_the_system_allows(void **state)
{
    static char path[2 * 255 + 2];
    (void)state;
    memset(path, 'n', sizeof path - 1);
    path[255] = '/';
    tree_file(path, "");
    ASSERT_FOUND({path, 0});
}

#define TREE_TEST(test) cmocka_unit_test_setup_teardown(test, tree_make, tree_remove)

TEST_FILE(walk)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(golden_trees),
        TREE_TEST(an_empty_tree_ends_at_once),
        TREE_TEST(ignore_files_come_first_then_files_then_directories),
        TREE_TEST(normal_forms_decide),
        TREE_TEST(names_that_are_not_utf8_sort_by_their_bytes),
        TREE_TEST(metadata_files_are_not_listed),
        TREE_TEST(links_and_special_files_are_skipped),
        TREE_TEST(patterns_apply_from_their_directory_down),
        TREE_TEST(nothing_below_an_ignored_directory_can_be_included),
        TREE_TEST(ignore_files_above_the_root_are_not_read),
        TREE_TEST(only_a_regular_file_holds_patterns),
        TREE_TEST(names_may_be_as_long_as_the_system_allows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
