/* SPDX-License-Identifier: Apache-2.0 */
/* Sources of bytes, and the callbacks through which libarchive reads them. */
#include "archive/byte_source.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "util/failure.h"

#define BLOCK_SIZE ((size_t)256 * 1024)

bool unpacking_count(struct unpacking *unpacking, uint64_t *bytes, uint64_t more)
{
    const bool fits = more <= unpacking->limit && *bytes <= unpacking->limit - more;

    if (fits)
        *bytes += more;
    else
        unpacking_fail(unpacking, FAILURE_LIMIT);
    return fits;
}

void unpacking_fail(struct unpacking *unpacking, int failure)
{
    if (unpacking->failure == 0)
        unpacking->failure = failure;
}

/* ---- Files and memory ---- */

static ssize_t read_file(struct byte_source *source, const void **block)
{
    ssize_t got;

    do
        got = pread(source->descriptor, source->buffer, BLOCK_SIZE, (off_t)source->offset);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        unpacking_fail(source->unpacking, EIO);
    else
        source->offset += (uint64_t)got;
    *block = source->buffer;
    return got;
}

bool byte_source_open_file(struct byte_source *source, struct unpacking *unpacking, int descriptor, uint64_t size)
{
    *source = (struct byte_source){.unpacking = unpacking,
                                   .read = read_file,
                                   .buffer = malloc(BLOCK_SIZE),
                                   .descriptor = descriptor,
                                   .file_size = size};
    if (source->buffer == NULL)
        unpacking_fail(unpacking, ENOMEM);
    return source->buffer != NULL;
}

static ssize_t read_memory(struct byte_source *source, const void **block)
{
    const uint64_t at = source->offset < source->size ? source->offset : source->size;

    *block = source->bytes + at;
    source->offset = source->size;
    return (ssize_t)(source->size - at);
}

void byte_source_open_memory(struct byte_source *source, struct unpacking *unpacking, const unsigned char *bytes,
                             size_t size)
{
    *source = (struct byte_source){
        .unpacking = unpacking, .read = read_memory, .bytes = bytes, .size = size, .file_size = size};
}

bool byte_source_read_at(const struct byte_source *source, uint64_t offset, unsigned char *bytes, size_t size)
{
    if (offset > source->file_size || size > source->file_size - offset)
        return false;
    if (source->bytes != NULL) {
        memcpy(bytes, source->bytes + offset, size);
        return true;
    }
    for (size_t done = 0; done < size;) {
        const ssize_t got = pread(source->descriptor, bytes + done, size - done, (off_t)(offset + done));
        if (got == 0 || (got < 0 && errno != EINTR))
            return false;
        done += got > 0 ? (size_t)got : 0;
    }
    return true;
}

/* ---- Decompressors ---- */

/* What a decompressor fails for: its input ended too early, if it had asked for more. */
static int failure_of_filter(const struct byte_source *source)
{
    return source->below->has_ended ? FAILURE_TRUNCATED : FAILURE_ARCHIVE;
}

static ssize_t read_filter(struct byte_source *source, const void **block)
{
    const struct archive_library *library = source->unpacking->library;
    size_t size = 0;
    la_int64_t offset;
    int result;

    if (source->filter == NULL) /* it has ended */
        return 0;
    do
        result = library->read_data_block(source->filter, block, &size, &offset);
    while (result == ARCHIVE_RETRY || (result == ARCHIVE_OK && size == 0));
    if (result == ARCHIVE_EOF)
        return 0;
    if (result != ARCHIVE_OK) {
        unpacking_fail(source->unpacking, failure_of_filter(source));
        return -1;
    }
    return unpacking_count(source->unpacking, &source->unpacking->filtered, size) ? (ssize_t)size : -1;
}

/* ARCHIVE_WARN means that libarchive would run a program. */
static int support_filter(const struct archive_library *library, struct archive *archive, enum archive_magic filter)
{
    switch (filter) {
    case MAGIC_GZIP:
        return library->read_support_filter_gzip(archive);
    case MAGIC_BZIP2:
        return library->read_support_filter_bzip2(archive);
    case MAGIC_XZ:
        return library->read_support_filter_xz(archive);
    case MAGIC_LZMA:
        return library->read_support_filter_lzma(archive);
    case MAGIC_ZSTD:
        return library->read_support_filter_zstd(archive);
    case MAGIC_LZ4:
        return library->read_support_filter_lz4(archive);
    case MAGIC_RPM:
        return library->read_support_filter_rpm(archive);
    default:
        return ARCHIVE_FATAL;
    }
}

/* The "empty" format stands for a stream of no bytes. */
static bool begin_filter(struct byte_source *source, enum archive_magic filter)
{
    const struct archive_library *library = source->unpacking->library;
    struct archive_entry *entry;

    if (support_filter(library, source->filter, filter) != ARCHIVE_OK ||
        library->read_support_format_raw(source->filter) != ARCHIVE_OK ||
        library->read_support_format_empty(source->filter) != ARCHIVE_OK ||
        byte_source_attach(source->below, source->filter, false) != ARCHIVE_OK)
        return false;
    const int result = library->read_next_header(source->filter, &entry);
    if (result == ARCHIVE_EOF) {
        library->read_free(source->filter);
        source->filter = NULL;
    }
    return result == ARCHIVE_EOF || result == ARCHIVE_OK;
}

bool byte_source_open_filter(struct byte_source *source, struct byte_source *below, enum archive_magic filter)
{
    struct unpacking *unpacking = below->unpacking;

    *source = (struct byte_source){
        .unpacking = unpacking, .read = read_filter, .below = below, .filter = unpacking->library->read_new()};
    if (source->filter == NULL)
        unpacking_fail(unpacking, ENOMEM);
    else if (begin_filter(source, filter))
        return true;
    unpacking_fail(unpacking, failure_of_filter(source));
    return false;
}

void byte_source_close(struct byte_source *source)
{
    if (source->filter != NULL)
        source->unpacking->library->read_free(source->filter);
    free(source->buffer);
    source->filter = NULL;
    source->buffer = NULL;
}

/* ---- Reading ---- */

static bool can_seek(const struct byte_source *source)
{
    return source->read == read_file || source->read == read_memory;
}

static la_int64_t move(struct byte_source *source, uint64_t offset)
{
    source->peeked_size = 0;
    source->pending_size = 0;
    source->offset = offset;
    return (la_int64_t)offset;
}

bool byte_source_magic(struct byte_source *source, enum archive_magic *magic)
{
    const void *block;
    ssize_t got = 1;

    while (got > 0 && source->peeked_size < MAGIC_SIZE) {
        got = source->read(source, &block);
        const size_t room = MAGIC_SIZE - source->peeked_size;
        const size_t copied = got <= 0 ? 0 : (size_t)got < room ? (size_t)got : room;
        if (copied > 0)
            memcpy(source->peeked + source->peeked_size, block, copied);
        source->peeked_size += copied;
        if (got > 0 && (size_t)got > copied) {
            source->pending = (const char *)block + copied;
            source->pending_size = (size_t)got - copied;
        }
    }
    *magic = archive_magic(source->peeked, source->peeked_size);
    if (can_seek(source))
        move(source, 0);
    return got >= 0;
}

ssize_t byte_source_read(struct byte_source *source, const void **block)
{
    size_t size = source->peeked_size;

    if (size > 0) {
        *block = source->peeked;
        source->peeked_size = 0;
        return (ssize_t)size;
    }
    size = source->pending_size;
    if (size > 0) {
        *block = source->pending;
        source->pending_size = 0;
        return (ssize_t)size;
    }
    const ssize_t got = source->read(source, block);
    source->has_ended = source->has_ended || got == 0;
    return got;
}

bool byte_source_drain(struct byte_source *source)
{
    const void *block;
    ssize_t got;

    do
        got = byte_source_read(source, &block);
    while (got > 0);
    return got == 0;
}

/* ---- libarchive's callbacks ---- */

static la_ssize_t on_read(struct archive *archive, void *source, const void **block)
{
    (void)archive;
    return byte_source_read(source, block);
}

static la_int64_t on_seek(struct archive *archive, void *context, la_int64_t offset, int whence)
{
    struct byte_source *source = context;
    const la_int64_t start =
        whence == SEEK_SET ? 0 : (la_int64_t)(whence == SEEK_CUR ? source->offset : source->file_size);

    (void)archive;
    if ((offset < 0 && start + offset < 0) || (offset > 0 && start > INT64_MAX - offset))
        return ARCHIVE_FATAL;
    return move(source, (uint64_t)(start + offset));
}

/* Not beyond the end, where a read must find out that bytes are missing. What was peeked at has not been skipped. */
static la_int64_t on_skip(struct archive *archive, void *context, la_int64_t request)
{
    struct byte_source *source = context;

    (void)archive;
    if (request <= 0 || source->peeked_size > 0 || source->pending_size > 0 || source->offset >= source->file_size)
        return 0;
    const uint64_t left = source->file_size - source->offset;
    const uint64_t skipped = (uint64_t)request < left ? (uint64_t)request : left;
    move(source, source->offset + skipped);
    return (la_int64_t)skipped;
}

int byte_source_attach(struct byte_source *source, struct archive *archive, bool seeks)
{
    const struct archive_library *library = source->unpacking->library;

    library->read_set_read_callback(archive, on_read);
    library->read_set_callback_data(archive, source);
    if (can_seek(source))
        library->read_set_skip_callback(archive, on_skip);
    if (seeks && can_seek(source))
        library->read_set_seek_callback(archive, on_seek);
    return library->read_open1(archive);
}
