/* SPDX-License-Identifier: Apache-2.0 */
/* A file that changes between the walk, the open and the last read gets no code. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "files/directory.h"
#include "hash/hash_file.h"
#include "support/folder.h"
#include "support/unit.h"
#include "util/failure.h"

#define SIZE 700000u /* several reads */

static const struct hash_settings settings = {.flags = ISCC_WIDE};

/* A job for an entry of the folder, as a walk makes it. */
static struct job entry(const char *name)
{
    char *path = folder_path("");
    int descriptor = open(path, O_RDONLY | O_DIRECTORY);
    assert_true(descriptor >= 0);
    struct directory *directory = directory_new(descriptor);
    assert_non_null(directory);
    const struct walk_entry found = {.path = name, .path_size = strlen(name), .directory = directory};
    struct job job = {.descriptor = -1};
    job_set_entry(&job, WALK_FILE, &found);
    directory_release(directory);
    free(path);
    return job;
}

/* A job for an operand, which follows links. */
static struct job operand(const char *name)
{
    char *path = folder_path(name);
    struct job job = {.descriptor = -1};
    job_set(&job, JOB_OPERAND, path, strlen(path), 0);
    free(path);
    return job;
}

static void write_zeros(const char *name, size_t size)
{
    char *bytes = calloc(1, size + 1);
    assert_non_null(bytes);
    folder_write(name, bytes, size);
    free(bytes);
}

/* ---- Between the walk and the open ---- */

static void assert_opened(struct job job, int failure)
{
    job_open(&job, &settings);
    assert_int_equal(job.failure, failure);
    assert_int_equal(job.descriptor >= 0, failure == 0);
    assert_null(job.directory);
    job_free(&job);
}

static void a_file_is_opened(void **state)
{
    (void)state;
    write_zeros("file", 5);
    assert_opened(entry("file"), 0);
    assert_opened(operand("file"), 0);
}

static void an_entry_that_is_gone(void **state)
{
    (void)state;
    assert_opened(entry("missing"), ENOENT);
}

/* A symbolic link that replaces a file must not lead out of the tree. */
static void an_entry_that_has_become_a_link(void **state)
{
    char *path = folder_path("link");

    (void)state;
    write_zeros("file", 5);
    assert_int_equal(symlink("file", path), 0);
    assert_opened(entry("link"), ELOOP);
    assert_opened(operand("link"), 0);
    free(path);
}

/* A FIFO that replaces a file must not hang the program. */
static void an_entry_that_has_become_a_fifo(void **state)
{
    char *path = folder_path("fifo");

    (void)state;
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_opened(entry("fifo"), FAILURE_CHANGED);
    assert_opened(operand("fifo"), FAILURE_SPECIAL);
    free(path);
}

static void an_entry_that_has_become_a_directory(void **state)
{
    char *path = folder_path("directory");

    (void)state;
    assert_int_equal(mkdir(path, 0700), 0);
    assert_opened(entry("directory"), FAILURE_CHANGED);
    free(path);
}

/* ---- Between the open and the last read ---- */

static void change_nothing(const char *path)
{
    (void)path;
}

static void grow(const char *path)
{
    assert_int_equal(truncate(path, SIZE + 1), 0);
}

static void shrink(const char *path)
{
    assert_int_equal(truncate(path, 300000), 0);
}

static void empty(const char *path)
{
    assert_int_equal(truncate(path, 0), 0);
}

/* One byte changes and the modification time is restored: the change time shows it. */
static void rewrite(const char *path)
{
    struct stat status;
    assert_int_equal(stat(path, &status), 0);
    const struct timespec times[2] = {status.st_atim, status.st_mtim};
    int descriptor = open(path, O_WRONLY);
    assert_int_equal(pwrite(descriptor, "x", 1, 1000), 1);
    assert_int_equal(futimens(descriptor, times), 0);
    close(descriptor);
}

static void change_the_time(const char *path)
{
    const struct timespec times[2] = {{1, 0}, {1, 0}};
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

static void remove_it(const char *path)
{
    assert_int_equal(unlink(path), 0);
}

static void replace_it(const char *path)
{
    char *other = folder_path("other");
    write_zeros("other", SIZE);
    assert_int_equal(rename(other, path), 0);
    free(other);
}

/* Waits until a change gets a new timestamp, because timestamps are as coarse as the kernel's clock tick. */
static void pass_a_tick(void)
{
    const struct timespec pause = {0, 30000000};
    nanosleep(&pause, NULL);
}

static void check_change(void (*change)(const char *path), size_t size, int failure)
{
    struct hasher hasher;
    char *path = folder_path("file");

    assert_true(hasher_init(&hasher, &settings, NULL));
    write_zeros("file", size);
    struct job job = entry("file");
    job_open(&job, &settings);
    assert_int_equal(job.failure, 0);
    pass_a_tick();
    change(path);
    memset(&job.code, 0, sizeof job.code);
    job_hash(&job, &hasher);
    hasher_finish(&hasher);
    assert_int_equal(job.failure, failure);
    assert_int_equal(job.descriptor, -1);
    assert_int_equal(job.code.filesize, failure == 0 ? size : 0);
    job_free(&job);
    hasher_free(&hasher);
    remove(path);
    free(path);
}

static void changes(void **state)
{
    (void)state;
    check_change(change_nothing, SIZE, 0);
    check_change(grow, SIZE, FAILURE_CHANGED);
    check_change(shrink, SIZE, FAILURE_CHANGED);
    check_change(empty, SIZE, FAILURE_CHANGED);
    check_change(rewrite, SIZE, FAILURE_CHANGED);
    check_change(change_the_time, SIZE, FAILURE_CHANGED);
    check_change(remove_it, SIZE, FAILURE_CHANGED);
    check_change(replace_it, SIZE, FAILURE_CHANGED);
}

/* Sizes around the boundaries of reads, and the empty file. */
static void sizes(void **state)
{
    const size_t all[] = {0, 1, 262143, 262144, 262145, 524288, 1048576};

    (void)state;
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        check_change(change_nothing, all[i], 0);
    check_change(grow, 0, FAILURE_CHANGED);
    check_change(grow, 262144, FAILURE_CHANGED);
    check_change(empty, 262144, FAILURE_CHANGED);
    check_change(change_the_time, 0, FAILURE_CHANGED);
}

#define TEST_IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, folder_make, folder_remove)

TEST_FILE(hash_file)
{
    const struct CMUnitTest tests[] = {
        TEST_IN_FOLDER(a_file_is_opened),
        TEST_IN_FOLDER(an_entry_that_is_gone),
        TEST_IN_FOLDER(an_entry_that_has_become_a_link),
        TEST_IN_FOLDER(an_entry_that_has_become_a_fifo),
        TEST_IN_FOLDER(an_entry_that_has_become_a_directory),
        TEST_IN_FOLDER(changes),
        TEST_IN_FOLDER(sizes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
