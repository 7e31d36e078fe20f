/* SPDX-License-Identifier: Apache-2.0 */
/* What a child does with an archive: whatever the bytes, it sends records that the program accepts, and then the end.
 * The first byte is the depth and a format, whose signature it writes over the rest, so that every change is tried with
 * the reader of each format. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "archive/archive_reader.h"
#include "archive/wire.h"
#include "support/fuzz.h"

enum { LIMIT = 1024 * 1024 };

/* Of ISO 9660, the input is what follows 16 empty sectors, and the smallest image has 24. */
enum { SYSTEM_AREA = 32768, IMAGE_SIZE = 65536 };

static const struct {
    size_t at;
    const char *bytes;
    size_t size;
} signatures[] = {{0, "", 0},
                  {0, "PK\3\4", 4},
                  {0, "7z\274\257\047\034", 6},
                  {0, "070701", 6},
                  {0, "070707", 6},
                  {0, "!<arch>\n", 8},
                  {257, "ustar", 6},
                  {SYSTEM_AREA, "\1CD001\1", 7},
                  {0, "\37\213\10", 3},
                  {0, "\355\253\356\333", 4}};

/* Writes the file and returns its size. */
static uint64_t write_file(int file, const uint8_t *data, size_t size, size_t format)
{
    const bool is_image = signatures[format].at == SYSTEM_AREA;
    const off_t start = is_image ? SYSTEM_AREA : 0;
    const off_t end = start + (off_t)size;
    const off_t whole = is_image && end < IMAGE_SIZE ? IMAGE_SIZE : end;

    REQUIRE(ftruncate(file, 0) == 0 && pwrite(file, data, size, start) == (ssize_t)size);
    const ssize_t forced = (ssize_t)signatures[format].size;
    REQUIRE(pwrite(file, signatures[format].bytes, (size_t)forced, (off_t)signatures[format].at) == forced);
    REQUIRE(ftruncate(file, whole) == 0);
    return (uint64_t)whole;
}

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
    request.size = write_file(input, data + 1, size - 1, data[0] / 8 % (sizeof signatures / sizeof signatures[0]));
    request.depth = 1 + data[0] % 8;
    REQUIRE(ftruncate(output, 0) == 0 && lseek(output, 0, SEEK_SET) == 0);
    archive_reader_run(library, input, output, &request);
    require_records(output, lseek(output, 0, SEEK_CUR));
    return 0;
}
