/* SPDX-License-Identifier: Apache-2.0 */
/* Notes what stands in a list. */
#include "list_log.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "lists/list_reader.h"

enum { LOG_SIZE = 4096 };

static void append(char log[LOG_SIZE], const char *text)
{
    assert_true(strlen(log) + strlen(text) < LOG_SIZE);
    strcat(log, text);
}

static void note_entry(char log[LOG_SIZE], const struct list_entry *entry, const char *name)
{
    char text[256];

    assert_int_equal(strlen(name), entry->name_size);
    assert_string_equal(entry->iscc, entry->flags == ISCC_WIDE ? WIDE : NARROW);
    assert_true(entry->data_code[0] == '\0' || strcmp(entry->data_code, DATA) == 0);
    assert_true(entry->instance_code[0] == '\0' || strcmp(entry->instance_code, INSTANCE) == 0);
    assert_true(entry->datahash[0] == '\0' || strcmp(entry->datahash, HASH) == 0);
    assert_true(!entry->has_stat ||
                ((entry->times.modified.tv_sec == -1 || entry->times.modified.tv_sec == -9007199254740991) &&
                 entry->times.modified.tv_nsec == 999999999 && entry->times.changed.tv_sec == 9007199254740991 &&
                 entry->times.changed.tv_nsec == 0));
    snprintf(text, sizeof text, "%u%s%s%s%s%s%s%s%s<%s>", (unsigned)entry->line, entry->flags == ISCC_WIDE ? "W" : "N",
             entry->is_tagged ? "g" : "", entry->is_json ? "j" : "", entry->data_code[0] != '\0' ? "d" : "",
             entry->instance_code[0] != '\0' ? "i" : "", entry->datahash[0] != '\0' ? "h" : "",
             entry->has_filesize ? "s" : "", entry->has_stat ? "t" : "", name);
    append(log, text);
}

static void read_all(struct list_reader *list, char log[LOG_SIZE])
{
    struct list_entry entry;
    const char *name = NULL;
    char text[32];

    assert_non_null(list);
    log[0] = '\0';
    for (;;) {
        const enum list_event event = list_reader_next(list, &entry, &name);
        if (event == LIST_END)
            break;
        if (event == LIST_ENTRY) {
            note_entry(log, &entry, name);
        } else {
            snprintf(text, sizeof text, "%u!", (unsigned)entry.line);
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
