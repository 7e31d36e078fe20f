/* SPDX-License-Identifier: Apache-2.0 */
/*
 * JSON lines in both directions: a text that parses as an object of a list must read the same when written again, and
 * any bytes as a name must survive in an object that is UTF-8.
 */
#include <stdlib.h>
#include <string.h>

#include "lists/json_limits.h"
#include "util/sanitize.h"
#include "support/fuzz.h"
#include "support/list.h"
#include "support/written.h"
#include "lists/list_json.h"
#include "lists/list_entry.h"
#include "format/format.h"

#define CODE "ISCC:KUABTIGSQPBAX75YFCFINJ47ECR5M"

static void require_object(const struct list_entry *said)
{
    const struct file_record *file = &said->file;
    struct read_line line = {*said, fuzz_text((const uint8_t *)file->name, file->name_size)};
    const struct format format = {.json = true, .units = true};
    size_t size;

    REQUIRE(strlen(line.name) == file->name_size && (file->name_size > 0 || file->failure != 0));
    list_write(&format, said, line.name);
    const char *bytes = written_bytes(&size);
    struct list_lines again = list_read(bytes, size, 0, SIZE_MAX);
    REQUIRE(again.count == 1 && again.lines[0].name != NULL && list_agrees(&line, &again.lines[0]));
    list_free(&again);
    free(line.name);
}

/* The text of one line: no control byte, no bad UTF-8. */
static void require_plain(const char *bytes, size_t size)
{
    REQUIRE(size > 0 && bytes[size - 1] == '\n');
    for (size_t at = 0; at < size - 1;) {
        const size_t length = utf8_length(bytes + at, size - at);
        REQUIRE(length > 0 && (unsigned char)bytes[at] >= ' ');
        at += length;
    }
}

static void require_name(char *name)
{
    struct list_entry line = {.file = {.name_size = strlen(name)}};
    const struct format format = {.json = true};
    size_t size;

    if (line.file.name_size == 0)
        return;
    REQUIRE(list_entry_set_code(&line, CODE, sizeof CODE - 1));
    list_write(&format, &line, name);
    char *bytes = written_bytes(&size);
    require_plain(bytes, size);
    struct list_lines again = list_read(bytes, size, 0, SIZE_MAX);
    REQUIRE(again.count == 1 && again.lines[0].name != NULL && strcmp(again.lines[0].name, name) == 0);
    list_free(&again);
}

FUZZ_TARGET(json)
{
    struct list_entry line = {.file = {.line = 1}};
    char *text = fuzz_text(data, size);
    char *raw = fuzz_text(data, size);

    json_memory_install();
    require_name(raw);
    if (size > 0 && list_json_parse(text, size, &line) == PARSE_GOOD)
        require_object(&line);
    free(text);
    free(raw);
    return 0;
}
