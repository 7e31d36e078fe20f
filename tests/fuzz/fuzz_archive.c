/* SPDX-License-Identifier: Apache-2.0 */
/* What a child does with an archive: whatever the bytes, it sends records that the program accepts, and then the end.
 * The first byte is the depth; the rest tells the format. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "archive/archive_reader.h"
#include "archive/wire.h"
#include "support/fuzz.h"

enum { LIMIT = 1024 * 1024 };

/* A file without a name, opened once and used for every input. */
static int open_file(void)
{
    FILE *file = tmpfile();
    REQUIRE(file != NULL);
    return fileno(file);
}

static void read_all(int file, off_t offset, void *bytes, size_t size)
{
    REQUIRE(pread(file, bytes, size, offset) == (ssize_t)size);
}

/* Entries ascend in each archive, and a link leads to an earlier or, in cpio, a later one of it. */
static void require_records(int file, off_t size)
{
    struct wire_record record = {.kind = WIRE_MEMBER};
    off_t at = 0;

    while (record.kind != WIRE_END) {
        read_all(file, at, &record, sizeof record);
        at += (off_t)sizeof record;
        char *name = fuzz_grow(NULL, (size_t)record.name_size + 1);
        REQUIRE(record.name_size <= WIRE_NAME_MAX);
        read_all(file, at, name, record.name_size);
        name[record.name_size] = '\0';
        at += (off_t)record.name_size;
        REQUIRE(wire_is_valid(&record, name));
        REQUIRE(record.failure != 0 || record.filesize <= LIMIT);
        free(name);
    }
    REQUIRE(at == size);
}

FUZZ_TARGET(archive)
{
    static const struct archive_library *library;
    static int input = -1;
    static int output = -1;
    struct archive_request request = {.limit = LIMIT, .depth = 1, .text = true, .name = "name.gz"};

    if (size == 0)
        return 0;
    if (input < 0) {
        library = archive_library_load();
        input = open_file();
        output = open_file();
    }
    if (library == NULL) /* it is not installed */
        return 0;
    request.size = size - 1;
    request.depth = 1 + data[0] % 8;
    REQUIRE(ftruncate(input, 0) == 0 && ftruncate(output, 0) == 0 && lseek(output, 0, SEEK_SET) == 0);
    REQUIRE(pwrite(input, data + 1, size - 1, 0) == (ssize_t)(size - 1));
    archive_reader_run(library, input, output, &request);
    require_records(output, lseek(output, 0, SEEK_CUR));
    return 0;
}
