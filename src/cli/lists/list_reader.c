/* SPDX-License-Identifier: Apache-2.0 */
/* Puts the records of a list together: a line, and the units below it. */
#include "lists/list_reader.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "lists/json_limits.h"
#include "lists/list_json.h"
#include "lists/list_text.h"
#include "lists/record_reader.h"
#include "util/array.h"

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

struct list_reader {
    struct record_reader reader;
    bool zero;
    bool tells_comments;
    uint64_t lines;       /* records read */
    bool is_held;         /* a record was read to see whether it is a unit, and it is none */
    struct record record; /* the last one read */
    char *name;           /* a copy, which outlives the record */
    size_t name_room;
    int failure; /* an errno value, where a record could be read but not kept */
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
    free(list->name);
    free(list);
}

int list_reader_failure(const struct list_reader *list)
{
    return list->failure != 0 ? list->failure : list->reader.failure;
}

/* ---- Records ---- */

/* The next record, without what is no part of it. False at the end. */
static bool next_record(struct list_reader *list)
{
    struct record *record = &list->record;

    if (list->is_held) {
        list->is_held = false;
        return true;
    }
    if (!record_next(&list->reader, record))
        return false;
    list->lines++;
    if (record->is_too_long)
        return true;
    if (!list->zero && record->size > 0 && record->text[record->size - 1] == '\r')
        record->text[--record->size] = '\0';
    if (list->lines == 1 && strncmp(record->text, BYTE_ORDER_MARK, 3) == 0) {
        record->text += 3;
        record->size -= 3;
    }
    return true;
}

static bool is_passed_over(const struct record *record)
{
    return !record->is_too_long && (record->text[0] == '#' || strspn(record->text, " \t") == record->size);
}

/* Takes the units that follow a line, and holds the record behind them. */
static void take_units(struct list_reader *list, struct list_line *line)
{
    const struct record *record = &list->record;

    while (next_record(list)) {
        if (record->is_too_long || record->size < 2 || memcmp(record->text, "  ", 2) != 0 ||
            !list_line_set_unit(line, record->text + 2, record->size - 2)) {
            list->is_held = true;
            return;
        }
    }
}

/* The record that the name is a part of makes room for the next one. */
static bool keep_name(struct list_reader *list, struct file_record *file)
{
    char *grown = array_grow(list->name, &list->name_room, file->name_size + 1, 1);
    if (grown == NULL)
        return false;
    list->name = grown;
    file->name = memcpy(grown, file->name, file->name_size + 1);
    return true;
}

static enum parse_result parse(struct list_reader *list, struct list_line *line)
{
    const struct record *record = &list->record;

    if (record->is_too_long)
        return PARSE_BAD;
    if (record->text[0] == '{')
        return list_json_parse(record->text, record->size, line);
    if (!list_text_parse(record->text, record->size, list->zero, line))
        return PARSE_BAD;
    if (!keep_name(list, &line->file))
        return PARSE_NO_MEMORY;
    take_units(list, line);
    return PARSE_GOOD;
}

void list_reader_keep_comments(struct list_reader *list)
{
    list->tells_comments = true;
}

enum list_event list_reader_next(struct list_reader *list, struct list_line *line)
{
    bool is_comment;

    do {
        if (list->failure != 0 || !next_record(list))
            return LIST_END;
        is_comment = is_passed_over(&list->record);
    } while (is_comment && !list->tells_comments);
    const struct list_line empty = {.file = {.line = list->lines}};
    *line = empty;
    if (is_comment) {
        line->file.name = list->record.text;
        line->file.name_size = list->record.size;
        return LIST_COMMENT;
    }
    switch (parse(list, line)) {
    case PARSE_GOOD:
        return LIST_ENTRY;
    case PARSE_NO_MEMORY:
        list->failure = ENOMEM;
        return LIST_END;
    default:
        *line = empty;
        return LIST_BAD_LINE;
    }
}
