/* SPDX-License-Identifier: Apache-2.0 */
/* Records what the list reader reports. */
#include "list_log.h"

#include <stdio.h>
#include <string.h>

#include "lists/list_reader.h"
#include "support/unit.h"
#include "util/failure.h"

enum { LOG_SIZE = 4096 };

static void append(char log[LOG_SIZE], const char *text)
{
    assert_true(strlen(log) + strlen(text) < LOG_SIZE);
    strcat(log, text);
}

static void note_line(char log[LOG_SIZE], const struct list_entry *line)
{
    const struct file_record *file = &line->file;
    const bool has_hash = file->instance_bits == 256 && !file->has_instance_unit;
    struct iscc_sum_code code;
    char listed[ISCC_CODE_SIZE];
    char text_code[ISCC_CODE_SIZE];
    char text[256];

    if (file->failure != 0) {
        assert_int_equal(file->data_bits + file->instance_bits, 0);
        snprintf(text, sizeof text, "%u%s<%s>", (unsigned)file->line, failure_code(file->failure), file->name);
        append(log, text);
        return;
    }
    file_record_code(file, true, &code);
    file_record_text_code(file, text_code);
    assert_string_equal(text_code, file->text_bits == 256 ? TEXT : "");
    assert_int_equal(strlen(file->name), file->name_size);
    assert_int_equal(iscc_encode(&line->code, listed), ISCC_OK);
    assert_string_equal(listed, file->flags == ISCC_WIDE ? WIDE : NARROW);
    assert_false(file->is_contradictory);
    assert_string_equal(code.iscc, listed);
    assert_string_equal(code.data_code, file->has_data_unit ? DATA : "");
    assert_string_equal(code.instance_code, file->instance_bits == 256 ? INSTANCE : "");
    assert_string_equal(code.datahash, file->instance_bits == 256 ? HASH : "");
    assert_true(!file->has_times ||
                ((file->times.modified.tv_sec == -1 || file->times.modified.tv_sec == -9007199254740991) &&
                 file->times.modified.tv_nsec == 999999999 && file->times.changed.tv_sec == 9007199254740991 &&
                 file->times.changed.tv_nsec == 0));
    snprintf(text, sizeof text, "%u%s%s%s%s%s%s%s%s%s<%s>", (unsigned)file->line, file->flags == ISCC_WIDE ? "W" : "N",
             line->is_tagged ? "g" : "", line->is_json ? "j" : "", file->has_data_unit ? "d" : "",
             file->has_instance_unit ? "i" : "", file->text_bits == 256 ? "x" : "", has_hash ? "h" : "",
             file->has_filesize ? "s" : "", file->has_times ? "t" : "", file->name);
    append(log, text);
}

static void note_damaged_line(char log[LOG_SIZE], const struct list_entry *line)
{
    char text[256];

    assert_true(line->is_damaged);
    assert_int_equal(line->file.data_bits + line->file.instance_bits, 0);
    assert_int_equal(strlen(line->file.name), line->file.name_size);
    snprintf(text, sizeof text, "%u?%s%s<%s>", (unsigned)line->file.line, line->is_tagged ? "g" : "",
             line->is_json ? "j" : "", line->file.name);
    append(log, text);
}

static void read_all(struct list_reader *list, char log[LOG_SIZE])
{
    struct list_entry line;
    char text[32];

    assert_non_null(list);
    log[0] = '\0';
    for (;;) {
        const enum list_event event = list_reader_next(list, &line);
        if (event == LIST_END)
            break;
        if (event == LIST_ENTRY) {
            note_line(log, &line);
        } else if (event == LIST_DAMAGED_LINE) {
            note_damaged_line(log, &line);
        } else {
            snprintf(text, sizeof text, "%u!", (unsigned)line.file.line);
            append(log, text);
        }
    }
    assert_int_equal(list_reader_failure(list), 0);
    list_reader_free(list);
}

void assert_rest(struct list_reader *list, const char *expected)
{
    char log[LOG_SIZE];

    read_all(list, log);
    assert_string_equal(log, expected);
}

void assert_list(const char *bytes, size_t size, bool zero, const char *expected)
{
    char log[LOG_SIZE];
    FILE *file = tmpfile();

    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    rewind(file);
    read_all(list_reader_new(fileno(file), zero), log);
    fclose(file);
    if (strcmp(log, expected) != 0)
        fail_msg("%.*s: %s instead of %s", (int)(size < 300 ? size : 300), bytes, log, expected);
}

void assert_examples(const struct list_example *examples, size_t count, bool zero)
{
    for (size_t i = 0; i < count; i++)
        assert_list(examples[i].list, strlen(examples[i].list), zero, examples[i].expected);
}
