/* SPDX-License-Identifier: Apache-2.0 */
/* Sparse files have the codes of their bytes, wherever the holes are and whatever lseek reports about them. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "hash/hash_file.h"
#include "hash/pipeline.h"
#include "support/folder.h"
#include "support/random.h"
#include "support/unit.h"
#include "util/failure.h"

#define MIB ((size_t)1024 * 1024)
#define SIZE_MAX_OF_A_FILE (9 * MIB)

static const struct hash_settings settings = {.flags = ISCC_WIDE};

/* What the file under test holds. */
static uint8_t *bytes;
static size_t bytes_size;

/* ---- The system's answers ---- */

off_t __real_lseek(int descriptor, off_t offset, int whence);
off_t __real_lseek64(int descriptor, off_t offset, int whence);
off_t __wrap_lseek(int descriptor, off_t offset, int whence);
off_t __wrap_lseek64(int descriptor, off_t offset, int whence);

static size_t bytes_read;
static unsigned seeks;              /* calls that look for data or holes */
static int answer_fails;            /* errno of them all, or 0 */
static void (*before_answer)(void); /* done at each of them, or NULL */

static off_t answer(off_t (*real)(int, off_t, int), int descriptor, off_t offset, int whence)
{
    if (whence == SEEK_DATA || whence == SEEK_HOLE) {
        seeks++;
        if (before_answer != NULL)
            before_answer();
        if (answer_fails != 0) {
            errno = answer_fails;
            return -1;
        }
    }
    return real(descriptor, offset, whence);
}

off_t __wrap_lseek(int descriptor, off_t offset, int whence)
{
    return answer(__real_lseek, descriptor, offset, whence);
}

off_t __wrap_lseek64(int descriptor, off_t offset, int whence)
{
    return answer(__real_lseek64, descriptor, offset, whence);
}

ssize_t __real_read(int descriptor, void *buffer, size_t size);
ssize_t __wrap_read(int descriptor, void *buffer, size_t size);

ssize_t __wrap_read(int descriptor, void *buffer, size_t size)
{
    const ssize_t got = __real_read(descriptor, buffer, size);
    bytes_read += got > 0 ? (size_t)got : 0;
    return got;
}

/* ---- Files ---- */

/* Makes the file all one hole. */
static void make_hole(size_t size)
{
    char *path = folder_path("file");
    int descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_true(descriptor >= 0);
    assert_int_equal(ftruncate(descriptor, (off_t)size), 0);
    close(descriptor);
    free(path);
    memset(bytes, 0, size);
    bytes_size = size;
}

/* Puts data in. */
static void put(uint64_t *numbers, size_t offset, size_t size)
{
    char *path = folder_path("file");
    int descriptor = open(path, O_WRONLY);
    assert_true(descriptor >= 0);
    random_fill(numbers, bytes + offset, size);
    assert_int_equal(pwrite(descriptor, bytes + offset, size, (off_t)offset), size);
    close(descriptor);
    free(path);
}

static struct job file_job(void)
{
    char *path = folder_path("file");
    struct job job = {.descriptor = -1};
    job_set(&job, JOB_OPERAND, path, strlen(path), 0);
    free(path);
    job_open(&job, &settings);
    assert_int_equal(job.failure, 0);
    return job;
}

/* The job gets the code of the bytes from `start` on. */
static void assert_job(struct job *job, size_t start, struct block_pool *pool)
{
    struct hasher hasher;
    struct iscc_sum_code code;

    assert_int_equal(iscc_gen_sum_code_v0(bytes + start, bytes_size - start, ISCC_WIDE, &code), ISCC_OK);
    assert_true(hasher_init(&hasher, &settings, NULL));
    hasher.pool = pool;
    job_hash(job, &hasher);
    hasher_finish(&hasher);
    assert_int_equal(job->failure, 0);
    assert_string_equal(job->code.iscc, code.iscc);
    assert_string_equal(job->code.datahash, code.datahash);
    assert_string_equal(job->code.data_code, code.data_code);
    assert_int_equal(job->code.filesize, bytes_size - start);
    job_free(job);
    hasher_free(&hasher);
}

/* By one buffer, and through blocks. */
static void assert_file(void)
{
    struct block_pool *pool = block_pool_new(2);
    assert_non_null(pool);
    struct job job = file_job();
    assert_job(&job, 0, NULL);
    job = file_job();
    assert_job(&job, 0, pool);
    block_pool_free(pool);
}

static bool holes_are_made(void)
{
    struct stat status;
    char *path = folder_path("file");
    assert_int_equal(stat(path, &status), 0);
    free(path);
    return status.st_blocks < status.st_size / 512;
}

/* ---- Tests ---- */

/* Where data is, in an otherwise empty file. */
struct data {
    size_t offset;
    size_t size;
};

static void make_file(size_t size, const struct data *data, size_t count)
{
    uint64_t numbers = random_seed();
    make_hole(size);
    for (size_t i = 0; i < count; i++)
        put(&numbers, data[i].offset, data[i].size);
}

static void holes_in_every_place(void **state)
{
    static const struct {
        size_t size;
        struct data data[3];
    } files[] = {
        {0, {{0, 0}}},
        {1, {{0, 0}}},
        {MIB, {{0, 0}}},
        {5 * MIB + 1, {{0, 0}}},                                       /* all hole */
        {5 * MIB, {{0, 2 * MIB}}},                                     /* at the end */
        {5 * MIB + 17, {{0, 2 * MIB + 3}}},                            /* and unaligned */
        {5 * MIB, {{3 * MIB, 2 * MIB}}},                               /* at the start */
        {5 * MIB, {{3 * MIB - 5, 2 * MIB + 5}}},                       /* and unaligned */
        {6 * MIB, {{0, MIB}, {5 * MIB, MIB}}},                         /* in the middle */
        {6 * MIB, {{0, MIB + 70001}, {4 * MIB + 12345, 50000}}},       /* two, unaligned */
        {6 * MIB, {{0, 2 * MIB}, {2 * MIB + 65536, 4 * MIB - 65536}}}, /* less than a block */
        {6 * MIB, {{MIB, 1}, {3 * MIB, 1}, {6 * MIB - 1, 1}}},         /* all but three bytes */
    };

    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        make_file(files[i].size, files[i].data, 3);
        assert_file();
    }
}

/* Of any number and length, on the boundaries of pages and elsewhere. */
static void random_holes(void **state)
{
    uint64_t numbers = random_seed();

    (void)state;
    for (unsigned round = 0; round < 12; round++) {
        make_hole(1 + random_below(&numbers, SIZE_MAX_OF_A_FILE));
        for (size_t left = random_below(&numbers, 6); left > 0; left--) {
            const size_t offset = random_below(&numbers, bytes_size) & ~(random_below(&numbers, 2) * 4095);
            put(&numbers, offset,
                random_below(&numbers, bytes_size - offset < 2 * MIB ? bytes_size - offset : 2 * MIB));
        }
        assert_file();
    }
}

/* Small files and those without holes are not searched for them; many small holes cost three calls a MiB. */
static void few_seeks(void **state)
{
    uint64_t numbers = random_seed();

    (void)state;
    make_hole(4 * MIB);
    put(&numbers, 0, 4 * MIB);
    seeks = 0;
    assert_file();
    assert_int_equal(seeks, 0);

    make_hole(MIB - 1);
    seeks = 0;
    assert_file();
    assert_int_equal(seeks, 0);

    make_hole(4 * MIB);
    seeks = 0;
    assert_file();
    if (holes_are_made())
        assert_int_equal(seeks, 2); /* once in each of two runs */

    make_hole(8 * MIB);
    for (size_t i = 0; i < 8 * MIB; i += 8192)
        put(&numbers, i, 4096);
    seeks = 0;
    assert_file();
    assert_in_range(seeks, 1, 2 * 3 * 8);
}

static void holes_are_not_read(void **state)
{
    (void)state;
    make_file(9 * MIB, (const struct data[]){{3 * MIB, MIB}}, 1);
    if (!holes_are_made())
        skip();
    bytes_read = 0;
    assert_file();
    assert_int_equal(bytes_read, 2 * MIB); /* once for each of two runs */
}

/* A file system that does not report holes. */
static void no_answers(void **state)
{
    static const int errors[] = {EINVAL, EOPNOTSUPP, EIO};

    (void)state;
    make_file(4 * MIB, (const struct data[]){{MIB, MIB}}, 1);
    for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++) {
        answer_fails = errors[i];
        seeks = 0;
        assert_file();
        answer_fails = 0;
        assert_in_range(seeks, 0, 4); /* for data, then for a hole, and no more */
    }
}

/* Reading starts at standard input's offset and leaves it at the end of the file. */
static void standard_input(void **state)
{
    static const size_t starts[] = {0, 10, MIB + 1, 2 * MIB + 100, 4 * MIB, 5 * MIB};
    char *path = folder_path("file");
    const int saved = dup(STDIN_FILENO);

    (void)state;
    make_file(4 * MIB, (const struct data[]){{MIB, MIB}}, 1);
    for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++) {
        struct job job = {.descriptor = -1};
        int descriptor = open(path, O_RDONLY);
        const size_t end = starts[i] < bytes_size ? bytes_size : starts[i];
        assert_int_equal(dup2(descriptor, STDIN_FILENO), STDIN_FILENO);
        assert_int_equal(lseek(STDIN_FILENO, (off_t)starts[i], SEEK_SET), starts[i]);
        job_set(&job, JOB_STREAM, "-", 1, 0);
        job_open(&job, &settings);
        assert_job(&job, starts[i] < bytes_size ? starts[i] : bytes_size, NULL);
        assert_int_equal(lseek(STDIN_FILENO, 0, SEEK_CUR), end);
        close(descriptor);
    }
    dup2(saved, STDIN_FILENO);
    close(saved);
    free(path);
}

/* ---- Changes ---- */

static void change(int (*how)(const char *path))
{
    const struct timespec tick = {0, 30000000}; /* time stamps are as coarse as the kernel's clock */
    char *path = folder_path("file");
    before_answer = NULL;
    nanosleep(&tick, NULL);
    assert_int_equal(how(path), 0);
    free(path);
}

static int fill_hole(const char *path)
{
    int descriptor = open(path, O_WRONLY);
    const ssize_t written = pwrite(descriptor, "data", 4, (off_t)(3 * MIB));
    return close(descriptor) == 0 && written == 4 ? 0 : -1;
}

static int cut_in_hole(const char *path)
{
    return truncate(path, (off_t)(3 * MIB));
}

static int lengthen_hole(const char *path)
{
    return truncate(path, (off_t)(6 * MIB));
}

static void change_by_filling(void)
{
    change(fill_hole);
}

static void change_by_cutting(void)
{
    change(cut_in_hole);
}

static void change_by_lengthening(void)
{
    change(lengthen_hole);
}

/* A file whose hole changes after lseek reported it, or after the file was opened, gets no code. */
static void changes(void **state)
{
    static void (*const all[])(void) = {change_by_filling, change_by_cutting, change_by_lengthening};
    struct hasher hasher;

    (void)state;
    assert_true(hasher_init(&hasher, &settings, NULL));
    for (size_t i = 0; i < 2 * sizeof all / sizeof all[0]; i++) {
        make_file(5 * MIB, (const struct data[]){{0, MIB}}, 1);
        if (!holes_are_made())
            skip();
        struct job job = file_job();
        before_answer = all[i / 2];
        if (i % 2 == 0)
            all[i / 2]();
        job_hash(&job, &hasher);
        hasher_finish(&hasher);
        assert_int_equal(job.failure, FAILURE_CHANGED);
        job_free(&job);
    }
    hasher_free(&hasher);
}

#define TEST_IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, folder_make, folder_remove)

TEST_FILE(sparse)
{
    const struct CMUnitTest tests[] = {
        TEST_IN_FOLDER(holes_in_every_place),
        TEST_IN_FOLDER(random_holes),
        TEST_IN_FOLDER(few_seeks),
        TEST_IN_FOLDER(holes_are_not_read),
        TEST_IN_FOLDER(no_answers),
        TEST_IN_FOLDER(standard_input),
        TEST_IN_FOLDER(changes),
    };
    bytes = malloc(SIZE_MAX_OF_A_FILE);
    if (bytes == NULL)
        return 1;
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    free(bytes);
    return failed;
}
