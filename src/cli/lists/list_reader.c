/* SPDX-License-Identifier: Apache-2.0 */
/* Combines the records of a list into lines: a line and the units below it. */
#include "lists/list_reader.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "lists/json_limits.h"
#include "lists/list_group.h"
#include "lists/list_hint.h"
#include "lists/list_json.h"
#include "lists/list_text.h"
#include "lists/record_reader.h"
#include "util/array.h"

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

struct list_reader {
    struct record_reader reader;
    bool zero;
    bool keeps_comments;
    bool reads_groups;
    const char *hint;        /* what the first record looks like, if it is none of a list */
    uint64_t lines;          /* records read */
    bool is_pending;         /* the last record was read in search of a unit, but is the next line */
    struct list_group group; /* of the last record, if files of it are left */
    struct record record;    /* the last one that was read */
    char *name;              /* a copy that outlives the record */
    size_t name_capacity;
    int failure; /* an errno value if a record was read but could not be stored */
};

struct list_reader *list_reader_new(int descriptor, bool zero)
{
    struct list_reader *list = calloc(1, sizeof *list);
    if (list == NULL)
        return NULL;
    list->reader = record_reader_make(descriptor, zero ? '\0' : '\n');
    list->zero = zero;
    json_memory_install();
    return list;
}

void list_reader_free(struct list_reader *list)
{
    if (list == NULL)
        return;
    record_reader_free(&list->reader);
    list_group_free(&list->group);
    free(list->name);
    free(list);
}

int list_reader_failure(const struct list_reader *list)
{
    return list->failure != 0 ? list->failure : list->reader.failure;
}

/* With the wrong terminator, the first record holds more than one line. */
static const char *hint_of_first(const struct list_reader *list)
{
    const struct record *record = &list->record;

    if (list_is_like_utf16(list->reader.buffer, list->reader.end))
        return HINT_UTF16;
    if (*record->text != '{' && strncasecmp(record->text, "ISCC", 4) != 0)
        return NULL;
    if (!list->zero)
        return strlen(record->text) < record->size ? HINT_ENDS_WITH_NUL : NULL;
    return strstr(record->text, "\nISCC") != NULL || strstr(record->text, "\n{") != NULL ? HINT_ENDS_WITH_NEWLINE
                                                                                         : NULL;
}

const char *list_reader_hint(const struct list_reader *list)
{
    return list->zero && list->lines > 1 ? NULL : list->hint;
}

/* ---- Records ---- */

/* Reads the next record and strips a carriage return and the byte order mark. Returns false at the end. */
static bool next_record(struct list_reader *list)
{
    struct record *record = &list->record;

    if (list->is_pending) {
        list->is_pending = false;
        return true;
    }
    if (!record_next(&list->reader, record))
        return false;
    list->lines++;
    if (record->is_too_long)
        return true;
    if (list->lines == 1)
        list->hint = hint_of_first(list);
    if (!list->zero && record->size > 0 && record->text[record->size - 1] == '\r')
        record->text[--record->size] = '\0';
    if (list->lines == 1 && strncmp(record->text, BYTE_ORDER_MARK, 3) == 0) {
        record->text += 3;
        record->size -= 3;
    }
    return true;
}

static bool is_comment_or_blank(const struct record *record)
{
    return !record->is_too_long && (record->text[0] == '#' || strspn(record->text, " \t") == record->size ||
                                    list_json_is_comment(record->text));
}

/* Reads the units that follow a line, up to a record that is none and stays pending. Returns false if one is damaged.
 */
static bool read_units(struct list_reader *list, struct list_entry *line)
{
    const struct record *record = &list->record;
    bool is_good = true;

    while (next_record(list)) {
        const bool is_indented = !record->is_too_long && record->size >= 2 && memcmp(record->text, "  ", 2) == 0;
        if (is_indented && list_entry_set_unit(line, record->text + 2, record->size - 2))
            continue;
        if (!is_indented || !list_entry_is_damaged(record->text + 2, record->size - 2)) {
            list->is_pending = true;
            return is_good;
        }
        is_good = false;
    }
    return is_good;
}

/* Reading the units overwrites the record that the name is part of. */
static bool copy_name(struct list_reader *list, struct file_record *file)
{
    char *grown = array_grow(list->name, &list->name_capacity, file->name_size + 1, 1);
    if (grown == NULL)
        return false;
    list->name = grown;
    file->name = memcpy(grown, file->name, file->name_size + 1);
    return true;
}

/* Of a group, reads the first file; list_reader_next() returns the others. */
static enum parse_result parse_object(struct list_reader *list, struct list_entry *line)
{
    const struct record *record = &list->record;
    enum parse_result result = list_json_parse(record->text, record->size, line);

    if (result != PARSE_BAD || !list->reads_groups)
        return result;
    *line = (struct list_entry){.file = {.line = list->lines}};
    result = list_group_parse(&list->group, record->text, record->size);
    return result == PARSE_GOOD && !list_group_next(&list->group, line) ? PARSE_BAD : result;
}

static enum parse_result parse(struct list_reader *list, struct list_entry *line)
{
    const struct record *record = &list->record;

    if (record->is_too_long)
        return PARSE_BAD;
    if (record->text[0] == '{')
        return parse_object(list, line);
    const enum parse_result result = list_text_parse(record->text, record->size, list->zero, line);
    if (result == PARSE_BAD)
        return PARSE_BAD;
    if (!copy_name(list, &line->file))
        return PARSE_NO_MEMORY;
    return read_units(list, line) ? result : PARSE_DAMAGED;
}

/* What the other codes of a damaged line say does not count. */
static void keep_name(struct list_entry *line)
{
    const struct file_record *file = &line->file;

    *line = (struct list_entry){.file = {.name = file->name,
                                         .name_size = file->name_size,
                                         .line = file->line,
                                         .flags = ISCC_WIDE,
                                         .is_member = file->is_member,
                                         .member = file->is_member ? file->member : (struct file_member){0}},
                                .is_json = line->is_json,
                                .is_tagged = line->is_tagged,
                                .is_damaged = true};
}

void list_reader_limit(struct list_reader *list, uint64_t size)
{
    record_reader_limit(&list->reader, size);
}

void list_reader_detect_terminator(struct list_reader *list)
{
    record_reader_detect_terminator(&list->reader);
    list->zero = list->reader.terminator == '\0';
}

void list_reader_keep_comments(struct list_reader *list)
{
    list->keeps_comments = true;
}

void list_reader_read_groups(struct list_reader *list)
{
    list->reads_groups = true;
}

static enum list_event next_of_group(struct list_reader *list, struct list_entry *line)
{
    const struct list_entry empty = {.file = {.line = list->lines}};

    *line = empty;
    if (list_group_next(&list->group, line))
        return LIST_ENTRY;
    *line = empty;
    return LIST_BAD_LINE;
}

enum list_event list_reader_next(struct list_reader *list, struct list_entry *line)
{
    bool is_comment;
    bool is_summary;

    if (list->group.file != NULL)
        return next_of_group(list, line);
    do {
        if (list->failure != 0 || !next_record(list))
            return LIST_END;
        is_comment = is_comment_or_blank(&list->record);
        is_summary = list->reads_groups && !list->record.is_too_long && list_group_is_summary(list->record.text);
    } while (is_summary || (is_comment && !list->keeps_comments));
    const struct list_entry empty = {.file = {.line = list->lines}};
    *line = empty;
    if (is_comment) {
        line->file.name = list->record.text;
        line->file.name_size = list->record.size;
        return LIST_COMMENT;
    }
    switch (parse(list, line)) {
    case PARSE_GOOD:
        return LIST_ENTRY;
    case PARSE_DAMAGED:
        keep_name(line);
        return LIST_DAMAGED_LINE;
    case PARSE_NO_MEMORY:
        list->failure = ENOMEM;
        return LIST_END;
    default:
        *line = empty;
        return LIST_BAD_LINE;
    }
}
