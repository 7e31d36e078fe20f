/* SPDX-License-Identifier: Apache-2.0 */
/* Trees far deeper than descriptors and PATH_MAX allow, and directories moved while the walk is below them. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "files/directory.h"
#include "files/walk.h"
#include "support/unit.h"
#include "tree.h"

enum { LEVELS = 3000 };

static const char step_name[] = "a-name-of-24-bytes-here/";

static void make_file(int directory, const char *name)
{
    const int descriptor = openat(directory, name, O_WRONLY | O_CREAT | O_EXCL, 0666);
    assert_true(descriptor >= 0);
    close(descriptor);
}

/* Each level has a file, the next level, and a directory with a file that is visited on the way back. */
static void make_deep_tree(void)
{
    int directory = tree_open();
    for (size_t i = 0; i < LEVELS; i++) {
        make_file(directory, "file");
        assert_int_equal(mkdirat(directory, "z", 0777), 0);
        assert_int_equal(mkdirat(directory, step_name, 0777), 0);
        const int side = openat(directory, "z", O_RDONLY);
        make_file(side, "back");
        close(side);
        const int below = openat(directory, step_name, O_RDONLY);
        assert_true(below >= 0);
        close(directory);
        directory = below;
    }
    close(directory);
}

static void assert_next(struct walk *walk, const char *path, size_t size, const char *name)
{
    struct walk_entry entry;
    assert_int_equal(walk_next(walk, &entry), WALK_FILE);
    assert_int_equal(entry.path_size, size + strlen(name));
    assert_memory_equal(entry.path, path, size);
    assert_string_equal(entry.path + size, name);
    assert_int_equal(faccessat(directory_descriptor(entry.directory), entry.path + entry.name, F_OK, 0), 0);
}

static void depth_is_limited_only_by_the_disk(void **state)
{
    static char path[LEVELS * (sizeof step_name - 1)];
    const size_t step = sizeof step_name - 1;
    struct rlimit before;
    struct walk_entry entry;
    (void)state;
    assert_true(sizeof path > 16 * PATH_MAX);
    for (size_t i = 0; i < LEVELS; i++)
        memcpy(path + i * step, step_name, step);
    make_deep_tree();
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
    const struct rlimit few = {.rlim_cur = 64, .rlim_max = before.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &few), 0);
    struct walk *walk = walk_start(tree_open(), "", 0, NULL);
    assert_non_null(walk);
    for (size_t i = 0; i < LEVELS; i++)
        assert_next(walk, path, i * step, "file");
    for (size_t i = LEVELS; i > 0; i--)
        assert_next(walk, path, (i - 1) * step, "z/back");
    assert_int_equal(walk_next(walk, &entry), WALK_END);
    walk_free(walk);
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
}

/* Twenty levels, 1 to 20, each with a directory z that is visited on the way back; the deepest has a file. */
static const char deepest[] = "1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17/18/19/20/file";

static const char *path_of_level(unsigned level)
{
    static char path[sizeof deepest];
    char name[8];
    path[0] = '\0';
    for (unsigned i = 1; i <= level; i++) {
        snprintf(name, sizeof name, i > 1 ? "/%u" : "%u", i);
        strcat(path, name);
    }
    return path;
}

static const char *back_at_level(unsigned level)
{
    static char path[sizeof deepest + 8];
    snprintf(path, sizeof path, "%s%s", path_of_level(level), level > 0 ? "/z/back" : "z/back");
    return path;
}

/* Starts a walk and stops at the deepest file. */
static struct walk *walk_to_the_deepest(void)
{
    static const struct found expected[] = {{deepest, 0}};
    tree_file(deepest, "");
    for (unsigned i = 0; i < 20; i++)
        tree_file(back_at_level(i), "");
    struct walk *walk = walk_start(tree_open(), "", 0, NULL);
    assert_non_null(walk);
    assert_walk_goes_on(walk, expected, 1, false);
    return walk;
}

static void assert_back(struct walk *walk, unsigned from, unsigned to, bool is_end)
{
    for (unsigned i = from + 1; i > to; i--) {
        const struct found expected[] = {{back_at_level(i - 1), 0}};
        assert_walk_goes_on(walk, expected, 1, is_end && i - 1 == to);
    }
}

static void move(const char *from, const char *to)
{
    char source[1024];
    snprintf(source, sizeof source, "%s", tree_path(from));
    assert_int_equal(rename(source, tree_path(to)), 0);
}

static void every_directory_is_reopened_on_the_way_back(void **state)
{
    (void)state;
    struct walk *walk = walk_to_the_deepest();
    assert_back(walk, 19, 0, true);
    walk_free(walk);
}

/* The parent of level 6 is the root now, but level 5 is still where it was. */
static void a_moved_directory_does_not_affect_its_old_parents(void **state)
{
    (void)state;
    struct walk *walk = walk_to_the_deepest();
    move("1/2/3/4/5/6", "moved");
    assert_back(walk, 19, 0, true);
    walk_free(walk);
}

/* Levels 4 to 6 were moved separately: 6 out of 5, 5 out of 4, 4 out of 3. Only 3 can be found from above. */
static void each_lost_directory_is_one_error(void **state)
{
    static const struct found lost[] = {{"1/2/3/4/5", ENOENT}, {"1/2/3/4", ENOENT}};
    (void)state;
    struct walk *walk = walk_to_the_deepest();
    move("1/2/3/4/5/6", "moved-6");
    move("1/2/3/4/5", "moved-5");
    move("1/2/3/4", "moved-4");
    assert_back(walk, 19, 6, false);
    assert_walk_goes_on(walk, lost, COUNT(lost), false);
    assert_back(walk, 3, 0, true);
    walk_free(walk);
}

static void a_different_directory_of_the_same_name_is_not_walked(void **state)
{
    static const struct found lost[] = {{"1/2/3/4", ESTALE}};
    (void)state;
    struct walk *walk = walk_to_the_deepest();
    move("1/2/3/4/5", "moved-5");
    move("1/2/3/4", "moved-4");
    tree_file("1/2/3/4/z/back", "");
    assert_back(walk, 19, 5, false);
    assert_walk_goes_on(walk, lost, COUNT(lost), false);
    assert_back(walk, 3, 0, true);
    walk_free(walk);
}

static void a_lost_directory_with_nothing_left_is_not_an_error(void **state)
{
    (void)state;
    tree_file(deepest, "");
    tree_file("z/back", "");
    static const struct found before[] = {{deepest, 0}};
    static const struct found after[] = {{"z/back", 0}};
    struct walk *walk = walk_start(tree_open(), "", 0, NULL);
    assert_non_null(walk);
    assert_walk_goes_on(walk, before, 1, false);
    move("1/2/3/4/5", "moved-5");
    move("1/2", "moved-2");
    assert_walk_goes_on(walk, after, 1, true);
    walk_free(walk);
}

#define TREE_TEST(test) cmocka_unit_test_setup_teardown(test, tree_make, tree_remove)

TEST_FILE(walk_depth)
{
    const struct CMUnitTest tests[] = {
        TREE_TEST(depth_is_limited_only_by_the_disk),
        TREE_TEST(every_directory_is_reopened_on_the_way_back),
        TREE_TEST(a_moved_directory_does_not_affect_its_old_parents),
        TREE_TEST(each_lost_directory_is_one_error),
        TREE_TEST(a_different_directory_of_the_same_name_is_not_walked),
        TREE_TEST(a_lost_directory_with_nothing_left_is_not_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
