/* SPDX-License-Identifier: Apache-2.0 */
/* Which file a name refers to, however it is written: R20 of docs/check-rules.md. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check/listed_files.h"
#include "support/folder.h"
#include "support/random.h"
#include "support/unit.h"

static struct directory *open_at(const char *name)
{
    char *path = folder_path(name);
    const int descriptor = open(path, O_RDONLY | O_DIRECTORY);
    free(path);
    assert_true(descriptor >= 0);
    struct directory *directory = directory_new(descriptor);
    assert_non_null(directory);
    return directory;
}

static struct file_identity identity_at(const char *name)
{
    struct file_identity identity;
    struct directory *directory = open_at(name);
    assert_true(directory_identify(directory, &identity));
    directory_release(directory);
    return identity;
}

/* A set for one list, which is the folder itself, with names from there. */
static struct listed_files *begin(const struct directory *base)
{
    const struct stat list = {.st_dev = 1, .st_ino = 2};
    struct listed_files *set = listed_files_new();
    assert_non_null(set);
    assert_true(listed_files_begin_list(set, &list, base));
    return set;
}

static void add(struct listed_files *set, const char *name)
{
    assert_true(listed_files_add(set, name, strlen(name)));
}

/* In the order in which they can be removed. */
static const char *const folders[] = {"a/b", "a", "c"};
enum { FOLDERS = 3 };

static int make_folders(void **state)
{
    const int failed = folder_make(state);
    for (size_t i = FOLDERS; i-- > 0;) {
        char *path = folder_path(folders[i]);
        assert_int_equal(mkdir(path, 0777), 0);
        free(path);
    }
    return failed;
}

static int remove_folders(void **state)
{
    for (size_t i = 0; i < FOLDERS; i++) {
        char *path = folder_path(folders[i]);
        assert_int_equal(rmdir(path), 0);
        free(path);
    }
    return folder_remove(state);
}

static void one_file_in_many_words(void **state)
{
    static const char *const words[] = {"a/x", "./a/x", "a//x", "a/./x", "a/b/../x", "c/../a/x", ".//a//b/..//x"};

    (void)state;
    struct directory *base = open_at("");
    const struct file_identity a = identity_at("a");
    const struct file_identity b = identity_at("a/b");
    const struct file_identity root = identity_at("");
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        struct listed_files *set = begin(base);
        add(set, words[i]);
        listed_files_sort(set);
        assert_true(listed_files_has(set, &a, "x"));
        assert_false(listed_files_has(set, &a, "y"));
        assert_false(listed_files_has(set, &a, "X"));
        assert_false(listed_files_has(set, &a, ""));
        assert_false(listed_files_has(set, &b, "x"));
        assert_false(listed_files_has(set, &root, "x"));
        listed_files_free(set);
    }
    directory_release(base);
}

static void bases_and_absolute_names(void **state)
{
    const struct stat list = {.st_dev = 1, .st_ino = 3};
    char *absolute = folder_path("c/z");

    (void)state;
    struct directory *a = open_at("a");
    struct directory *c = open_at("c");
    const struct file_identity in_a = identity_at("a");
    const struct file_identity in_c = identity_at("c");
    struct listed_files *set = begin(a);
    add(set, absolute);
    add(set, "x");
    assert_true(listed_files_begin_list(set, &list, c));
    add(set, "x2");
    add(set, "../a/x3");
    listed_files_sort(set);
    assert_true(listed_files_has(set, &in_a, "x"));
    assert_false(listed_files_has(set, &in_c, "x"));
    assert_true(listed_files_has(set, &in_c, "z"));
    assert_true(listed_files_has(set, &in_c, "x2"));
    assert_false(listed_files_has(set, &in_a, "x2"));
    assert_true(listed_files_has(set, &in_a, "x3"));
    assert_true(listed_files_has_list(set, &list));
    listed_files_free(set);
    directory_release(a);
    directory_release(c);
    free(absolute);
}

static void lists(void **state)
{
    const struct stat first = {.st_dev = 1, .st_ino = 2};
    const struct stat other = {.st_dev = 2, .st_ino = 1};

    (void)state;
    struct listed_files *set = begin(NULL);
    listed_files_sort(set);
    assert_true(listed_files_has_list(set, &first));
    assert_false(listed_files_has_list(set, &other));
    listed_files_free(set);
}

static void trees(void **state)
{
    (void)state;
    struct directory *base = open_at("");
    struct directory *a = open_at("a");
    struct directory *b = open_at("a/b");
    struct directory *c = open_at("c");
    struct listed_files *set = begin(base);
    add(set, "a/x");
    listed_files_sort(set);
    assert_false(listed_files_has_tree(set, a));
    listed_files_free(set);

    set = begin(base);
    add(set, "a/");
    add(set, "missing/");
    listed_files_sort(set);
    assert_true(listed_files_has_tree(set, a));
    assert_true(listed_files_has_tree(set, b));
    assert_false(listed_files_has_tree(set, c));
    assert_false(listed_files_has_tree(set, base));
    listed_files_free(set);

    set = begin(base);
    add(set, "/");
    listed_files_sort(set);
    assert_true(listed_files_has_tree(set, c));
    listed_files_free(set);
    directory_release(base);
    directory_release(a);
    directory_release(b);
    directory_release(c);
}

static void names_that_lead_nowhere(void **state)
{
    static const char *const names[] = {"missing/x", "file/x", "missing/", "a/x/"};

    (void)state;
    folder_write("file", "", 0);
    struct directory *base = open_at("");
    struct listed_files *set = begin(base);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        add(set, names[i]);
    listed_files_sort(set);
    const struct file_identity a = identity_at("a");
    assert_false(listed_files_has(set, &a, "x"));
    listed_files_free(set);
    directory_release(base);
    listed_files_free(NULL);
}

/* Half of many names are added, in any order, and only these are found. */
static void many_names(void **state)
{
    enum { COUNT = 20000 };
    static bool is_added[COUNT];
    struct file_identity identities[FOLDERS];
    uint64_t numbers = random_seed();
    char name[64];

    (void)state;
    for (size_t i = 0; i < FOLDERS; i++)
        identities[i] = identity_at(folders[i]);
    struct directory *base = open_at("");
    struct listed_files *set = begin(base);
    for (size_t i = 0; i < COUNT / 2; i++) {
        const size_t number = random_below(&numbers, COUNT);
        is_added[number] = true;
        snprintf(name, sizeof name, "%s/%zu", folders[number % FOLDERS], number);
        add(set, name);
    }
    listed_files_sort(set);
    for (size_t i = 0; i < COUNT; i++) {
        snprintf(name, sizeof name, "%zu", i);
        assert_int_equal(listed_files_has(set, &identities[i % FOLDERS], name), is_added[i]);
        assert_false(listed_files_has(set, &identities[(i + 1) % FOLDERS], name));
    }
    listed_files_free(set);
    directory_release(base);
}

TEST_FILE(listed_files)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_file_in_many_words),
        cmocka_unit_test(bases_and_absolute_names),
        cmocka_unit_test(lists),
        cmocka_unit_test(trees),
        cmocka_unit_test(names_that_lead_nowhere),
        cmocka_unit_test(many_names),
    };
    return cmocka_run_group_tests_name("named set", tests, make_folders, remove_folders);
}
