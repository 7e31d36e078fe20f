/* SPDX-License-Identifier: Apache-2.0 */
/* Where the bytes of an archive come from: a file, memory, a decompressor, or a member of another archive. */
#ifndef BYTE_SOURCE_H
#define BYTE_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "archive/archive_library.h"
#include "streams/archive_magic.h"

/* What all sources of one archive share: the bytes that it has been unpacked to, and why reading it has ended. */
struct unpacking {
    const struct archive_library *library;
    uint64_t limit;
    uint64_t filtered; /* bytes that decompressors have made */
    uint64_t members;  /* bytes of members */
    int failure;       /* 0, or the first failure that concerns more than one member */
};

/* Counts bytes. Returns false, with the failure set, if there are too many. */
bool unpacking_count(struct unpacking *unpacking, uint64_t *bytes, uint64_t more);

/* Sets the failure unless there is one already. */
void unpacking_fail(struct unpacking *unpacking, int failure);

struct byte_source {
    struct unpacking *unpacking;
    /* Sets `block` to the next bytes, which are valid until the next call. Returns 0 at the end, -1 on failure. */
    ssize_t (*read)(struct byte_source *source, const void **block);
    unsigned char *buffer;            /* of a file: BLOCK_SIZE bytes */
    const unsigned char *bytes;       /* of memory */
    size_t size;                      /* of memory */
    int descriptor;                   /* of a file */
    bool has_ended;                   /* a byte after the last one was asked for */
    uint64_t file_size;               /* of a file or memory */
    uint64_t offset;                  /* the same: of the next byte to read */
    struct byte_source *below;        /* of a decompressor */
    struct archive *filter;           /* the same */
    unsigned char peeked[MAGIC_SIZE]; /* the beginning, read for byte_source_magic() */
    size_t peeked_size;
    const void *pending; /* what follows it in the same block */
    size_t pending_size;
};

/* Both must be closed in either case. Return false, with the failure set, if memory is short or the library lacks the
 * filter. */
bool byte_source_open_file(struct byte_source *source, struct unpacking *unpacking, int descriptor, uint64_t size);
bool byte_source_open_filter(struct byte_source *source, struct byte_source *below, enum archive_magic filter);

void byte_source_open_memory(struct byte_source *source, struct unpacking *unpacking, const unsigned char *bytes,
                             size_t size);

void byte_source_close(struct byte_source *source);

/* Finds out what the bytes are, which does not read them. Call it before anything is read. Returns false on failure. */
bool byte_source_magic(struct byte_source *source, enum archive_magic *magic);

/* Reads the next block. */
ssize_t byte_source_read(struct byte_source *source, const void **block);

/* Reads bytes anywhere in a file or in memory. Returns whether all of them are there. */
bool byte_source_read_at(const struct byte_source *source, uint64_t offset, unsigned char *bytes, size_t size);

/* Reads all that is left, so that a decompressor sees its end. Returns false on failure. */
bool byte_source_drain(struct byte_source *source);

/* Makes libarchive read from the source, which it may move about in if `seeks`. Returns a libarchive status. */
int byte_source_attach(struct byte_source *source, struct archive *archive, bool seeks);

#endif
