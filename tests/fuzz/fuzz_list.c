/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The list reader. The first byte sets whether records end in NUL (odd) and the size of each read; the rest is the
 * list. A good line must read the same when written again in every shape; the size of the reads must not matter; and a
 * record must mean the same alone as in its list.
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
    struct list_lines again = list_read(bytes, size, format->zero, size);
    REQUIRE(again.count == 1 && again.lines[0].name != NULL);
    REQUIRE(list_agrees(&expected, &again.lines[0]));
    if (format->units && line->said.file.failure == 0)
        REQUIRE(again.lines[0].said.file.has_data_unit && again.lines[0].said.file.has_instance_unit);
    if (format->json && line->said.file.has_filesize)
        REQUIRE(again.lines[0].said.file.filesize == line->said.file.filesize);
    list_free(&again);
}

static void require_round_trips(const struct read_line *line)
{
    for (unsigned shape = 0; shape < 16; shape++) {
        const struct format format = {
            .json = shape & 1, .tag = (shape & 2) != 0, .units = (shape & 4) != 0, .zero = (shape & 8) != 0};
        require_round_trip(&format, line);
    }
}

/* Only the first record may start with a byte order mark, so any other gets an empty record before it. */
static void require_same_alone(const struct read_line *line, const uint8_t *record, size_t size, uint8_t terminator)
{
    const bool is_first = line->said.file.line == 1;
    char *alone = fuzz_grow(NULL, size + 1);

    alone[0] = (char)terminator;
    memcpy(alone + 1, record, size);
    struct list_lines lines = list_read(alone + is_first, size + !is_first, terminator == '\0', SIZE_MAX);
    REQUIRE(lines.count == 1 && (lines.lines[0].name == NULL) == (line->name == NULL));
    if (line->name != NULL)
        REQUIRE(list_agrees(&lines.lines[0], line));
    list_free(&lines);
    free(alone);
}

/* Reads each record alone; skipped records and units have no line. */
static void require_records(const struct list_lines *lines, struct fuzz_input input, uint8_t terminator)
{
    size_t next = 0;

    for (uint64_t number = 1; input.size > 0 && next < lines->count; number++) {
        const uint8_t *end = memchr(input.bytes, terminator, input.size);
        const size_t size = end == NULL ? input.size : (size_t)(end - input.bytes);
        if (lines->lines[next].said.file.line == number)
            require_same_alone(&lines->lines[next++], input.bytes, size, terminator);
        input.bytes += size + (end != NULL);
        input.size -= size + (end != NULL);
    }
    REQUIRE(next == lines->count);
}

FUZZ_TARGET(list)
{
    struct fuzz_input input = {data, size};
    const uint8_t how = fuzz_byte(&input);
    const bool zero = how % 2 != 0;
    struct list_lines lines = list_read(input.bytes, input.size, zero, SIZE_MAX);
    struct list_lines pieces = list_read(input.bytes, input.size, zero, 1 + how / 2);

    require_same_lines(&lines, &pieces);
    if (lines.count <= LINES_MAX)
        require_records(&lines, input, zero ? '\0' : '\n');
    for (size_t i = 0; i < lines.count && i < LINES_MAX; i++)
        if (lines.lines[i].name != NULL)
            require_round_trips(&lines.lines[i]);
    list_free(&lines);
    list_free(&pieces);
    return 0;
}
