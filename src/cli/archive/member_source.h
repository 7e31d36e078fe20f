/* SPDX-License-Identifier: Apache-2.0 */
/* The bytes of a member, and the same hashed on their way to whoever reads them. */
#ifndef MEMBER_SOURCE_H
#define MEMBER_SOURCE_H

#include <iscc/iscc.h>
#include <stdbool.h>
#include <stdint.h>

#include "archive/byte_source.h"
#include "streams/text_feed.h"

/* A member whose header was read. What it leaves out, between its blocks and up to its size, is zeros. */
struct member_source {
    struct byte_source source; /* must be the first member, as read() gets its address */
    struct archive *archive;
    uint64_t size;     /* UINT64_MAX if it is not known */
    uint64_t position; /* of the next byte */
    const char *block; /* the block that was read last */
    uint64_t block_size;
    uint64_t block_offset;
    bool is_at_end;
    int result; /* of libarchive, if it is not ARCHIVE_OK or ARCHIVE_EOF */
};

void member_source_open(struct member_source *member, struct unpacking *unpacking, struct archive *archive,
                        uint64_t size);

struct hashed_source {
    struct byte_source source; /* likewise */
    iscc_sum_hasher *sum;
    struct text_feed text;
};

/* Returns false if memory is short. Close it in either case. */
bool hashed_source_open(struct hashed_source *hashed, struct unpacking *unpacking);

/* Starts to hash what is read from the source below, with a Text-Code or without. */
void hashed_source_start(struct hashed_source *hashed, struct byte_source *below, bool text);

/* The codes of what has been read. */
void hashed_source_finish(struct hashed_source *hashed, struct iscc_sum_code *code, char text_code[ISCC_CODE_SIZE]);

void hashed_source_close(struct hashed_source *hashed);

#endif
