/* SPDX-License-Identifier: Apache-2.0 */
/* JSON Lines to the byte, and what a parser reads from them. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cjson/cJSON.h>

#include "format/file_lines.h"
#include "format/format.h"
#include "support/capture.h"
#include "support/unit.h"
#include "util/failure.h"

static const struct format json = {.json = true};

/* A job whose path has no NUL in it. */
static struct job make_job(const char *path, int failure)
{
    struct job job = {.descriptor = -1};

    job_set(&job, JOB_OPERAND, path, strlen(path), failure);
    job.code.filesize = 5;
    strcpy(job.code.iscc, "ISCC:SUM");
    strcpy(job.code.datahash, "1e20");
    strcpy(job.code.data_code, "ISCC:DATA");
    strcpy(job.code.instance_code, "ISCC:INSTANCE");
    return job;
}

/* What is printed for a job; to be freed. */
static char *print(const struct format *format, const struct job *job, size_t *size)
{
    char *text = calloc(1, 65536);
    int ends[2];

    assert_non_null(text);
    assert_int_equal(pipe(ends), 0);
    capture_begin(STDOUT_FILENO, ends[1]);
    struct output *output = output_open(NULL, format_terminator(format));
    format_result(output, format, job);
    output_finish(output);
    capture_end(STDOUT_FILENO);
    ssize_t got = read(ends[0], text, 65535);
    assert_true(got >= 0);
    *size = (size_t)got;
    close(ends[0]);
    return text;
}

static void assert_line(const struct format *format, struct job job, const char *expected)
{
    size_t size;
    char *text = print(format, &job, &size);
    assert_string_equal(text, expected);
    assert_int_equal(size, strlen(expected) + format->zero);
    free(text);
    job_free(&job);
}

static void a_file(void **state)
{
    (void)state;
    assert_line(
        &json, make_job("a/b.txt", 0),
        "{\"type\":\"file\",\"path\":\"a/b.txt\",\"iscc\":\"ISCC:SUM\",\"datahash\":\"1e20\",\"filesize\":5}\n");
}

static void units(void **state)
{
    const struct format with_units = {.json = true, .units = true};

    (void)state;
    assert_line(&with_units, make_job("a", 0),
                "{\"type\":\"file\",\"path\":\"a\",\"iscc\":\"ISCC:SUM\",\"datahash\":\"1e20\",\"filesize\":5,"
                "\"units\":[\"ISCC:DATA\",\"ISCC:INSTANCE\"]}\n");
}

/* The times that the test's file has, and the moment it was opened. */
static struct job make_timed_job(enum job_kind kind, off_t size)
{
    struct job job = make_job("a", 0);

    job.kind = kind;
    job.status.st_size = size;
    job.status.st_mtim = (struct timespec){.tv_sec = -1, .tv_nsec = 999999999};
    job.status.st_ctim = (struct timespec){.tv_sec = 1500000000000000, .tv_nsec = 7};
    job.opened = (struct timespec){.tv_sec = 1500000000000100};
    job.times_are_trusted = true;
    return job;
}

static void times(void **state)
{
    const struct format with_times = {.json = true, .stat = true};
    static const char with[] = "{\"type\":\"file\",\"path\":\"a\",\"iscc\":\"ISCC:SUM\",\"datahash\":\"1e20\","
                               "\"filesize\":5,\"stat\":{\"mtime_sec\":-1,\"mtime_nsec\":999999999,"
                               "\"ctime_sec\":1500000000000000,\"ctime_nsec\":7}}\n";
    static const char without[] =
        "{\"type\":\"file\",\"path\":\"a\",\"iscc\":\"ISCC:SUM\",\"datahash\":\"1e20\",\"filesize\":5}\n";

    (void)state;
    assert_line(&with_times, make_timed_job(JOB_OPERAND, 5), with);
    assert_line(&with_times, make_timed_job(JOB_ENTRY, 5), with);
    assert_line(&json, make_timed_job(JOB_ENTRY, 5), without);
    assert_line(&with_times, make_timed_job(JOB_STREAM, 5), without);
    assert_line(&with_times, make_timed_job(JOB_ENTRY, 0), without);
    struct job racy = make_timed_job(JOB_ENTRY, 5);
    racy.opened = racy.status.st_ctim;
    assert_line(&with_times, racy, without);
    struct job untrusted = make_timed_job(JOB_ENTRY, 5);
    untrusted.times_are_trusted = false;
    assert_line(&with_times, untrusted, without);
    struct job mapped = make_timed_job(JOB_ENTRY, 5);
    mapped.times_may_stand_still = true;
    assert_line(&with_times, mapped, without);
}

static void a_tree(void **state)
{
    struct job job = make_job("a/", 0);

    (void)state;
    job.kind = JOB_TREE;
    assert_line(&json, job,
                "{\"type\":\"tree\",\"path\":\"a/\",\"iscc\":\"ISCC:SUM\",\"datahash\":\"1e20\",\"filesize\":5}\n");
}

static void nul_ends_a_line(void **state)
{
    const struct format zero = {.json = true, .zero = true};

    (void)state;
    assert_line(&zero, make_job("a\nb", EACCES),
                "{\"type\":\"error\",\"path\":\"a\\nb\",\"error\":\"Permission denied\",\"code\":\"EACCES\"}");
}

static void failures(void **state)
{
    static const struct {
        int failure;
        const char *error;
        const char *code;
    } failures[] = {
        {EACCES, "Permission denied", "EACCES"},
        {ENOENT, "No such file or directory", "ENOENT"},
        {ELOOP, "Too many levels of symbolic links", "ELOOP"},
        {ENAMETOOLONG, "File name too long", "ENAMETOOLONG"},
        {EIO, "Input/output error", "EIO"},
        {FAILURE_CHANGED, "file changed while reading", "CHANGED"},
        {FAILURE_SPECIAL, "not a regular file or directory", "SPECIAL"},
        {FAILURE_NO_COMMAND, "neither a command nor an existing file", "ENOENT"},
    };
    char expected[512];

    (void)state;
    for (size_t i = 0; i < sizeof failures / sizeof failures[0]; i++) {
        snprintf(expected, sizeof expected, "{\"type\":\"error\",\"path\":\"x\",\"error\":\"%s\",\"code\":\"%s\"}\n",
                 failures[i].error, failures[i].code);
        assert_line(&json, make_job("x", failures[i].failure), expected);
        assert_string_equal(failure_code(failure_of_code(failures[i].code)), failures[i].code);
    }
    assert_int_equal(failure_of_code("ENOENT"), ENOENT);
    assert_int_equal(failure_of_code("EUNKNOWN"), failure_of_code("OF_A_LATER_VERSION"));
    assert_string_equal(failure_code(failure_of_code("OF_A_LATER_VERSION")), "EUNKNOWN");
}

/* Every number that stat can return, including those that a double cannot represent. */
static void sizes_are_exact(void **state)
{
    static const struct {
        uint64_t size;
        const char *digits;
    } sizes[] = {
        {0, "0"},
        {UINT64_C(4294967296), "4294967296"},
        {UINT64_C(9007199254740991), "9007199254740991"},
        {UINT64_C(9007199254740992), "9007199254740992"},
        {UINT64_C(9007199254740993), "9007199254740993"},
        {UINT64_C(1000000000000000000), "1000000000000000000"},
        {UINT64_MAX, "18446744073709551615"},
    };
    char expected[256];

    (void)state;
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        struct job job = make_job("a", 0);
        job.code.filesize = sizes[i].size;
        snprintf(expected, sizeof expected,
                 "{\"type\":\"file\",\"path\":\"a\",\"iscc\":\"ISCC:SUM\",\"datahash\":\"1e20\",\"filesize\":%s}\n",
                 sizes[i].digits);
        assert_line(&json, job, expected);
    }
}

/* ---- Paths ---- */

static cJSON *parse(const char *path)
{
    struct job job = make_job(path, 0);
    size_t size;
    char *text = print(&json, &job, &size);

    assert_int_equal(text[size - 1], '\n');
    assert_null(memchr(text, '\n', size - 1));
    for (size_t i = 0; i + 1 < size; i++)
        assert_true((unsigned char)text[i] >= ' ');
    cJSON *object = cJSON_Parse(text);
    assert_non_null(object);
    free(text);
    job_free(&job);
    return object;
}

static const char *member(const cJSON *object, const char *name)
{
    return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, name));
}

/* Every byte but NUL in the middle of a name: UTF-8 is kept, anything else is replaced and given in base64. */
static void every_byte(void **state)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    (void)state;
    for (unsigned byte = 1; byte < 256; byte++) {
        const char name[] = {'a', (char)byte, 'b', '\0'};
        const unsigned group = (unsigned)'a' << 16 | byte << 8 | 'b';
        const char encoded[] = {digits[group >> 18], digits[group >> 12 & 63], digits[group >> 6 & 63],
                                digits[group & 63], '\0'};
        cJSON *object = parse(name);
        if (byte < 0x80) {
            assert_string_equal(member(object, "path"), name);
            assert_null(cJSON_GetObjectItemCaseSensitive(object, "path_b64"));
        } else {
            assert_string_equal(member(object, "path"), "a\xef\xbf\xbd"
                                                        "b");
            assert_string_equal(member(object, "path_b64"), encoded);
        }
        cJSON_Delete(object);
    }
}

/* Each byte that is not UTF-8 becomes one U+FFFD. */
static void utf8(void **state)
{
#define BAD "\xef\xbf\xbd"
    static const struct {
        const char *name;
        const char *path;
        const char *base64; /* NULL: the name is UTF-8 */
    } names[] = {
        {"caf\xc3\xa9", "caf\xc3\xa9", NULL},
        {"\xef\xbf\xbd", "\xef\xbf\xbd", NULL},         /* U+FFFD itself */
        {"\xf0\x9f\x98\x80", "\xf0\x9f\x98\x80", NULL}, /* U+1F600 */
        {"\xf4\x8f\xbf\xbf", "\xf4\x8f\xbf\xbf", NULL}, /* U+10FFFF */
        {"\xc3", BAD, "ww=="},                          /* cut off */
        {"\xe2\x82", BAD BAD, "4oI="},
        {"\xc0\xaf", BAD BAD, "wK8="},                     /* an overlong '/' */
        {"\xed\xa0\x80", BAD BAD BAD, "7aCA"},             /* a surrogate */
        {"\xf4\x90\x80\x80", BAD BAD BAD BAD, "9JCAgA=="}, /* above U+10FFFF */
        {"\xff\xc3\xa9", BAD "\xc3\xa9", "/8Op"},
        {"\xfb\xff\xfe"
         "a",
         BAD BAD BAD "a", "+//+YQ=="},
    };
#undef BAD

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        cJSON *object = parse(names[i].name);
        assert_string_equal(member(object, "path"), names[i].path);
        if (names[i].base64 == NULL)
            assert_null(cJSON_GetObjectItemCaseSensitive(object, "path_b64"));
        else
            assert_string_equal(member(object, "path_b64"), names[i].base64);
        cJSON_Delete(object);
    }
}

TEST_FILE(json_lines)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file),   cmocka_unit_test(units),           cmocka_unit_test(a_tree),
        cmocka_unit_test(failures), cmocka_unit_test(every_byte),      cmocka_unit_test(nul_ends_a_line),
        cmocka_unit_test(utf8),     cmocka_unit_test(sizes_are_exact), cmocka_unit_test(times),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
