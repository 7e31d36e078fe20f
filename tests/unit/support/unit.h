/* SPDX-License-Identifier: Apache-2.0 */
/* What every file of unit tests begins with: cmocka, what its header needs, and the file's entry. */
#ifndef UNIT_H
#define UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* A file of tests; those of a folder are one program. */
struct test_file {
    const char *name;
    int (*run)(void); /* returns the number of tests that failed */
    struct test_file *next;
};

void test_file_add(struct test_file *file);

/* Stands for `int main(void)` in test_NAME.c; support/main.c calls it. */
#define TEST_FILE(NAME)                                                                                                \
    static int run_file(void);                                                                                         \
    __attribute__((constructor)) static void add_file(void)                                                            \
    {                                                                                                                  \
        static struct test_file added = {#NAME, run_file, NULL};                                                       \
        test_file_add(&added);                                                                                         \
    }                                                                                                                  \
    static int run_file(void)

#endif
