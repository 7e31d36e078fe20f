/* SPDX-License-Identifier: Apache-2.0 */
/* The file of -o: it is renamed into place when complete, or not at all. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lines.h"
#include "output/output.h"
#include "support/capture.h"
#include "support/folder.h"
#include "support/unit.h"

static const char old[] = "the old file\n";

static void a_file_appears_at_the_end(void **state)
{
    char *path = folder_path("new");
    struct output *output = output_open(path, '\n');

    (void)state;
    assert_non_null(output);
    output_string(output, "one\n");
    output_flush(output);
    assert_int_not_equal(access(path, F_OK), 0);
    output_write(output, "two\n", 4);
    output_finish(output);
    assert_true(folder_holds("new", "one\ntwo\n", 8));
    assert_int_equal(folder_count(), 1);
    free(path);
}

static void a_file_is_replaced_at_the_end(void **state)
{
    char *path = folder_path("file");
    struct stat status;

    (void)state;
    folder_write("file", old, strlen(old));
    assert_int_equal(chmod(path, 0640), 0);
    struct output *output = output_open(path, '\n');
    assert_non_null(output);
    write_lines(output, 2000);
    output_flush(output);
    assert_true(folder_holds("file", old, strlen(old)));
    output_finish(output);
    assert_false(folder_holds("file", old, strlen(old)));
    assert_int_equal(folder_count(), 1);
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 07777, 0640);
    free(path);
}

static void a_link_stays(void **state)
{
    char *path = folder_path("link");
    struct stat status;

    (void)state;
    folder_write("target", old, strlen(old));
    assert_int_equal(symlink("target", path), 0);
    struct output *output = output_open(path, '\n');
    assert_non_null(output);
    output_string(output, "new\n");
    output_finish(output);
    assert_int_equal(lstat(path, &status), 0);
    assert_true(S_ISLNK(status.st_mode));
    assert_true(folder_holds("target", "new\n", 4));
    assert_int_equal(folder_count(), 2);
    free(path);
}

static void a_link_to_a_new_file_stays(void **state)
{
    char *path = folder_path("link");
    struct stat status;

    (void)state;
    assert_int_equal(symlink("another", path), 0);
    char *another = folder_path("another");
    assert_int_equal(symlink("new", another), 0);
    struct output *output = output_open(path, '\n');
    assert_non_null(output);
    output_string(output, "new\n");
    output_finish(output);
    assert_int_equal(lstat(path, &status), 0);
    assert_true(S_ISLNK(status.st_mode));
    assert_int_equal(lstat(another, &status), 0);
    assert_true(S_ISLNK(status.st_mode));
    assert_true(folder_holds("new", "new\n", 4));
    assert_int_equal(folder_count(), 3);
    free(another);
    free(path);
}

static void a_loop_of_links_is_an_error(void **state)
{
    char *path = folder_path("link");
    char expected[1024];

    (void)state;
    assert_int_equal(symlink("link", path), 0);
    capture_errors();
    assert_null(output_open(path, '\n'));
    snprintf(expected, sizeof expected, "iscc: %s: %s\n", path, strerror(ELOOP));
    assert_captured_errors(expected);
    assert_int_equal(folder_count(), 1);
    free(path);
}

static void both_files_are_owned(void **state)
{
    char *path = folder_path("file");
    struct stat status;
    struct stat other;

    (void)state;
    folder_write("file", old, strlen(old));
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(stat("/", &other), 0);
    struct output *output = output_open(path, '\n');
    assert_true(output_owns(output, &status));
    assert_false(output_owns(output, &other));
    output_finish(output);
    free(path);

    output = output_open(NULL, '\n');
    assert_false(output_owns(output, &status));
    free(output);
}

static void a_name_can_be_as_long_as_the_system_allows(void **state)
{
    char name[256];

    (void)state;
    memset(name, 'n', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    char *path = folder_path(name);
    struct output *output = output_open(path, '\n');
    assert_non_null(output);
    output_string(output, "new\n");
    output_finish(output);
    assert_true(folder_holds(name, "new\n", 4));
    assert_int_equal(folder_count(), 1);
    free(path);
}

static void an_abandoned_file_does_not_appear(void **state)
{
    char *path = folder_path("file");

    (void)state;
    for (int round = 0; round < 2; round++) {
        struct output *output = output_open(path, '\n');
        assert_non_null(output);
        write_lines(output, 2000);
        output_abandon(output);
        assert_int_equal(folder_count(), round);
        folder_write("file", old, strlen(old));
    }
    assert_true(folder_holds("file", old, strlen(old)));
    free(path);
}

/* As a library does when it gives up. A file for another user has a name from the start; only root can make one. */
static void exit_removes_the_new_file(void **state)
{
    /* Static, so that the leak check of the child, which exits midway, finds them reachable. */
    static struct output *volatile output;
    static char *path;
    int status;

    (void)state;
    path = folder_path("file");
    folder_write("file", old, strlen(old));
    const bool has_name = geteuid() == 0 && chown(path, 12345, (gid_t)-1) == 0;
    const pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        output = output_open(path, '\n');
        write_lines(output, 2000);
        exit(!has_name || folder_count() == 2 ? 7 : 8);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 7);
    assert_true(folder_holds("file", old, strlen(old)));
    assert_int_equal(folder_count(), 1);
    free(path);
}

static void a_missing_directory_is_an_error(void **state)
{
    char *path = folder_path("missing/file");
    char expected[1024];

    (void)state;
    capture_errors();
    assert_null(output_open(path, '\n'));
    snprintf(expected, sizeof expected, "iscc: %s: No such file or directory\n", path);
    assert_captured_errors(expected);
    free(path);
}

/* A file size limit: the first write is cut short, the next one fails. */
static void a_half_written_file_is_discarded(void **state)
{
    struct rlimit limit;
    struct rlimit small;
    char *path = folder_path("file");
    char expected[1024];

    (void)state;
    folder_write("file", old, strlen(old));
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    small = (struct rlimit){100000, limit.rlim_max};
    capture_errors();
    struct output *output = output_open(path, '\n');
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    write_lines(output, 2000);
    const bool failed = output_failed(output);
    output_finish(output);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
    snprintf(expected, sizeof expected, "iscc: %s: File too large\n", path);
    assert_captured_errors(expected);
    assert_true(failed);
    assert_true(folder_holds("file", old, strlen(old)));
    assert_int_equal(folder_count(), 1);
    free(path);
}

#define TEST_IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, folder_make, folder_remove)

TEST_FILE(replacement)
{
    const struct CMUnitTest tests[] = {
        TEST_IN_FOLDER(a_file_appears_at_the_end),
        TEST_IN_FOLDER(a_file_is_replaced_at_the_end),
        TEST_IN_FOLDER(a_link_stays),
        TEST_IN_FOLDER(a_link_to_a_new_file_stays),
        TEST_IN_FOLDER(a_loop_of_links_is_an_error),
        TEST_IN_FOLDER(both_files_are_owned),
        TEST_IN_FOLDER(a_name_can_be_as_long_as_the_system_allows),
        TEST_IN_FOLDER(an_abandoned_file_does_not_appear),
        TEST_IN_FOLDER(exit_removes_the_new_file),
        TEST_IN_FOLDER(a_missing_directory_is_an_error),
        TEST_IN_FOLDER(a_half_written_file_is_discarded),
    };
    signal(SIGXFSZ, SIG_IGN); /* as main.c does */
    return cmocka_run_group_tests(tests, NULL, NULL);
}
