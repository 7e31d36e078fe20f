/* SPDX-License-Identifier: Apache-2.0 */
/* Checksum lists as the program reads and writes them. */
#include "list.h"

#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "pieces.h"
#include "written.h"
#include "format/file_lines.h"
#include "lists/list_entry.h"

static void require_line(const struct list_entry *line)
{
    const struct file_record *file = &line->file;
    const struct iscc_decoded *code = &line->code;

    REQUIRE(!line->is_damaged);
    REQUIRE(strlen(file->name) == file->name_size);
    REQUIRE(file->name_size > 0 || file->failure != 0); /* an operand without a name */
    if (file->failure != 0) {
        REQUIRE(line->is_json && file->data_bits == 0 && file->instance_bits == 0 && !file->has_times);
        return;
    }
    REQUIRE(code->main_type == ISCC_ISCC);
    REQUIRE(code->sub_type == (file->flags == ISCC_WIDE ? ISCC_ISCC_WIDE : ISCC_ISCC_SUM));
    REQUIRE(file->data_bits == (file->has_data_unit ? 256 : code->bits / 2));
    REQUIRE(file->instance_bits == 256 || (!file->has_instance_unit && file->instance_bits == code->bits / 2));
}

static void require_damaged_line(const struct list_entry *line)
{
    const struct file_record *file = &line->file;

    REQUIRE(line->is_damaged && file->name_size > 0 && strlen(file->name) == file->name_size);
    REQUIRE(file->failure == 0 && file->data_bits == 0 && file->instance_bits == 0 && line->code.bits == 0);
    REQUIRE(!file->has_filesize && !file->has_times);
}

/* Only the files of a group share a line number. */
static bool follows(const struct list_entry *line, uint64_t last, unsigned how)
{
    return line->file.line > last || (line->file.line == last && how & READ_GROUPS);
}

struct list_lines list_read(const void *bytes, size_t size, unsigned how, size_t most)
{
    struct list_lines read = {NULL, 0};
    struct list_entry line;
    enum list_event event;
    uint64_t last = 0;

    struct list_reader *list = list_reader_new(pieces_open(bytes, size, most), how & READ_ZERO);
    REQUIRE(list != NULL);
    if (how & READ_GROUPS)
        list_reader_read_groups(list);
    while ((event = list_reader_next(list, &line)) != LIST_END) {
        REQUIRE(follows(&line, last, how));
        last = line.file.line;
        read.lines = fuzz_grow(read.lines, (read.count + 1) * sizeof *read.lines);
        struct read_line *kept = &read.lines[read.count++];
        *kept = (struct read_line){line, NULL};
        if (event == LIST_ENTRY)
            require_line(&line);
        else if (event == LIST_DAMAGED_LINE)
            require_damaged_line(&line);
        if (event != LIST_BAD_LINE)
            kept->name = fuzz_text((const uint8_t *)line.file.name, line.file.name_size);
        kept->said.file.name = NULL;
    }
    REQUIRE(list_reader_failure(list) == 0);
    list_reader_free(list);
    return read;
}

void list_free(struct list_lines *lines)
{
    for (size_t i = 0; i < lines->count; i++)
        free(lines->lines[i].name);
    free(lines->lines);
}

void list_write(const struct format *format, const struct list_entry *line, char *name)
{
    struct file_record file = line->file;

    file.name = name;
    struct job job = {.kind = file_record_is_tree(&file) ? JOB_TREE : JOB_OPERAND,
                      .path = name,
                      .path_size = file.name_size,
                      .descriptor = -1};
    if (file.failure != 0) {
        format_file(written_start(format_terminator(format)), format, &file);
        return;
    }
    file.data_bits = file.instance_bits = 256;
    file_record_code(&file, true, &job.code);
    /* Every possible file size reads back as it was written. */
    job.code.filesize = file.has_filesize ? file.filesize : 1;
    REQUIRE(iscc_encode(&line->code, job.code.iscc) == ISCC_OK);
    format_result(written_start(format_terminator(format)), format, &job);
}

static bool begins(const uint8_t *first, unsigned first_bits, const uint8_t *second, unsigned second_bits)
{
    return first_bits <= second_bits && memcmp(first, second, first_bits / 8) == 0;
}

bool list_agrees(const struct read_line *first, const struct read_line *second)
{
    const struct file_record *a = &first->said.file;
    const struct file_record *b = &second->said.file;
    /* A unit that the first line lacks is compared with the code. */
    const bool replaces_digests = b->is_contradictory && !a->is_contradictory;

    return first->said.is_damaged == second->said.is_damaged && strcmp(first->name, second->name) == 0 &&
           a->name_size == b->name_size && a->flags == b->flags && a->failure == b->failure &&
           memcmp(&first->said.code, &second->said.code, sizeof first->said.code) == 0 &&
           (replaces_digests || (begins(a->data, a->data_bits, b->data, b->data_bits) &&
                                 begins(a->instance, a->instance_bits, b->instance, b->instance_bits)));
}
