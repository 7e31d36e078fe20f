/* SPDX-License-Identifier: Apache-2.0 */
/* How a walk reports what cannot be read, and how its directories can be used by others. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "files/directory.h"
#include "files/directory_entries.h"
#include "files/walk.h"
#include "filter/ignore_file.h"
#include "support/unit.h"
#include "tree.h"

static struct walk *start(const char *prefix)
{
    struct walk *walk = walk_start(tree_open(), prefix, strlen(prefix), NULL);
    assert_non_null(walk);
    return walk;
}

/* Makes a file of `size` bytes: a pattern, blanks and a newline. */
static void write_patterns(const char *name, const char *pattern, size_t size)
{
    char *text = malloc(size);
    assert_non_null(text);
    memset(text, '\n', size);
    memcpy(text, pattern, strlen(pattern));
    tree_write(name, text, size);
    free(text);
}

static void an_oversized_ignore_file_is_one_error(void **state)
{
    (void)state;
    write_patterns("a/.isccignore", "b\n", IGNORE_FILE_MAX);
    write_patterns("c/.isccignore", "b\n", IGNORE_FILE_MAX + 1);
    tree_file("a/b", "");
    tree_file("c/.aignore", "");
    tree_file("c/b", "");
    tree_file("c/d/b", "");
    ASSERT_FOUND({"a/.isccignore", 0}, {"c/.aignore", 0}, {"c/.isccignore", EFBIG}, {"c/b", 0}, {"c/d/b", 0});
}

/* The file is reported even if another list would have ignored it, because its patterns are missing. */
static void an_unreadable_ignore_file_is_an_error_even_if_ignored(void **state)
{
    (void)state;
    write_patterns("c/.isccignore", "b\n", IGNORE_FILE_MAX + 1);
    tree_file(".isccignore", ".isccignore\n");
    ASSERT_FOUND({"c/.isccignore", EFBIG});
}

static void unreadable_entries_are_errors_in_order(void **state)
{
    (void)state;
    if (geteuid() == 0) /* root can read everything */
        skip();
    tree_file("a/x", "");
    tree_file("b/x", "");
    tree_file("c/.isccignore", "*");
    tree_file("c/x", "");
    assert_int_equal(chmod(tree_path("b"), 0), 0);
    assert_int_equal(chmod(tree_path("c/.isccignore"), 0), 0);
    ASSERT_FOUND({"a/x", 0}, {"b", EACCES}, {"c/.isccignore", EACCES}, {"c/x", 0});
    assert_int_equal(chmod(tree_path("b"), 0700), 0);
}

static void a_removed_directory_is_an_error_in_order(void **state)
{
    static const struct found before[] = {{"p/a", 0}};
    static const struct found after[] = {{"p/b", ENOENT}, {"p/c", ENOTDIR}, {"p/d", ENOTDIR}, {"p/e/f", 0}};
    (void)state;
    tree_file("a", "");
    tree_directory("b");
    tree_directory("c");
    tree_directory("d");
    tree_file("e/f", "");
    struct walk *walk = start("p/");
    assert_walk_goes_on(walk, before, COUNT(before), false);
    assert_int_equal(rmdir(tree_path("b")), 0);
    assert_int_equal(rmdir(tree_path("c")), 0);
    tree_file("c", "");
    assert_int_equal(rmdir(tree_path("d")), 0);
    assert_int_equal(symlink("e", tree_path("d")), 0);
    assert_walk_goes_on(walk, after, COUNT(after), true);
    walk_free(walk);
}

/* Reading a removed directory fails, even for root. */
static int open_removed(void)
{
    tree_directory("removed");
    const int descriptor = open(tree_path("removed"), O_RDONLY | O_DIRECTORY);
    assert_true(descriptor >= 0);
    assert_int_equal(rmdir(tree_path("removed")), 0);
    return descriptor;
}

static void an_unreadable_root_is_named_by_its_prefix(void **state)
{
    static const struct {
        const char *prefix;
        const char *path;
    } cases[] = {{"removed/", "removed"}, {"a/b/", "a/b"}, {"a//", "a/"}, {"/", "/"}, {"", "."}};
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        const struct found expected[] = {{cases[i].path, ENOENT}};
        assert_walk(open_removed(), cases[i].prefix, expected, 1);
    }
}

static void a_root_that_is_not_a_directory_is_an_error(void **state)
{
    static const struct found expected[] = {{"file", ENOTDIR}};
    (void)state;
    tree_file("file", "");
    assert_walk(open(tree_path("file"), O_RDONLY), "file/", expected, COUNT(expected));
}

static void a_directory_stays_open_as_long_as_it_is_held(void **state)
{
    struct walk_entry entry;
    (void)state;
    tree_file("a/b", "");
    struct walk *walk = start("");
    assert_int_equal(walk_next(walk, &entry), WALK_FILE);
    struct directory *first = directory_hold(entry.directory);
    struct directory *second = directory_hold(first);
    assert_int_equal(walk_next(walk, &entry), WALK_END);
    walk_free(walk);
    const int descriptor = directory_descriptor(first);
    directory_release(first);
    assert_int_equal(faccessat(descriptor, "b", R_OK, 0), 0);
    assert_true((fcntl(descriptor, F_GETFD) & FD_CLOEXEC) != 0);
    directory_release(second);
    assert_int_equal(fcntl(descriptor, F_GETFD), -1);
    directory_release(NULL);
}

static void a_walk_can_be_freed_at_any_point(void **state)
{
    struct walk_entry entry;
    (void)state;
    tree_file("a/b/.isccignore", "x");
    tree_file("a/b/c/d", "");
    tree_file("a/e/f", "");
    for (size_t steps = 0; steps <= 4; steps++) {
        struct walk *walk = start("");
        for (size_t i = 0; i < steps; i++)
            assert_int_equal(walk_next(walk, &entry), i < 3 ? WALK_FILE : WALK_END);
        walk_free(walk);
    }
    walk_free(NULL);
}

static void an_unknown_kind_is_looked_up(void **state)
{
    static const struct {
        const char *name;
        enum directory_entry_kind kind;
        int error;
    } cases[] = {{"file", ENTRY_FILE, 0},
                 {"directory", ENTRY_DIRECTORY, 0},
                 {"link", ENTRY_OTHER, 0},
                 {"fifo", ENTRY_OTHER, 0},
                 {"missing", ENTRY_UNKNOWN, ENOENT}};
    (void)state;
    tree_file("file", "");
    tree_directory("directory");
    assert_int_equal(symlink("directory", tree_path("link")), 0);
    assert_int_equal(mkfifo(tree_path("fifo"), 0666), 0);
    const int root = tree_open();
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct directory_entry entry = {.name = cases[i].name, .kind = ENTRY_UNKNOWN};
        directory_entry_stat(root, &entry);
        assert_int_equal(entry.kind, cases[i].kind);
        assert_int_equal(entry.error, cases[i].error);
    }
    close(root);
}

/* The walk only opens what was a regular file a moment ago; these are the cases where that has changed. */
static void an_ignore_file_that_is_no_longer_regular_has_no_patterns(void **state)
{
    static const struct {
        const char *name;
        int error;
    } cases[] = {{"fifo", 0}, {"directory", 0}, {"link", ELOOP}, {"missing", ENOENT}};
    (void)state;
    tree_file("file", "*\n");
    tree_directory("directory");
    assert_int_equal(symlink("file", tree_path("link")), 0);
    assert_int_equal(mkfifo(tree_path("fifo"), 0666), 0);
    const int root = tree_open();
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct ignore_list *list = NULL;
        assert_int_equal(ignore_file_read(root, cases[i].name, &list), cases[i].error);
        assert_null(list);
    }
    close(root);
}

#define TREE_TEST(test) cmocka_unit_test_setup_teardown(test, tree_make, tree_remove)

TEST_FILE(walk_errors)
{
    const struct CMUnitTest tests[] = {
        TREE_TEST(an_oversized_ignore_file_is_one_error),
        TREE_TEST(an_unreadable_ignore_file_is_an_error_even_if_ignored),
        TREE_TEST(unreadable_entries_are_errors_in_order),
        TREE_TEST(a_removed_directory_is_an_error_in_order),
        TREE_TEST(an_unreadable_root_is_named_by_its_prefix),
        TREE_TEST(a_root_that_is_not_a_directory_is_an_error),
        TREE_TEST(a_directory_stays_open_as_long_as_it_is_held),
        TREE_TEST(a_walk_can_be_freed_at_any_point),
        TREE_TEST(an_ignore_file_that_is_no_longer_regular_has_no_patterns),
        TREE_TEST(an_unknown_kind_is_looked_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
