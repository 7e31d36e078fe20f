/* SPDX-License-Identifier: Apache-2.0 */
/* Keeps the bytes of lines, and takes only names and order from them. */
#include "merge/part_reader.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "lists/json_limits.h"
#include "lists/list_json.h"
#include "lists/list_text.h"
#include "util/array.h"
#include "util/failure.h"
#include "util/message.h"

static enum part_event fail(const struct part *part, const char *reason)
{
    message_error(part->path, reason);
    return PART_FAILED;
}

static enum part_event fail_at(const struct part *part, const char *reason)
{
    message_finding(STATUS_TROUBLE, part->path, "%" PRIu64 ": %s", part->records, reason);
    return PART_FAILED;
}

static bool next_record(struct part *part)
{
    if (part->is_pending) {
        part->is_pending = false;
        return true;
    }
    if (!record_next(&part->reader, &part->record))
        return false;
    part->records++;
    return true;
}

/* ---- The first line ---- */

static bool read_begin(struct part *part)
{
    const char *command = NULL;

    record_reader_detect_terminator(&part->reader);
    if (!next_record(part)) {
        fail(part, part->reader.failure != 0 ? failure_text(part->reader.failure) : "empty, so not a part");
        return false;
    }
    if (part->record.is_too_long || !shard_read_begin(part->record.text, &part->json, &part->shard, &command)) {
        fail(part, "not a part: iscc sum --shard has not printed its first line");
        return false;
    }
    part->command = strdup(command);
    if (part->command == NULL)
        fail(part, strerror(ENOMEM));
    return part->command != NULL;
}

bool part_open(struct part *part)
{
    part->descriptor = record_open(part->path);
    if (part->descriptor < 0) {
        fail(part, strerror(errno));
        return false;
    }
    part->reader = record_reader_make(part->descriptor, '\n');
    json_memory_install();
    return read_begin(part);
}

void part_close(struct part *part)
{
    if (part->descriptor >= 0)
        record_close(part->descriptor);
    record_reader_free(&part->reader);
    free(part->command);
    for (size_t i = 0; i < 2; i++) {
        free(part->lines[i].bytes);
        free(part->lines[i].text);
    }
}

/* ---- Lines ---- */

const struct part_line *part_line(const struct part *part)
{
    return &part->lines[part->current];
}

int part_line_compare(struct walk_order *order, const struct part_line *a, const struct part_line *b)
{
    if (a->operand != b->operand)
        return a->operand < b->operand ? -1 : 1;
    return walk_order_compare(order, &a->path, &b->path);
}

/* False if memory is short. */
static bool append_record(const struct part *part, struct part_line *line)
{
    const size_t size = part->record.size;
    char *grown = array_grow(line->bytes, &line->capacity, line->size + size + 1, 1);

    if (grown == NULL)
        return false;
    line->bytes = grown;
    memcpy(grown + line->size, part->record.text, size);
    grown[line->size + size] = part->reader.terminator;
    line->size += size + 1;
    return true;
}

/* The path stays in the copy of the record. */
static enum parse_result read_path(const struct part *part, struct part_line *line)
{
    struct list_entry entry = {.file = {.name = NULL}};
    const size_t size = part->record.size;
    char *text = array_grow(line->text, &line->text_capacity, size + 1, 1);

    if (text == NULL)
        return PARSE_NO_MEMORY;
    line->text = memcpy(text, part->record.text, size);
    text[size] = '\0';
    const enum parse_result result = part->json ? list_json_parse(text, size, &entry)
                                                : list_text_parse(text, size, part->reader.terminator == '\0', &entry);
    line->path = (struct walk_path){.path = entry.file.name, .is_directory = part->is_directory};
    line->is_error = entry.file.failure != 0;
    return result;
}

/* Reads a line from the current record on. */
static enum part_event read_line(struct part *part, struct part_line *line)
{
    const enum parse_result result = part->record.is_too_long ? PARSE_BAD : read_path(part, line);

    line->operand = part->operand;
    line->size = 0;
    if (result != PARSE_GOOD && result != PARSE_NO_MEMORY)
        return fail_at(part, "not a line that iscc sum prints");
    bool has_memory = result == PARSE_GOOD && append_record(part, line);
    while (has_memory && !part->json && next_record(part)) {
        if (part->record.is_too_long || strncmp(part->record.text, "  ", 2) != 0) {
            part->is_pending = true;
            break;
        }
        has_memory = append_record(part, line);
    }
    if (!has_memory)
        return fail(part, strerror(ENOMEM));
    return PART_LINE;
}

/* Reads what says where the next line belongs. Returns whether the current record is a line. */
static bool read_marks(struct part *part)
{
    part->is_directory = false;
    while (next_record(part)) {
        const char *text = part->record.text;
        if (part->record.is_too_long || !shard_read_operand(text, &part->operand, &part->is_directory))
            return true;
    }
    return false;
}

enum part_event part_next(struct part *part, struct walk_order *order)
{
    const struct part_line *before = part_line(part);
    struct shard shard;

    if (!read_marks(part))
        return fail(part, part->reader.failure != 0 ? failure_text(part->reader.failure)
                                                    : "incomplete: its last line is missing");
    if (!part->record.is_too_long && shard_read_end(part->record.text, &shard, &part->end)) {
        if (shard.number != part->shard.number || shard.count != part->shard.count)
            return fail(part, "not a part: its first line names another shard than its last");
        return next_record(part) || part->reader.failure != 0
                   ? fail(part, "not a part: something follows its last line")
                   : PART_END;
    }
    part->current = 1 - part->current;
    if (read_line(part, &part->lines[part->current]) == PART_FAILED)
        return PART_FAILED;
    if (before->size > 0 && part_line_compare(order, before, part_line(part)) >= 0)
        return fail_at(part, "not in the order of a walk");
    return PART_LINE;
}
