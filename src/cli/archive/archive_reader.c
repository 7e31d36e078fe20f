/* SPDX-License-Identifier: Apache-2.0 */
/* Unpacks archives, and archives in them, with libarchive, which gets one format and one filter at a time: its "all"
 * takes texts for archives, and runs programs. */
#include "archive/archive_reader.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/archive_level.h"
#include "util/failure.h"

enum {
    FILTERS_MAX = 4,             /* an rpm has two */
    INNER_MAX = 48 * 1024 * 1024 /* bytes of an inner archive that is held in memory, as its format must be jumped in */
};

/* ---- Levels ---- */

static int support_format(const struct archive_library *library, struct archive *archive, enum archive_magic format)
{
    switch (format) {
    case MAGIC_TAR:
        return library->read_support_format_tar(archive);
    case MAGIC_CPIO:
        return library->read_support_format_cpio(archive);
    case MAGIC_AR:
        return library->read_support_format_ar(archive);
    case MAGIC_ZIP:
        return library->read_support_format_zip_seekable(archive);
    case MAGIC_7ZIP:
        return library->read_support_format_7zip(archive);
    case MAGIC_ISO9660:
        return library->read_support_format_iso9660(archive);
    default:
        return ARCHIVE_FATAL;
    }
}

/* What libarchive passes over in silence: members of a zip file that share a header, and the end of a tar file, which
 * is two blocks of zeros, so that it need not look for a byte after them. */
static void examine_end(struct level *level)
{
    const struct zip_directory *directory = &level->directory;
    const uint64_t known = directory->count_is_short ? UINT16_MAX : UINT64_MAX;

    if (level->failure != 0)
        return;
    if (level->format == MAGIC_ZIP && (level->entry & known) != (directory->count & known))
        level->failure = FAILURE_MISMATCH;
    if (level->format == MAGIC_TAR && level->source->has_ended)
        level->failure = FAILURE_TRUNCATED;
}

/* Links whose content has not come are empty files, if the archive is complete. */
static void end_links(struct level *level)
{
    struct wire_record content = {.failure = level->failure};
    struct iscc_sum_code code;
    char text_code[ISCC_CODE_SIZE];
    struct byte_source nothing;

    byte_source_open_memory(&nothing, &level->reader->unpacking, (const unsigned char *)"", 0);
    hashed_source_start(&level->hashed, &nothing, level->reader->request->text);
    hashed_source_finish(&level->hashed, &code, text_code);
    wire_set_code(&content, &code, text_code);
    links_resolve_all(&level->links, &content);
    links_free(&level->links);
    record_queue_flush(&level->reader->queue);
}

/* The first header of a 7z says where the last one is (7zFormat.txt), which libarchive does not tell from damage. */
static bool lacks_7zip_end(const struct byte_source *source)
{
    unsigned char start[32];

    if (!byte_source_read_at(source, 0, start, sizeof start))
        return true;
    const uint64_t offset = zip_number(start + 12, 8);
    const uint64_t size = zip_number(start + 20, 8);
    const uint64_t most = source->file_size - sizeof start;
    return offset > most || size > most - offset;
}

static void read_format(struct level *level)
{
    const struct archive_library *library = level->reader->library;

    if (level->format == MAGIC_ZIP)
        level->failure = zip_directory_read(level->source, &level->directory);
    if (level->format == MAGIC_7ZIP && lacks_7zip_end(level->source))
        level->failure = FAILURE_TRUNCATED;
    level->archive = library->read_new();
    if (level->failure != 0 || level->archive == NULL)
        level_fail(level, ENOMEM);
    else if (support_format(library, level->archive, level->format) != ARCHIVE_OK ||
             byte_source_attach(level->source, level->archive, archive_magic_needs_seek(level->format)) != ARCHIVE_OK)
        level_fail(level, level_failure_of(level, ARCHIVE_FATAL));
    level->is_open = level->failure == 0;
    level_read_entries(level);
    examine_end(level);
    end_links(level);
    if (level->archive != NULL)
        library->read_free(level->archive);
    zip_directory_free(&level->directory);
}

/* The name of the one member of a compressed file: its own, without the last extension. */
static void raw_name(const struct level *level, char name[ARCHIVE_NAME_SIZE])
{
    static const char *const tars[] = {".tgz", ".tbz", ".tbz2", ".txz", ".tzst"};
    const char *own = level->reader->request->name;
    size_t size = strlen(own);

    if (level->prefix_size > 0) {
        size = level->prefix_size - 2;
        own = level->prefix;
        for (const char *slash; (slash = memchr(own, '/', size)) != NULL; own = slash + 1)
            size -= (size_t)(slash + 1 - own);
    }
    size = size < ARCHIVE_NAME_SIZE - 5 ? size : ARCHIVE_NAME_SIZE - 5;
    memcpy(name, own, size);
    name[size] = '\0';
    char *dot = strrchr(name, '.');
    if (dot == NULL || dot == name)
        return;
    bool is_tar = false;
    for (size_t i = 0; i < sizeof tars / sizeof tars[0]; i++)
        is_tar = is_tar || strcmp(dot, tars[i]) == 0;
    memcpy(dot, is_tar ? ".tar" : "", is_tar ? sizeof ".tar" : 1);
}

/* A compressed file that holds no archive. */
static void read_raw(struct level *level)
{
    char name[ARCHIVE_NAME_SIZE];

    raw_name(level, name);
    level->entry = 1;
    struct record *record = level_add_record(level, name);
    if (record == NULL)
        return;
    if (record->wire.failure == 0 && !level_hash(level, level->source, record)) {
        record->wire.failure = level->reader->unpacking.failure;
        level_fail(level, record->wire.failure);
    }
    record->is_pending = false;
    record_queue_flush(&level->reader->queue);
}

/* Unpacks what is compressed, and finds the format. Returns how many filters must be closed. */
static size_t open_filters(struct level *level, struct byte_source *source, struct byte_source filters[FILTERS_MAX])
{
    enum archive_magic magic = MAGIC_NONE;
    size_t count = 0;

    level->source = source;
    while (byte_source_magic(level->source, &magic) && archive_magic_is_filter(magic) && count < FILTERS_MAX) {
        struct byte_source *below = level->source;
        level->source = &filters[count++];
        if (!byte_source_open_filter(level->source, below, magic))
            break;
    }
    if (level->reader->unpacking.failure != 0)
        level_fail(level, level->reader->unpacking.failure);
    if (count == 0 && magic == MAGIC_NONE)
        magic = MAGIC_ISO9660; /* the beginning does not show it; the parent has looked where it does */
    else if (magic == MAGIC_NONE || archive_magic_is_filter(magic) || (count > 0 && archive_magic_needs_seek(magic)))
        magic = MAGIC_RAW;
    level->format = magic;
    return count;
}

static void read_level(struct level *level, struct byte_source *source)
{
    struct byte_source filters[FILTERS_MAX];
    size_t count = open_filters(level, source, filters);

    if (!hashed_source_open(&level->hashed, &level->reader->unpacking)) {
        level_fail(level, ENOMEM);
    } else if (!level->has_ended) {
        if (level->format == MAGIC_RAW)
            read_raw(level);
        else
            read_format(level);
        /* A decompressor checks what it has read only at its end. */
        if (!level->has_ended && count > 0 && !byte_source_drain(level->source))
            level_fail(level, level->reader->unpacking.failure);
    }
    hashed_source_close(&level->hashed);
    while (count > 0)
        byte_source_close(&filters[--count]);
}

/* ---- Inner archives ---- */

/* Reads an inner archive to its end into memory. Returns its size, or 0 after a failure was set. */
static size_t read_into_memory(struct level *inner, struct byte_source *source, unsigned char **bytes)
{
    unsigned char *buffer = malloc(INNER_MAX);
    const void *block;
    size_t size = 0;
    ssize_t got;

    *bytes = buffer;
    while (buffer != NULL && (got = byte_source_read(source, &block)) > 0) {
        if ((size_t)got > INNER_MAX - size) {
            level_fail(inner, FAILURE_LIMIT);
            return 0;
        }
        memcpy(buffer + size, block, (size_t)got);
        size += (size_t)got;
    }
    if (buffer == NULL)
        level_fail(inner, ENOMEM);
    return size;
}

static void read_inner_from(struct level *inner, struct byte_source *source, enum archive_magic magic)
{
    struct byte_source memory;
    unsigned char *bytes = NULL;

    if (!archive_magic_needs_seek(magic)) {
        read_level(inner, source);
        return;
    }
    const size_t size = read_into_memory(inner, source, &bytes);
    if (size > 0) {
        byte_source_open_memory(&memory, source->unpacking, bytes, size);
        read_level(inner, &memory);
    }
    free(bytes);
}

void level_read_inner(struct level *level, const struct record *record, enum archive_magic magic)
{
    struct reader *reader = level->reader;
    struct level inner = {.reader = reader, .depth = level->depth - 1};
    const size_t size = record->wire.name_size;
    char *prefix = malloc(size + 3);

    if (prefix == NULL) {
        unpacking_fail(&reader->unpacking, ENOMEM);
        return;
    }
    memcpy(prefix, record->name, size);
    memcpy(prefix + size, "!/", 3);
    inner.prefix = prefix;
    inner.prefix_size = size + 2;
    read_inner_from(&inner, &level->hashed.source, magic);
    if (inner.failure != 0) {
        struct record *failure = record_queue_add(&reader->queue, prefix, size, "", 0);
        if (failure != NULL) {
            failure->wire.kind = WIRE_FAILURE;
            failure->wire.failure = inner.failure;
            failure->is_pending = false;
        }
    }
    if (reader->unpacking.failure != FAILURE_LIMIT && reader->unpacking.failure != ENOMEM)
        reader->unpacking.failure = 0;
    free(prefix);
}

void archive_reader_run(const struct archive_library *library, int archive, int pipe,
                        const struct archive_request *request)
{
    struct reader reader = {.library = library,
                            .request = request,
                            .unpacking = {.library = library, .limit = request->limit},
                            .queue = record_queue_make(pipe)};
    struct level level = {.reader = &reader, .depth = request->depth};
    struct byte_source file;

    if (byte_source_open_file(&file, &reader.unpacking, archive, request->size))
        read_level(&level, &file);
    else
        level.failure = ENOMEM;
    byte_source_close(&file);
    record_queue_flush(&reader.queue);
    record_queue_write(&reader.queue);
    record_queue_free(&reader.queue);
    const struct wire_record end = {.kind = WIRE_END, .failure = level.failure};
    (void)!wire_write(pipe, &end, sizeof end);
}
