/* SPDX-License-Identifier: Apache-2.0 */
/* Filters made from options: how they treat paths, operands and sizes. */
#include <stdlib.h>
#include <string.h>

#include "cli/files/tree.h"
#include "filter/filter.h"
#include "options/option_value.h"
#include "support/capture.h"
#include "support/unit.h"

static struct settings {
    struct filter filter;
} settings;
static struct filter *const filter = &settings.filter;

static const struct option_spec rows[] = {OPTIONS_FILTER("", struct settings, filter), {.kind = OPTION_END}};

static int forget_choice(void **state)
{
    (void)state;
    filter_free(filter);
    return 0;
}

static bool store(const char *name, const char *value)
{
    const struct option_spec *option = rows;

    while (strcmp(option->name, name) != 0)
        option++;
    return option_store(option, value, &settings, "demo");
}

static void set(const char *name, const char *value)
{
    assert_true(store(name, value));
}

/* Asserts that the option is rejected with this message. */
static void assert_rejected(const char *name, const char *value, const char *message)
{
    capture_errors();
    const bool is_set = store(name, value);
    char *errors = captured_errors();
    assert_false(is_set);
    if (strncmp(errors, message, strlen(message)) != 0)
        fail_msg("%s", errors);
    free(errors);
}

static enum ignore_verdict match(const char *path, bool is_directory)
{
    const char *slash = strrchr(path, '/');
    return filter_match(filter, path, slash != NULL ? (size_t)(slash - path) + 1 : 0, is_directory);
}

static void an_empty_filter_accepts_everything(void **state)
{
    (void)state;
    assert_int_equal(match("a/b", false), IGNORE_UNDECIDED);
    assert_int_equal(filter_match(NULL, "a", 0, false), IGNORE_UNDECIDED);
    assert_int_equal(filter_match_operand(NULL, "a", false), IGNORE_UNDECIDED);
    assert_true(filter_accepts_size(NULL, 0));
    assert_true(filter_accepts_size(filter, INT64_MAX));
    assert_false(filter->only_included);
}

static void the_last_pattern_that_matches_decides(void **state)
{
    (void)state;
    set("exclude", "*.c");
    set("include", "a.c");
    set("exclude", "/d/a.c");
    set("include", "e/");
    assert_int_equal(match("b.c", false), IGNORE_YES);
    assert_int_equal(match("x/b.c", true), IGNORE_YES);
    assert_int_equal(match("x/a.c", false), IGNORE_NO);
    assert_int_equal(match("d/a.c", false), IGNORE_YES);
    assert_int_equal(match("e", true), IGNORE_NO);
    assert_int_equal(match("e", false), IGNORE_UNDECIDED);
    assert_false(filter->only_included);
}

static void the_first_pattern_option_decides_about_unmatched_files(void **state)
{
    static const char *const names[] = {"exclude", "include", "exclude-from"};
    (void)state;
    for (size_t first = 0; first < COUNT(names); first++)
        for (size_t second = 0; second < COUNT(names); second++) {
            set("max-depth", "3");
            set(names[first], "/dev/null");
            set(names[second], "/dev/null");
            assert_int_equal(filter->only_included, (first == 1));
            filter_free(filter);
        }
}

static void a_file_of_patterns_is_one_list(void **state)
{
    (void)state;
    tree_file("patterns", "# comment\n*.c\n!a.c\n");
    set("exclude-from", tree_path("patterns"));
    assert_int_equal(match("b.c", false), IGNORE_YES);
    assert_int_equal(match("a.c", false), IGNORE_NO);
    assert_int_equal(match("# comment", false), IGNORE_UNDECIDED);
    set("exclude", "a.c");
    assert_int_equal(match("a.c", false), IGNORE_YES);
    assert_rejected("exclude-from", tree_path("missing"), "iscc: ");
    assert_int_equal(match("a.c", false), IGNORE_YES);
}

static void a_glob_is_not_parsed_as_a_line(void **state)
{
    (void)state;
    set("exclude", "!a");
    set("exclude", "#b");
    set("exclude", "c ");
    set("exclude", "two\nlines");
    assert_int_equal(match("!a", false), IGNORE_YES);
    assert_int_equal(match("#b", false), IGNORE_YES);
    assert_int_equal(match("c ", false), IGNORE_YES);
    assert_int_equal(match("two\nlines", false), IGNORE_YES);
    assert_int_equal(match("a", false), IGNORE_UNDECIDED);
    assert_int_equal(match("c", false), IGNORE_UNDECIDED);
    assert_int_equal(match("two", false), IGNORE_UNDECIDED);
    assert_rejected("exclude", "", "iscc: the pattern '' of --exclude matches nothing\n");
    assert_rejected("include", "/", "iscc: the pattern '/' of --include matches nothing\n");
    assert_rejected("include", "a/../b", "iscc: the pattern 'a/../b' of --include matches nothing\n");
}

static void operands_are_matched_by_their_last_component(void **state)
{
    (void)state;
    set("exclude", "*");
    set("include", "/a");
    set("include", "x/b");
    assert_int_equal(filter_match_operand(filter, "a", false), IGNORE_NO);
    assert_int_equal(filter_match_operand(filter, "/x/./a", false), IGNORE_NO);
    assert_int_equal(filter_match_operand(filter, "x/b", false), IGNORE_YES);
    assert_int_equal(filter_match_operand(filter, "a/..x", true), IGNORE_YES);
    assert_int_equal(filter_match_operand(filter, "a/..", true), IGNORE_UNDECIDED);
    assert_int_equal(filter_match_operand(filter, ".", true), IGNORE_UNDECIDED);
    assert_int_equal(filter_match_operand(filter, "", true), IGNORE_UNDECIDED);
}

static void sizes_have_limits(void **state)
{
    (void)state;
    set("min-size", "1K");
    assert_false(filter_accepts_size(filter, 1023));
    assert_true(filter_accepts_size(filter, 1024));
    assert_true(filter_accepts_size(filter, INT64_MAX));
    set("max-size", "2KB");
    assert_false(filter_accepts_size(filter, 1023));
    assert_true(filter_accepts_size(filter, 2000));
    assert_false(filter_accepts_size(filter, 2001));
    filter_free(filter);
    set("max-size", "0");
    assert_true(filter_accepts_size(filter, 0));
    assert_false(filter_accepts_size(filter, 1));
    assert_rejected("max-size", "1z", "iscc: invalid argument '1z' for '--max-size'\n");
    assert_rejected("min-size", "16E", "iscc: invalid argument '16E' for '--min-size'\n");
}

static void limits_of_the_walk(void **state)
{
    (void)state;
    set("max-depth", "0");
    set("no-ignore", NULL);
    set("one-file-system", NULL);
    assert_true(filter->limits_depth && filter->no_ignore && filter->one_file_system);
    assert_int_equal(filter->max_depth, 0);
    assert_rejected("max-depth", "1K", "iscc: invalid argument '1K' for '--max-depth'\n");
}

#define CHOICE_TEST(test) cmocka_unit_test_teardown(test, forget_choice)

TEST_FILE(filter)
{
    const struct CMUnitTest tests[] = {
        CHOICE_TEST(an_empty_filter_accepts_everything),
        CHOICE_TEST(the_last_pattern_that_matches_decides),
        CHOICE_TEST(the_first_pattern_option_decides_about_unmatched_files),
        CHOICE_TEST(a_file_of_patterns_is_one_list),
        CHOICE_TEST(a_glob_is_not_parsed_as_a_line),
        CHOICE_TEST(operands_are_matched_by_their_last_component),
        CHOICE_TEST(sizes_have_limits),
        CHOICE_TEST(limits_of_the_walk),
    };
    return cmocka_run_group_tests(tests, tree_make, tree_remove);
}
