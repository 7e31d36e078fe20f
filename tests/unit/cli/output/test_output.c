/* SPDX-License-Identifier: Apache-2.0 */
/* Buffered output: whole lines, terminals, and failing writes. test_replacement.c covers -o. */
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "lines.h"
#include "output/output.h"
#include "support/capture.h"
#include "support/folder.h"
#include "support/unit.h"
#include "util/message.h"

/* ---- Standard output ---- */

static void standard_output_is_owned_if_it_is_a_file(void **state)
{
    char *path = folder_path("file");
    struct stat status;

    (void)state;
    int descriptor = open(path, O_WRONLY | O_CREAT, 0666);
    assert_true(descriptor >= 0);
    assert_int_equal(fstat(descriptor, &status), 0);
    capture_begin(STDOUT_FILENO, descriptor);
    struct output *output = output_open(NULL, '\n');
    const bool owns = output_owns(output, &status);
    const bool owns_any = output_owns_any(output);
    output_finish(output);
    capture_end(STDOUT_FILENO);
    assert_true(owns);
    assert_true(owns_any);

    descriptor = open("/dev/null", O_WRONLY);
    assert_int_equal(fstat(descriptor, &status), 0);
    capture_begin(STDOUT_FILENO, descriptor);
    output = output_open(NULL, '\n');
    const bool owns_device = output_owns(output, &status) || output_owns_any(output);
    output_finish(output);
    capture_end(STDOUT_FILENO);
    assert_false(owns_device);
    free(path);
}

static void abandoned_standard_output_is_still_written(void **state)
{
    char *path = folder_path("file");

    (void)state;
    capture_begin(STDOUT_FILENO, open(path, O_WRONLY | O_CREAT, 0666));
    struct output *output = output_open(NULL, '\n');
    output_string(output, "line\n");
    output_abandon(output);
    capture_end(STDOUT_FILENO);
    assert_true(folder_holds("file", "line\n", 5));
    free(path);
}

/* ---- Failures ---- */

/* On standard output, because a bug could make root replace a device named as the output file. */
static struct output *open_full(void)
{
    int descriptor = open("/dev/full", O_WRONLY);
    if (descriptor < 0)
        skip();
    capture_begin(STDOUT_FILENO, descriptor);
    struct output *output = output_open(NULL, '\n');
    assert_non_null(output);
    return output;
}

static void a_full_disk_is_reported_once(void **state)
{
    struct output *output = open_full();

    (void)state;
    capture_errors();
    write_lines(output, 2000);
    const bool failed = output_failed(output);
    output_string(output, "more\n");
    output_flush(output);
    output_finish(output);
    capture_end(STDOUT_FILENO);
    assert_captured_errors("iscc: write error: No space left on device\n");
    assert_true(failed);
    assert_int_equal(status_get(), STATUS_TROUBLE);
}

/* The loss of a short line is only detected when it is flushed. */
static void a_full_disk_is_detected_at_the_end(void **state)
{
    struct output *output = open_full();

    (void)state;
    capture_errors();
    output_string(output, "line\n");
    const bool failed = output_failed(output);
    output_finish(output);
    capture_end(STDOUT_FILENO);
    assert_captured_errors("iscc: write error: No space left on device\n");
    assert_false(failed);
}

static void a_broken_pipe_is_an_error_if_the_signal_is_ignored(void **state)
{
    int ends[2];

    (void)state;
    assert_int_equal(pipe(ends), 0);
    close(ends[0]);
    capture_begin(STDOUT_FILENO, ends[1]);
    struct output *output = output_open(NULL, '\n');
    output_string(output, "line\n");
    capture_errors();
    output_finish(output);
    capture_end(STDOUT_FILENO);
    assert_captured_errors("iscc: write error: Broken pipe\n");
}

/* Some file systems only report write errors on close. A descriptor already closed stands in for one whose close
 * fails. */
static void a_failed_close_is_an_error(void **state)
{
    (void)state;
    capture_begin(STDOUT_FILENO, dup(STDERR_FILENO));
    capture_errors();
    struct output *output = output_open(NULL, '\n');
    close(STDOUT_FILENO);
    output_finish(output);
    capture_end(STDOUT_FILENO);
    assert_captured_errors("iscc: write error: Bad file descriptor\n");
}

/* ---- Lines ---- */

/* A socket that preserves message boundaries stands in for a pipe: each write consists of whole lines and is atomic
 * (PIPE_BUF). */
static void writes_to_a_pipe_are_whole_lines(void **state)
{
    int ends[2];
    char packet[65536];
    size_t packets = 0;

    (void)state;
    assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends), 0);
    capture_begin(STDOUT_FILENO, ends[1]);
    struct output *output = output_open(NULL, '\n');
    write_lines(output, 420); /* more than the buffer, less than the socket's */
    output_finish(output);
    capture_end(STDOUT_FILENO);
    for (ssize_t size; (size = recv(ends[0], packet, sizeof packet, 0)) > 0; packets++) {
        assert_in_range(size, 1, PIPE_BUF);
        assert_int_equal(packet[size - 1], '\n');
    }
    assert_in_range(packets, 15, 60);
    close(ends[0]);
}

/* A line too long for an atomic write is still written whole. */
static void a_long_line_is_one_write(void **state)
{
    int ends[2];
    static char line[20000];
    static char packet[65536];

    (void)state;
    memset(line, 'x', sizeof line);
    line[sizeof line - 1] = '\0'; /* the terminator of -z */
    assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends), 0);
    capture_begin(STDOUT_FILENO, ends[1]);
    struct output *output = output_open(NULL, '\0');
    output_write(output, "short", 6);
    output_write(output, line, sizeof line);
    output_write(output, "short", 6);
    output_finish(output);
    capture_end(STDOUT_FILENO);
    assert_int_equal(recv(ends[0], packet, sizeof packet, 0), 6);
    assert_int_equal(recv(ends[0], packet, sizeof packet, 0), sizeof line);
    assert_int_equal(recv(ends[0], packet, sizeof packet, 0), 6);
    close(ends[0]);
}

/* ---- Terminals ---- */

/* Opens a pseudo-terminal in raw mode and returns the program's end. */
static int open_terminal(int *screen)
{
    struct termios settings;

    *screen = posix_openpt(O_RDWR | O_NOCTTY);
    if (*screen < 0 || grantpt(*screen) != 0 || unlockpt(*screen) != 0)
        skip();
    int terminal = open(ptsname(*screen), O_RDWR | O_NOCTTY);
    assert_true(terminal >= 0);
    assert_int_equal(tcgetattr(terminal, &settings), 0);
    settings.c_oflag &= (tcflag_t)~OPOST;
    assert_int_equal(tcsetattr(terminal, TCSANOW, &settings), 0);
    return terminal;
}

static void control_bytes_never_reach_a_terminal(void **state)
{
    static const char line[] = "\x1b[31mred\x7f \xc2\x9b caf\xc3\xa9 \xff\tend\n";
    static const char expected[] = "\\033[31mred\\177 \\302\\233 caf\xc3\xa9 \\377\\011end\n";
    char shown[256] = "";
    int screen;

    (void)state;
    capture_begin(STDOUT_FILENO, open_terminal(&screen));
    struct output *output = output_open(NULL, '\n');
    output_string(output, line);
    output_flush(output);
    ssize_t size = read(screen, shown, sizeof shown - 1);
    output_finish(output);
    capture_end(STDOUT_FILENO);
    close(screen);
    assert_int_equal(size, strlen(expected));
    assert_string_equal(shown, expected);
}

/* If the output is not a terminal, every byte is written as it is. */
static void a_file_gets_every_byte(void **state)
{
    char bytes[256];
    char *path = folder_path("bytes");

    (void)state;
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)i;
    struct output *output = output_open(path, '\n');
    output_write(output, bytes, sizeof bytes);
    output_finish(output);
    assert_true(folder_holds("bytes", bytes, sizeof bytes));
    free(path);
}

#define TEST_IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, folder_make, folder_remove)

TEST_FILE(output)
{
    const struct CMUnitTest tests[] = {
        TEST_IN_FOLDER(standard_output_is_owned_if_it_is_a_file),
        TEST_IN_FOLDER(abandoned_standard_output_is_still_written),
        cmocka_unit_test(a_full_disk_is_reported_once),
        cmocka_unit_test(a_full_disk_is_detected_at_the_end),
        cmocka_unit_test(a_broken_pipe_is_an_error_if_the_signal_is_ignored),
        cmocka_unit_test(a_failed_close_is_an_error),
        cmocka_unit_test(writes_to_a_pipe_are_whole_lines),
        cmocka_unit_test(a_long_line_is_one_write),
        cmocka_unit_test(control_bytes_never_reach_a_terminal),
        TEST_IN_FOLDER(a_file_gets_every_byte),
    };
    signal(SIGPIPE, SIG_IGN);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
