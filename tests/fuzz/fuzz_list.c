/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The list reader. The first byte sets whether records end in NUL (odd), whether the objects of iscc similar are read
 * (128 or more), and the size of each read; the rest is the list. A good line must read the same when written again in
 * every shape, in a group, and as a near file; the size of the reads must not matter; and a record must mean the same
 * alone as in its list.
 */
#include <stdlib.h>
#include <string.h>

#include "support/fuzz.h"
#include "support/list.h"
#include "support/written.h"
#include "format/format.h"

enum { LINES_MAX = 24 };

static void require_same_lines(const struct list_lines *a, const struct list_lines *b)
{
    REQUIRE(a->count == b->count);
    for (size_t i = 0; i < a->count; i++) {
        REQUIRE(a->lines[i].said.file.line == b->lines[i].said.file.line);
        REQUIRE((a->lines[i].name == NULL) == (b->lines[i].name == NULL));
        if (a->lines[i].name != NULL)
            REQUIRE(list_agrees(&a->lines[i], &b->lines[i]) && list_agrees(&b->lines[i], &a->lines[i]));
    }
}

/* Keeps only what a shape can express: without a separate digest, the bits of it that the code has. */
static struct read_line within(const struct format *format, struct read_line line)
{
    const struct iscc_decoded *code = &line.said.code;
    struct file_record *file = &line.said.file;

    if (file->failure != 0)
        return line;
    if (!format->units) {
        file->data_bits = (uint16_t)(code->bits / 2);
        memcpy(file->data, code->digest, code->bits / 16);
    }
    if (!format->units && !format->json) {
        file->instance_bits = (uint16_t)(code->bits / 2);
        memcpy(file->instance, code->digest + code->bits / 16, code->bits / 16);
    }
    return line;
}

/* Writes one line in one shape and reads it. */
static void require_round_trip(const struct format *format, const struct read_line *line)
{
    const struct read_line expected = within(format, *line);
    size_t size;

    list_write(format, &line->said, line->name);
    const char *bytes = written_bytes(&size);
    struct list_lines again = list_read(bytes, size, format->zero ? READ_ZERO : 0, size);
    REQUIRE(again.count == 1 && again.lines[0].name != NULL);
    REQUIRE(list_agrees(&expected, &again.lines[0]));
    if (format->units && line->said.file.failure == 0)
        REQUIRE(again.lines[0].said.file.has_data_unit && again.lines[0].said.file.has_instance_unit);
    if (format->json && line->said.file.has_filesize)
        REQUIRE(again.lines[0].said.file.filesize == line->said.file.filesize);
    list_free(&again);
}

/* The type of a near file does not say whether it is a tree. */
static void require_near(const struct read_line *line)
{
    static const char begin[] = "{\"type\":\"";
    const struct format format = {.json = true, .units = true};
    size_t size;

    if (line->said.file.failure != 0)
        return;
    list_write(&format, &line->said, line->name);
    char *bytes = written_bytes(&size);
    memcpy(bytes + strlen(begin), "near", 4);
    struct list_lines again = list_read(bytes, size, READ_GROUPS, SIZE_MAX);
    REQUIRE(again.count == 1 && again.lines[0].name != NULL && list_agrees(line, &again.lines[0]));
    list_free(&again);
}

static void require_round_trips(const struct read_line *line)
{
    require_near(line);
    for (unsigned shape = 0; shape < 16; shape++) {
        const struct format format = {
            .json = shape & 1, .tag = (shape & 2) != 0, .units = (shape & 4) != 0, .zero = (shape & 8) != 0};
        require_round_trip(&format, line);
    }
}

/* Whether the line can be written again, as a file or a tree. */
static bool is_whole(const struct read_line *line)
{
    return line->name != NULL && !line->said.is_damaged;
}

static char *append(char *text, size_t *size, const char *bytes, size_t count)
{
    text = fuzz_grow(text, *size + count);
    memcpy(text + *size, bytes, count);
    *size += count;
    return text;
}

/* The files of a list, written as one group, must read the same. */
static void require_group(const struct list_lines *lines)
{
    static const char begin[] = "{\"type\":\"group\",\"reference\":", members[] = ",\"members\":[", end[] = "]}";
    const struct format format = {.json = true, .units = true};
    const struct read_line *files[LINES_MAX];
    size_t count = 0, size = 0, object_size;

    for (size_t i = 0; i < lines->count && count < LINES_MAX; i++)
        if (is_whole(&lines->lines[i]) && lines->lines[i].said.file.failure == 0)
            files[count++] = &lines->lines[i];
    char *text = append(NULL, &size, begin, strlen(begin));
    for (size_t i = 0; i < count; i++) {
        list_write(&format, &files[i]->said, files[i]->name);
        const char *object = written_bytes(&object_size);
        text = append(text, &size, object, object_size - 1);
        text = i == 0 ? append(text, &size, members, strlen(members)) : append(text, &size, ",", i + 1 < count);
    }
    text = append(text, &size, end, strlen(end));
    struct list_lines again = list_read(text, size, READ_GROUPS, SIZE_MAX);
    REQUIRE(again.count == (count > 0 ? count : 1));
    for (size_t i = 0; i < count; i++)
        REQUIRE(again.lines[i].name != NULL && list_agrees(files[i], &again.lines[i]));
    list_free(&again);
    free(text);
}

/* In a list a damaged unit below a line damages the line. */
static bool means_same_alone(const struct read_line *alone, const struct read_line *line)
{
    return line->said.is_damaged ? strcmp(alone->name, line->name) == 0 : list_agrees(alone, line);
}

/* Only the first record may start with a byte order mark, so any other gets an empty record before it. A record has
 * several lines if it is a group. */
static void require_same_alone(const struct read_line *lines, size_t count, const uint8_t *record, size_t size,
                               unsigned how)
{
    const bool is_first = lines->said.file.line == 1;
    char *text = fuzz_grow(NULL, size + 1);

    text[0] = how & READ_ZERO ? '\0' : '\n';
    memcpy(text + 1, record, size);
    struct list_lines alone = list_read(text + is_first, size + !is_first, how, SIZE_MAX);
    REQUIRE(alone.count == count);
    for (size_t i = 0; i < count; i++) {
        REQUIRE((alone.lines[i].name == NULL) == (lines[i].name == NULL));
        if (lines[i].name != NULL)
            REQUIRE(means_same_alone(&alone.lines[i], &lines[i]));
    }
    list_free(&alone);
    free(text);
}

/* Reads each record alone; skipped records and units have no line. */
static void require_records(const struct list_lines *lines, struct fuzz_input input, unsigned how)
{
    const uint8_t terminator = how & READ_ZERO ? '\0' : '\n';
    size_t next = 0;

    for (uint64_t number = 1; input.size > 0 && next < lines->count; number++) {
        const uint8_t *end = memchr(input.bytes, terminator, input.size);
        const size_t size = end == NULL ? input.size : (size_t)(end - input.bytes);
        const size_t first = next;
        while (next < lines->count && lines->lines[next].said.file.line == number)
            next++;
        if (next > first)
            require_same_alone(&lines->lines[first], next - first, input.bytes, size, how);
        input.bytes += size + (end != NULL);
        input.size -= size + (end != NULL);
    }
    REQUIRE(next == lines->count);
}

FUZZ_TARGET(list)
{
    struct fuzz_input input = {data, size};
    const uint8_t first = fuzz_byte(&input);
    const unsigned how = (first % 2 != 0 ? READ_ZERO : 0) | (first >= 128 ? READ_GROUPS : 0);
    struct list_lines lines = list_read(input.bytes, input.size, how, SIZE_MAX);
    struct list_lines pieces = list_read(input.bytes, input.size, how, 1 + first % 128 / 2);

    require_same_lines(&lines, &pieces);
    if (lines.count <= LINES_MAX)
        require_records(&lines, input, how);
    for (size_t i = 0; i < lines.count && i < LINES_MAX; i++)
        if (is_whole(&lines.lines[i]))
            require_round_trips(&lines.lines[i]);
    require_group(&lines);
    list_free(&lines);
    list_free(&pieces);
    return 0;
}
