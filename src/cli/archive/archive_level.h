/* SPDX-License-Identifier: Apache-2.0 */
/* What reading an archive shares with reading the archives in it. */
#ifndef ARCHIVE_LEVEL_H
#define ARCHIVE_LEVEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "archive/archive_request.h"
#include "archive/byte_source.h"
#include "archive/links.h"
#include "archive/member_source.h"
#include "archive/record_queue.h"
#include "archive/zip_directory.h"

struct reader {
    const struct archive_library *library;
    const struct archive_request *request;
    struct unpacking unpacking;
    struct record_queue queue;
    uint64_t passed_on; /* bytes of members when the queue was written last */
};

/* One archive: the outer one, or one inside. */
struct level {
    struct reader *reader;
    unsigned depth;     /* how many archives deep this one may be looked into, itself included */
    const char *prefix; /* of an inner archive: its name, with `!/` */
    size_t prefix_size;
    enum archive_magic format;
    struct byte_source *source; /* of the archive, unpacked */
    struct archive *archive;
    bool is_open; /* if libarchive finds no format, its pointer to the format leads nowhere */
    struct hashed_source hashed;
    struct zip_directory directory;
    struct links links;
    uint64_t entry;
    bool has_ended; /* nothing more can be read of it */
    int failure;
};

/* Ends reading a level; the first failure counts. */
void level_fail(struct level *level, int failure);

/* The reason for a result of libarchive. */
int level_failure_of(const struct level *level, int result);

/* Appends the record of a member, which is pending. Returns NULL, after a failure, if memory is short. */
struct record *level_add_record(struct level *level, const char *name);

/* Hashes the content of a member, and looks into it if it is an archive. Returns whether it could be read to its
 * end. */
bool level_hash(struct level *level, struct byte_source *content, struct record *record);

/* Reads the members of an archive that is open. */
void level_read_entries(struct level *level);

/* Reads an archive that is a member, up to where it cannot be read. What ends it does not end the outer one, except for
 * the limit of both. */
void level_read_inner(struct level *level, const struct record *record, enum archive_magic magic);

#endif
