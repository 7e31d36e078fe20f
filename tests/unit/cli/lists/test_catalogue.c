/* SPDX-License-Identifier: Apache-2.0 */
/* Files in memory: names, digests and texts come back as they went in. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lists/catalogue.h"
#include "support/random.h"
#include "support/unit.h"

/* The code of a few bytes that depend on a number. */
static struct iscc_sum_code code_of(unsigned number, unsigned flags)
{
    struct iscc_sum_code code;
    char bytes[32];

    snprintf(bytes, sizeof bytes, "content %u", number);
    assert_int_equal(iscc_gen_sum_code_v0(bytes, strlen(bytes), flags, &code), ISCC_OK);
    return code;
}

static void test_texts_come_back(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 64; i++) {
        const struct iscc_sum_code code = code_of(i, i % 2);
        struct iscc_sum_code again;
        const struct file_record file = file_record_of_code(&code, i % 2, "a", 1);

        file_record_code(&file, &again);
        assert_string_equal(again.iscc, code.iscc);
        assert_string_equal(again.data_code, code.data_code);
        assert_string_equal(again.instance_code, code.instance_code);
        assert_string_equal(again.datahash, code.datahash);
        assert_int_equal(again.filesize, code.filesize);
    }
}

/* What a line of a list does not say stays unknown. */
static void test_entries_keep_what_they_know(void **state)
{
    (void)state;
    for (unsigned flags = 0; flags < 2; flags++) {
        const struct iscc_sum_code code = code_of(7, flags);
        struct list_entry entry = {.line = 3, .name_size = 1};
        struct iscc_sum_code again;

        assert_true(list_entry_set_code(&entry, code.iscc, strlen(code.iscc)));
        struct file_record file = file_record_of_entry(&entry, "x");
        assert_int_equal(file.data_bits, flags == ISCC_WIDE ? 128 : 64);
        assert_int_equal(file.instance_bits, file.data_bits);
        assert_int_equal(file.line, 3);
        assert_false(file.has_units || file.has_filesize);
        file_record_code(&file, &again);
        assert_string_equal(again.iscc, code.iscc);
        assert_string_equal(again.data_code, "");
        assert_string_equal(again.datahash, "");

        const struct file_record whole = file_record_of_code(&code, flags, "x", 1);
        assert_true(file_record_same_content(&file, &whole));
        const struct iscc_sum_code other_code = code_of(8, flags);
        const struct file_record other = file_record_of_code(&other_code, flags, "x", 1);
        assert_false(file_record_same_content(&file, &other));

        strcpy(entry.datahash, code.datahash);
        file = file_record_of_entry(&entry, "x");
        assert_int_equal(file.instance_bits, 256);
        assert_memory_equal(file.instance, whole.instance, 32);
        assert_true(list_entry_set_unit(&entry, code.data_code, strlen(code.data_code)));
        assert_true(list_entry_set_unit(&entry, code.instance_code, strlen(code.instance_code)));
        file = file_record_of_entry(&entry, "x");
        assert_true(file.has_units);
        assert_memory_equal(file.data, whole.data, 32);
    }
}

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
        cmocka_unit_test(test_texts_come_back),
        cmocka_unit_test(test_entries_keep_what_they_know),
        cmocka_unit_test(test_names_are_found),
        cmocka_unit_test(test_long_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
