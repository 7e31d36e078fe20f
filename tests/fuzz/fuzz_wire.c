/* SPDX-License-Identifier: Apache-2.0 */
/* What the program makes of the bytes that an archive's process sends: whatever they are, records that it can print
 * and read again, and then the end. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archive/archive_pass.h"
#include "archive/archive_process.h"
#include "archive/wire.h"
#include "support/fuzz.h"
#include "util/failure.h"

static int sent = -1; /* a file without a name, with what the process sends */

int __wrap_archive_process_read(int archive, const struct archive_request *request);

int __wrap_archive_process_read(int archive, const struct archive_request *request)
{
    REQUIRE(archive >= 0 && request->depth > 0);
    return fcntl(sent, F_DUPFD_CLOEXEC, 0);
}

/* Its name is that of an archive, and in it that of a member, if it is not about the archive. */
static void require_record(const struct file_record *record, const char *path)
{
    const size_t size = record->member.archive_size;
    const char *separator = record->name + size;

    REQUIRE(record->is_member && strlen(record->name) == record->name_size);
    REQUIRE(size <= record->name_size && strncmp(record->name, path, strlen(path)) == 0);
    REQUIRE(size >= strlen(path));
    if (size < record->name_size)
        REQUIRE(strncmp(separator, "!/", 2) == 0 && record->member.entry > 0);
    else
        REQUIRE(record->failure != 0);
    if (record->failure == 0)
        REQUIRE(separator[2] != '\0' && record->name[record->name_size - 1] != '/' && record->data_bits == 256);
}

FUZZ_TARGET(wire)
{
    static const char path[] = "a.zip";
    static const struct archive_settings settings = {.wanted = true};
    struct file_record record = {.failure = 0};
    struct stat status;
    size_t count = 0;

    if (sent < 0) {
        FILE *file = tmpfile();
        REQUIRE(file != NULL);
        sent = fileno(file);
    }
    REQUIRE(ftruncate(sent, 0) == 0 && pwrite(sent, data, size, 0) == (ssize_t)size && lseek(sent, 0, SEEK_SET) == 0);
    REQUIRE(fstat(sent, &status) == 0);
    struct archive_pass *pass = archive_pass_start(sent, &status, path, strlen(path), &settings, ISCC_WIDE, false, 0);
    REQUIRE(pass != NULL);
    if (size % 2 == 0)
        archive_pass_collect(pass, true, NULL);
    for (; archive_pass_next(pass, &record); count++)
        require_record(&record, path);
    archive_pass_free(pass);
    REQUIRE(count <= 1 + size / sizeof(struct wire_record));
    if (size == 0) /* the process has died */
        REQUIRE(count == 1 && record.failure == FAILURE_ARCHIVE);
    return 0;
}
