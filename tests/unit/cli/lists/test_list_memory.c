/* SPDX-License-Identifier: Apache-2.0 */
/* Checks when allocations fail: the linker redirects the program's malloc, calloc and realloc here. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check/check_list.h"
#include "lists/json_limits.h"
#include "lists/list_json.h"
#include "lists/list_reader.h"
#include "lists/record_reader.h"
#include "support/folder.h"
#include "support/unit.h"
#include "util/message.h"

/* The code of "Hello, World!". */
#define WIDE "ISCC:K4ABTIGSQPBAX75YJFUXVEHPUIHGWKEKQ2TZ6IFD23OM3STXCO7K5UI"
#define OBJECT "{\"type\":\"file\",\"iscc\":\"" WIDE "\",\"path\":\""

static size_t allocations; /* since the count was last set to 0 */
static size_t failing;     /* the one that fails, from 1; 0 for none */
static size_t bytes;       /* asked for with malloc */

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);

void *__wrap_malloc(size_t size)
{
    bytes += size;
    return ++allocations == failing ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return ++allocations == failing ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *old, size_t size)
{
    return ++allocations == failing ? NULL : __real_realloc(old, size);
}

enum { FEWER = 4 };

/* Checks the list in a child process in which one allocation fails. Returns the program's status, FEWER if there were
 * fewer allocations, or another number if a sanitizer reports an error. */
static int check_with_failure(bool json, size_t number)
{
    const struct check_settings settings = {.threads = 1, .json = json};
    int status = 0;

    fflush(NULL);
    const pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        char *folder = folder_path("");
        if (folder == NULL || chdir(folder) != 0 || freopen("messages", "w", stderr) == NULL)
            _exit(3);
        free(folder);
        allocations = 0;
        failing = number;
        struct output *output = output_open("verdicts", '\n');
        if (output != NULL) {
            check_list("list", &settings, NULL, NULL, output);
            output_finish(output);
        }
        const int result = allocations < number ? FEWER : status_get();
        failing = 0; /* allocations at exit are not the program's */
        exit(result);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

/* Whether the last check reported that it was out of memory. */
static bool is_reported(void)
{
    char *path = folder_path("messages");
    FILE *file = fopen(path, "r");
    char line[512];
    bool found = false;

    assert_non_null(file);
    while (fgets(line, sizeof line, file) != NULL)
        found = found || strstr(line, strerror(ENOMEM)) != NULL;
    fclose(file);
    free(path);
    return found;
}

/* All files are as listed, so only the failed allocation can cause status 2. */
static void every_failure_is_reported(void **state)
{
    static const char list[] = WIDE " *a\nbad line\n" OBJECT "a\",\"other\":[1,\"two\",{}]}\nISCC (a) = " WIDE
                                    "\n{}\n" OBJECT "?\",\"path_b64\":\"YQ==\"}\n";

    (void)state;
    folder_write("a", "Hello, World!", 13);
    folder_write("list", list, sizeof list - 1);
    for (int json = 0; json < 2; json++) {
        size_t number = 1;
        assert_int_equal(check_with_failure(json != 0, 0), STATUS_OK);
        for (int status; (status = check_with_failure(json != 0, number)) != FEWER; number++)
            if (status != STATUS_TROUBLE || !is_reported())
                fail_msg("allocation %zu fails, json %d: status %d", number, json, status);
        assert_true(number > 20);
    }
}

/* A record of maximum length with many small values. */
static void json_is_bounded(void **state)
{
    static const char begin[] = OBJECT "a\",\"other\":[0";
    char *text = malloc(RECORD_MAX + 1);
    struct list_line line = {.file = {.line = 1}};

    (void)state;
    assert_non_null(text);
    memcpy(text, begin, sizeof begin - 1);
    for (size_t i = sizeof begin - 1; i < RECORD_MAX; i += 2)
        memcpy(text + i, ",0", 2);
    strcpy(text + RECORD_MAX - 4, "0]}");
    text[RECORD_MAX - 5] = ',';
    json_memory_install();
    bytes = 0;
    assert_int_equal(list_json_parse(text, strlen(text), &line), PARSE_BAD);
    assert_in_range(bytes, RECORD_JSON_MAX / 4, RECORD_JSON_MAX);
    free(text);
}

/* The bound on memory does not limit names. */
static void long_names_fit(void **state)
{
    static const char begin[] = OBJECT;
    const size_t size = RECORD_MAX - sizeof begin - 1;
    char *text = malloc(RECORD_MAX + 1);
    struct list_line line = {.file = {.line = 1}};

    (void)state;
    assert_non_null(text);
    memcpy(text, begin, sizeof begin - 1);
    memset(text + sizeof begin - 1, 'a', size);
    strcpy(text + sizeof begin - 1 + size, "\"}");
    json_memory_install();
    assert_int_equal(list_json_parse(text, strlen(text), &line), PARSE_GOOD);
    assert_int_equal(line.file.name_size, size);
    assert_int_equal(strspn(line.file.name, "a"), size);
    free(text);
}

TEST_FILE(list_memory)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_failure_is_reported, folder_make, folder_remove),
        cmocka_unit_test(json_is_bounded),
        cmocka_unit_test(long_names_fit),
    };
    return cmocka_run_group_tests_name("list_reader_memory", tests, NULL, NULL);
}
