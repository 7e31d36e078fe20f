/* SPDX-License-Identifier: Apache-2.0 */
/* Records are read unchanged, however the bytes arrive. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lists/record_reader.h"
#include "support/random.h"
#include "support/unit.h"
#include "util/failure.h"

enum { BUFFER_SIZE = 5000000 };

/* A child process writes the bytes into a pipe in pieces of any size. Returns the read end. */
static int feed(const char *bytes, size_t size, uint64_t *random, pid_t *writer)
{
    int ends[2];

    assert_int_equal(pipe(ends), 0);
    *writer = fork();
    assert_true(*writer >= 0);
    if (*writer > 0) {
        close(ends[1]);
        return ends[0];
    }
    close(ends[0]);
    while (size > 0) {
        size_t part = 1 + random_below(random, 100000);
        const ssize_t sent = write(ends[1], bytes, part < size ? part : size);
        if (sent <= 0)
            _exit(1);
        bytes += sent;
        size -= (size_t)sent;
    }
    _exit(0);
}

/* Records of all lengths, many around the size of the first buffer; the last may lack its terminator. */
static size_t make_records(char *bytes, char terminator, uint64_t *random)
{
    static const size_t limits[] = {2, 100, 70000, 200000};
    size_t size = 0;

    for (size_t i = 0; i < 60; i++) {
        size_t length = random_below(random, limits[random_below(random, 4)]);
        if (random_below(random, 4) == 0)
            length = 65530 + random_below(random, 12);
        if (size + length + 1 > BUFFER_SIZE)
            break;
        memset(bytes + size, 'a' + (int)(i % 26), length);
        size += length;
        bytes[size++] = terminator;
    }
    return size - random_below(random, 2);
}

static void assert_records(struct record_reader *reader, const char *bytes, size_t size, char terminator)
{
    struct record record;

    for (size_t at = 0; at < size;) {
        const char *end = memchr(bytes + at, terminator, size - at);
        const size_t length = end != NULL ? (size_t)(end - bytes) - at : size - at;
        assert_true(record_next(reader, &record));
        assert_false(record.is_too_long);
        assert_int_equal(record.size, length);
        assert_memory_equal(record.text, bytes + at, length);
        assert_int_equal(record.text[length], '\0');
        at += length + 1;
    }
    assert_false(record_next(reader, &record));
    assert_false(record_next(reader, &record));
    assert_int_equal(reader->failure, 0);
}

static void test_any_arrival(void **state)
{
    (void)state;
    uint64_t random = random_seed();
    char *bytes = malloc(BUFFER_SIZE);

    assert_non_null(bytes);
    for (size_t round = 0; round < 12; round++) {
        const char terminator = round % 2 == 0 ? '\n' : '\0';
        const size_t size = make_records(bytes, terminator, &random);
        pid_t writer;
        int status;
        const int descriptor = feed(bytes, size, &random, &writer);
        struct record_reader reader = record_reader_make(descriptor, terminator);
        assert_records(&reader, bytes, size, terminator);
        record_reader_free(&reader);
        close(descriptor);
        assert_int_equal(waitpid(writer, &status, 0), writer);
        assert_int_equal(status, 0);
    }
    free(bytes);
}

/* Records of maximum length are read in full, and one byte more is too long. Reading continues with the next record
 * either way, and the buffer stays within its bound. */
static void test_bounds(void **state)
{
    (void)state;
    for (size_t i = 0; i < 4; i++) {
        const size_t more = i < 3 ? i : 4 * RECORD_MAX;
        char path[] = "/tmp/iscc-record-XXXXXX";
        const size_t length = RECORD_MAX + more;
        char *bytes = malloc(length + 6);
        struct record record;
        const int descriptor = mkstemp(path);

        assert_true(descriptor >= 0);
        assert_non_null(bytes);
        unlink(path);
        memset(bytes, 'x', length);
        memcpy(bytes + length, "\nnext", 5);
        for (size_t sent = 0; sent < length + 5;) {
            const ssize_t part = write(descriptor, bytes + sent, length + 5 - sent);
            assert_true(part > 0);
            sent += (size_t)part;
        }
        assert_int_equal(lseek(descriptor, 0, SEEK_SET), 0);
        struct record_reader reader = record_reader_make(descriptor, '\n');
        assert_true(record_next(&reader, &record));
        assert_int_equal(record.is_too_long, more > 0);
        if (more == 0)
            assert_int_equal(record.size, RECORD_MAX);
        assert_true(record_next(&reader, &record));
        assert_false(record.is_too_long);
        assert_string_equal(record.text, "next");
        assert_false(record_next(&reader, &record));
        assert_true(reader.capacity <= 2 * RECORD_MAX);
        record_reader_free(&reader);
        free(bytes);
        close(descriptor);
    }
}

static void test_failures(void **state)
{
    (void)state;
    struct record record;
    struct record_reader reader = record_reader_make(-1, '\n');
    const int directory = open("/", O_RDONLY);

    assert_false(record_next(&reader, &record));
    assert_int_equal(reader.failure, EBADF);
    record_reader_free(&reader);
    reader = record_reader_make(directory, '\n');
    assert_false(record_next(&reader, &record));
    assert_int_equal(reader.failure, EISDIR);
    assert_false(record_next(&reader, &record));
    assert_int_equal(reader.failure, EISDIR);
    record_reader_free(&reader);
    close(directory);
}

/* A regular file that was changed while it was read may have lost records, so that it has failed at its end. */
static void test_changes(void **state)
{
    (void)state;
    for (int is_changed = 0; is_changed < 2; is_changed++) {
        char path[] = "/tmp/iscc-record-XXXXXX";
        const int descriptor = mkstemp(path);
        struct record record;

        assert_true(descriptor >= 0);
        unlink(path);
        assert_int_equal(write(descriptor, "a\nb\n", 4), 4);
        assert_int_equal(lseek(descriptor, 0, SEEK_SET), 0);
        struct record_reader reader = record_reader_make(descriptor, '\n');
        assert_true(record_next(&reader, &record));
        if (is_changed)
            assert_int_equal(ftruncate(descriptor, 2), 0);
        assert_true(record_next(&reader, &record));
        assert_string_equal(record.text, "b");
        errno = EINTR; /* left from another call: the end is no interrupt */
        assert_false(record_next(&reader, &record));
        assert_int_equal(reader.failure, is_changed ? FAILURE_CHANGED : 0);
        record_reader_free(&reader);
        close(descriptor);
    }
}

/* Standard input is `-`, whatever files there are, and stays open. */
static void test_opening(void **state)
{
    (void)state;
    assert_int_equal(record_open("-"), STDIN_FILENO);
    record_close(STDIN_FILENO);
    assert_true(fcntl(STDIN_FILENO, F_GETFD) >= 0);
    assert_int_equal(record_open("/nowhere/a"), -1);
    assert_int_equal(errno, ENOENT);
    record_close(-1);
    const int descriptor = record_open("/dev/null");
    assert_true(descriptor > STDIN_FILENO);
    assert_true((fcntl(descriptor, F_GETFD) & FD_CLOEXEC) != 0);
    record_close(descriptor);
    assert_int_equal(fcntl(descriptor, F_GETFD), -1);
}

TEST_FILE(record_reader)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_any_arrival), cmocka_unit_test(test_bounds),  cmocka_unit_test(test_failures),
        cmocka_unit_test(test_changes),     cmocka_unit_test(test_opening),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
