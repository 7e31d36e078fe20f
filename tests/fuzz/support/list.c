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

#define DATA "ISCC:GADRTIGSQPBAX75YJFUXVEHPUIHGWAUKDAVAQAHHEIX2QJT6Z57J7LA"
#define INSTANCE "ISCC:IADSRCUGU6PSBI6W3TG4U5YTX2XNC6DZQKLL36TZCP5CUYWZOJ57R6A"
#define HASH "1e20288a86a79f20a3d6dccdca7713beaed178798296bdfa7913fa2a62d9727bf8f8"

static void require_unit(const char *unit, unsigned main_type)
{
    struct iscc_decoded code;

    if (*unit == '\0')
        return;
    REQUIRE(iscc_validate(unit) == ISCC_OK && iscc_decode(unit, &code, NULL) == ISCC_OK);
    REQUIRE(code.main_type == main_type && code.bits == 256);
}

static void require_entry(const struct list_entry *entry, const char *name)
{
    struct iscc_decoded code;

    REQUIRE(entry->name_size > 0 && strlen(name) == entry->name_size);
    REQUIRE(iscc_validate(entry->iscc) == ISCC_OK && iscc_decode(entry->iscc, &code, NULL) == ISCC_OK);
    REQUIRE(code.main_type == ISCC_ISCC);
    REQUIRE(code.sub_type == (entry->flags == ISCC_WIDE ? ISCC_ISCC_WIDE : ISCC_ISCC_SUM));
    require_unit(entry->data_code, ISCC_DATA);
    require_unit(entry->instance_code, ISCC_INSTANCE);
    REQUIRE(*entry->datahash == '\0' || strlen(entry->datahash) == ISCC_DATAHASH_SIZE - 1);
}

struct list_lines list_read(const void *bytes, size_t size, bool zero, size_t most)
{
    struct list_lines read = {NULL, 0};
    struct list_entry entry;
    const char *name = NULL;
    enum list_event event;
    uint64_t line = 0;

    struct list_reader *list = list_reader_new(pieces_open(bytes, size, most), zero);
    REQUIRE(list != NULL);
    while ((event = list_reader_next(list, &entry, &name)) != LIST_END) {
        REQUIRE(entry.line > line);
        line = entry.line;
        read.lines = fuzz_grow(read.lines, (read.count + 1) * sizeof *read.lines);
        read.lines[read.count].entry = entry;
        read.lines[read.count].name = NULL;
        if (event == LIST_ENTRY) {
            require_entry(&entry, name);
            read.lines[read.count].name = fuzz_text((const uint8_t *)name, entry.name_size);
        }
        read.count++;
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

void list_write(const struct format *format, const struct list_entry *entry, char *name)
{
    struct job job = {.kind = name[entry->name_size - 1] == '/' ? JOB_TREE : JOB_OPERAND,
                      .path = name,
                      .path_size = entry->name_size,
                      .descriptor = -1};

    /* Any size that a file may have is read as it was written. */
    job.code.filesize = entry->has_filesize ? entry->filesize : 1;
    strcpy(job.code.iscc, entry->iscc);
    strcpy(job.code.datahash, *entry->datahash != '\0' ? entry->datahash : HASH);
    strcpy(job.code.data_code, *entry->data_code != '\0' ? entry->data_code : DATA);
    strcpy(job.code.instance_code, *entry->instance_code != '\0' ? entry->instance_code : INSTANCE);
    format_result(written_start(format_terminator(format)), format, &job);
}

static bool same(const char *first, const char *second)
{
    return *first == '\0' || strcmp(first, second) == 0;
}

bool list_agrees(const struct list_line *first, const struct list_line *second)
{
    const struct list_entry *a = &first->entry;
    const struct list_entry *b = &second->entry;

    return strcmp(first->name, second->name) == 0 && a->name_size == b->name_size && a->flags == b->flags &&
           strcmp(a->iscc, b->iscc) == 0 && same(a->data_code, b->data_code) &&
           same(a->instance_code, b->instance_code) && same(a->datahash, b->datahash);
}
