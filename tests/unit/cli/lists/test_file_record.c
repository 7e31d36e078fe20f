/* SPDX-License-Identifier: Apache-2.0 */
/* File records: codes survive the conversion to text and back, and unknown fields stay unknown. */
#include <stdio.h>
#include <string.h>

#include "lists/list_entry.h"
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

        file_record_code(&file, true, &again);
        assert_string_equal(again.iscc, code.iscc);
        assert_string_equal(again.data_code, code.data_code);
        assert_string_equal(again.instance_code, code.instance_code);
        assert_string_equal(again.datahash, code.datahash);
        assert_int_equal(again.filesize, code.filesize);
    }
}

/* Fields missing from a list line stay unknown. */
static void test_lines_keep_what_they_know(void **state)
{
    (void)state;
    for (unsigned flags = 0; flags < 2; flags++) {
        const struct iscc_sum_code code = code_of(7, flags);
        const struct file_record whole = file_record_of_code(&code, flags, "x", 1);
        const struct iscc_sum_code other_code = code_of(8, flags);
        const struct file_record other = file_record_of_code(&other_code, flags, "x", 1);
        struct list_entry line = {.is_json = true};
        struct file_record *file = &line.file;
        struct iscc_sum_code again;

        assert_true(list_entry_set_code(&line, code.iscc, strlen(code.iscc)));
        assert_int_equal(file->flags, flags);
        assert_int_equal(file->data_bits, flags == ISCC_WIDE ? 128 : 64);
        assert_int_equal(file->instance_bits, file->data_bits);
        file_record_code(file, &again);
        assert_string_equal(again.iscc, code.iscc);
        assert_string_equal(again.data_code, "");
        assert_string_equal(again.datahash, "");
        assert_true(file_record_same_content(file, &whole) && file_record_holds(file, &whole));
        assert_false(file_record_same_content(file, &other) || file_record_holds(file, &other));

        assert_true(list_entry_set_datahash(&line, code.datahash));
        assert_int_equal(file->instance_bits, 256);
        assert_memory_equal(file->instance, whole.instance, 32);
        assert_true(list_entry_set_unit(&line, code.data_code, strlen(code.data_code)));
        assert_true(list_entry_set_unit(&line, code.instance_code, strlen(code.instance_code)));
        assert_false(list_entry_set_unit(&line, code.instance_code, strlen(code.instance_code)));
        assert_true(file->has_data_unit && file->has_instance_unit && !file->is_contradictory);
        assert_memory_equal(file->data, whole.data, 32);
    }
}

/* If the codes of a line contradict each other, the longest wins, and the first of equal length. */
static void test_contradictions(void **state)
{
    const struct iscc_sum_code code = code_of(1, ISCC_WIDE);
    const struct iscc_sum_code other = code_of(2, ISCC_WIDE);
    const struct file_record now = file_record_of_code(&code, ISCC_WIDE, "x", 1);
    const struct file_record then = file_record_of_code(&other, ISCC_WIDE, "x", 1);
    struct list_entry line = {.is_json = true};
    char listed[ISCC_CODE_SIZE];

    (void)state;
    assert_true(list_entry_set_code(&line, other.iscc, strlen(other.iscc)));
    assert_true(list_entry_set_unit(&line, code.data_code, strlen(code.data_code)));
    assert_true(list_entry_set_datahash(&line, code.datahash));
    assert_true(line.file.is_contradictory);
    assert_true(file_record_same_file(&line.file, &now));
    assert_false(file_record_holds(&line.file, &now) || file_record_holds(&line.file, &then));
    assert_int_equal(iscc_encode(&line.code, listed), ISCC_OK);
    assert_string_equal(listed, other.iscc);
    assert_true(list_entry_set_unit(&line, other.instance_code, strlen(other.instance_code)));
    assert_true(file_record_same_content(&line.file, &now));
}

/* A file's size and times match a record if both are known and all agree. */
static void test_stat(void **state)
{
    const struct stat status = {.st_size = 5, .st_mtim = {.tv_sec = 1, .tv_nsec = 2}, .st_ctim = {.tv_sec = 3}};
    const struct file_record record = {
        .filesize = 5, .has_filesize = true, .has_times = true, .times = file_times_of(&status)};
    struct file_record other = record;

    (void)state;
    assert_true(file_record_same_stat(&record, &status));
    other.filesize = 6;
    assert_false(file_record_same_stat(&other, &status));
    other = record;
    other.has_filesize = false;
    assert_false(file_record_same_stat(&other, &status));
    other = record;
    other.has_times = false;
    assert_false(file_record_same_stat(&other, &status));
    other = record;
    other.times.changed.tv_nsec = 1;
    assert_false(file_record_same_stat(&other, &status));
}

TEST_FILE(file_record)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_texts_come_back),
        cmocka_unit_test(test_lines_keep_what_they_know),
        cmocka_unit_test(test_contradictions),
        cmocka_unit_test(test_stat),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
