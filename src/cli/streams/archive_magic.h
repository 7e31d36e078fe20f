/* SPDX-License-Identifier: Apache-2.0 */
/* Tells archives and compressed files by their first bytes. */
#ifndef ARCHIVE_MAGIC_H
#define ARCHIVE_MAGIC_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

enum archive_magic {
    MAGIC_NONE,
    MAGIC_RAW, /* not an archive but a compressed file, which has one member */
    MAGIC_TAR,
    MAGIC_CPIO,
    MAGIC_AR,
    MAGIC_ZIP,
    MAGIC_7ZIP,
    MAGIC_ISO9660,
    MAGIC_GZIP, /* from here on: filters, below which anything may be */
    MAGIC_BZIP2,
    MAGIC_XZ,
    MAGIC_LZMA,
    MAGIC_ZSTD,
    MAGIC_LZ4,
    MAGIC_RPM
};

/* How many bytes are examined. */
enum { MAGIC_SIZE = 512 };

/* Examines the first bytes of a file: MAGIC_SIZE of them, or all. Finds neither MAGIC_RAW nor MAGIC_ISO9660. */
enum archive_magic archive_magic(const unsigned char *bytes, size_t size);

/* Examines an open file, whose offset stays. MAGIC_NONE also if it cannot be read. */
enum archive_magic archive_magic_of_file(int descriptor, const struct stat *status);

bool archive_magic_is_filter(enum archive_magic magic);

/* Whether the format can only be read by jumping about in the file. */
bool archive_magic_needs_seek(enum archive_magic magic);

/* The name of a format, as in JSON, or NULL for MAGIC_NONE and filters. */
const char *archive_magic_name(enum archive_magic magic);

/* The format of that name, or MAGIC_NONE. */
enum archive_magic archive_magic_of_name(const char *name);

#endif
