/* SPDX-License-Identifier: Apache-2.0 */
/*
 * PROGRAM [NAME...] runs the tests of the files test_NAME.c, or of all that it was linked with; PROGRAM -NAME... leaves
 * these out. CMOCKA_TEST_FILTER is a pattern for the names of single tests, such as '*empty*'.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/unit.h"

static struct test_file *files;

void test_file_add(struct test_file *file)
{
    file->next = files;
    files = file;
}

static bool is_linked(const char *name)
{
    for (const struct test_file *file = files; file != NULL; file = file->next)
        if (strcmp(name, file->name) == 0)
            return true;
    return false;
}

static bool is_wanted(const char *name, char **arguments)
{
    bool wanted = *arguments == NULL || **arguments == '-';
    for (; *arguments != NULL; arguments++) {
        if (strcmp(*arguments, name) == 0)
            return true;
        if (**arguments == '-' && strcmp(*arguments + 1, name) == 0)
            wanted = false;
    }
    return wanted;
}

int main(int argument_count, char **arguments)
{
    int failed = 0;

    for (int i = 1; i < argument_count; i++) {
        if (*arguments[i] != '-' && !is_linked(arguments[i])) {
            fprintf(stderr, "%s: no tests are called '%s'\n", arguments[0], arguments[i]);
            return 2;
        }
    }
    cmocka_set_test_filter(getenv("CMOCKA_TEST_FILTER"));
    for (const struct test_file *file = files; file != NULL; file = file->next)
        if (is_wanted(file->name, arguments + 1))
            failed += file->run();
    return failed > 0;
}
