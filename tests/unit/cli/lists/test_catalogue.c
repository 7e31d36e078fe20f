/* SPDX-License-Identifier: Apache-2.0 */
/* Files in memory: names are stored unchanged and can be found. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lists/catalogue.h"
#include "support/random.h"
#include "support/unit.h"

static void test_names_are_found(void **state)
{
    (void)state;
    enum { COUNT = 3000 };
    static char names[COUNT][48];
    struct catalogue catalogue = {.files = NULL};
    uint64_t random = random_seed();

    for (size_t i = 0; i < COUNT; i++) {
        snprintf(names[i], sizeof names[i], "%u/%.*s", (unsigned)random_below(&random, COUNT / 2),
                 (int)random_below(&random, 20), "aaaaaaaaaaaaaaaaaaaaaaa");
        const struct file_record named = {.name = names[i], .line = i, .name_size = strlen(names[i])};
        assert_true(catalogue_add(&catalogue, &named));
    }
    const struct file_record **by_name = catalogue_by_name(&catalogue);
    assert_non_null(by_name);
    for (size_t i = 0; i < COUNT; i++) {
        size_t first = 0;
        while (strcmp(names[first], names[i]) != 0)
            first++;
        const struct file_record *found = catalogue_find(by_name, catalogue.count, names[i]);
        assert_non_null(found);
        assert_int_equal(found->line, first);
        assert_string_equal(found->name, names[i]);
    }
    assert_null(catalogue_find(by_name, catalogue.count, "x"));
    assert_null(catalogue_find(by_name, catalogue.count, ""));
    assert_null(catalogue_find(by_name, 0, "1/"));
    free(by_name);
    catalogue_free(&catalogue);
}

/* Of equal names, the first one with a code is found. */
static void test_codes_come_first(void **state)
{
    (void)state;
    static const int16_t failures[] = {EACCES, 0, 0, EIO};
    struct catalogue catalogue = {.files = NULL};

    for (size_t i = 0; i < 4; i++) {
        const struct file_record named = {.name = "a", .line = i, .name_size = 1, .failure = failures[i]};
        assert_true(catalogue_add(&catalogue, &named));
    }
    const struct file_record **by_name = catalogue_by_name(&catalogue);
    assert_non_null(by_name);
    assert_int_equal(catalogue_find(by_name, catalogue.count, "a")->line, 1);
    assert_true(by_name[1]->line == 2 && by_name[2]->line == 0 && by_name[3]->line == 3);
    free(by_name);
    catalogue_free(&catalogue);
}

/* A name longer than a block of names, between short ones. */
static void test_long_names(void **state)
{
    (void)state;
    enum { LONG = 1 << 20 };
    struct catalogue catalogue = {.files = NULL};
    char *name = malloc(LONG);

    assert_non_null(name);
    memset(name, 'n', LONG);
    for (size_t i = 0; i < 9; i++) {
        const struct file_record file = {.name = name, .name_size = i % 3 == 1 ? LONG - i : i};
        assert_true(catalogue_add(&catalogue, &file));
    }
    for (size_t i = 0; i < 9; i++) {
        const size_t size = i % 3 == 1 ? LONG - i : i;
        assert_int_equal(strlen(catalogue.files[i].name), size);
        assert_memory_equal(catalogue.files[i].name, name, size);
    }
    free(name);
    catalogue_free(&catalogue);
}

TEST_FILE(catalogue)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names_are_found),
        cmocka_unit_test(test_codes_come_first),
        cmocka_unit_test(test_long_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
