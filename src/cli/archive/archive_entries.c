/* SPDX-License-Identifier: Apache-2.0 */
/* Makes records of the entries of an archive. */
#include <errno.h>
#include <string.h>

#include "archive/archive_level.h"
#include "archive/wire.h"
#include "util/failure.h"

/* ---- Failures ---- */

void level_fail(struct level *level, int failure)
{
    level->has_ended = true;
    if (level->failure == 0)
        level->failure = failure;
}

/* The reason for a result of libarchive, whose own texts may be missing. It asks for bytes beyond the end only if the
 * archive was cut. */
int level_failure_of(const struct level *level, int result)
{
    const struct unpacking *unpacking = level->source->unpacking;

    if (unpacking->failure != 0)
        return unpacking->failure;
    if (level->is_open && level->reader->library->read_has_encrypted_entries(level->archive) > 0)
        return FAILURE_ENCRYPTED;
    return result == ARCHIVE_FATAL && level->source->has_ended ? FAILURE_TRUNCATED : FAILURE_ARCHIVE;
}

/* ---- The content of a member ---- */

bool level_hash(struct level *level, struct byte_source *content, struct record *record)
{
    struct byte_source *hashed = &level->hashed.source;
    struct iscc_sum_code code;
    char text_code[ISCC_CODE_SIZE];
    enum archive_magic magic = MAGIC_NONE;

    hashed_source_start(&level->hashed, content, level->reader->request->text);
    if (level->depth > 1 && byte_source_magic(hashed, &magic) && magic != MAGIC_NONE)
        level_read_inner(level, record, magic);
    if (!byte_source_drain(hashed))
        return false;
    hashed_source_finish(&level->hashed, &code, text_code);
    wire_set_code(&record->wire, &code, text_code);
    return true;
}

struct record *level_add_record(struct level *level, const char *name)
{
    const size_t most = WIRE_NAME_MAX - level->prefix_size;
    const size_t size = strlen(name);
    struct record *record = record_queue_add(&level->reader->queue, level->prefix_size > 0 ? level->prefix : "",
                                             level->prefix_size, name, size < most ? size : 0);

    if (record == NULL) {
        level_fail(level, ENOMEM);
        return NULL;
    }
    record->wire.kind = WIRE_MEMBER;
    record->wire.format = (uint8_t)level->format;
    record->wire.entry = level->entry;
    record->wire.inner_size = (uint32_t)(level->prefix_size > 0 ? level->prefix_size - 2 : 0);
    if (size == 0 || size >= most || name[size - 1] == '/')
        record->wire.failure = FAILURE_NAME;
    return record;
}

/* ---- Entries ---- */

enum { PASS_ON_BYTES = 1024 * 1024 };

static bool formats_have_links(enum archive_magic format)
{
    return format == MAGIC_TAR || format == MAGIC_CPIO || format == MAGIC_ISO9660;
}

static bool has_data(const struct archive_library *library, struct archive_entry *entry)
{
    return library->entry_size_is_set(entry) && library->entry_size(entry) > 0;
}

/* In cpio, the last name of a file has the content of all. */
static bool waits_for_content(const struct level *level, struct archive_entry *entry)
{
    const struct archive_library *library = level->reader->library;

    return level->format == MAGIC_CPIO && !has_data(library, entry) &&
           (library->entry_hardlink(entry) != NULL || library->entry_nlink(entry) > 1);
}

static void hash_entry(struct level *level, struct archive_entry *entry, struct record *record)
{
    const struct archive_library *library = level->reader->library;
    struct member_source member;

    member_source_open(&member, &level->reader->unpacking, level->archive,
                       library->entry_size_is_set(entry) ? (uint64_t)library->entry_size(entry) : UINT64_MAX);
    if (level_hash(level, &member.source, record))
        return;
    record->wire.failure = level_failure_of(level, member.result);
    if (member.result == ARCHIVE_FATAL || level->reader->unpacking.failure != 0)
        level_fail(level, record->wire.failure);
}

/* A hard link has the content of a member before it. */
static void copy_target(struct level *level, const char *target, struct record *record)
{
    const struct wire_record *content = links_find(&level->links, target);

    if (content != NULL)
        links_copy(&record->wire, content);
    else
        record->wire.failure = FAILURE_ARCHIVE;
}

/* Lets later links to the member find it. The record must not have been written yet. */
static void remember(struct level *level, struct archive_entry *entry, const char *name, const struct record *record)
{
    const struct archive_library *library = level->reader->library;

    if (!formats_have_links(level->format))
        return;
    if (!links_add(&level->links, name, &record->wire))
        level_fail(level, ENOMEM);
    if (level->format == MAGIC_CPIO && library->entry_nlink(entry) > 1)
        links_resolve(&level->links, (int64_t)library->entry_dev(entry), library->entry_ino64(entry), &record->wire);
}

static void read_entry(struct level *level, struct archive_entry *entry)
{
    const struct archive_library *library = level->reader->library;
    const char *target = library->entry_hardlink(entry);
    const char *name = library->entry_pathname(entry);
    struct record *record;

    if (target == NULL && library->entry_filetype(entry) != AE_IFREG)
        return;
    name = name == NULL ? "" : name;
    if (level->format == MAGIC_AR && name[0] == '/') /* a table of symbols or of names */
        return;
    record = level_add_record(level, name);
    if (record == NULL)
        return;
    if (level->format == MAGIC_ZIP && zip_directory_cuts(&level->directory, name))
        record->wire.failure = FAILURE_NAME;
    if (record->wire.failure == 0 && library->entry_is_encrypted(entry))
        record->wire.failure = FAILURE_ENCRYPTED;
    if (record->wire.failure == 0 && waits_for_content(level, entry)) {
        if (!links_wait(&level->links, (int64_t)library->entry_dev(entry), library->entry_ino64(entry), record))
            level_fail(level, ENOMEM);
        return;
    }
    if (record->wire.failure == 0 && target != NULL && !has_data(library, entry))
        copy_target(level, target, record);
    else if (record->wire.failure == 0)
        hash_entry(level, entry, record);
    record->is_pending = false;
    if (record->wire.failure == 0)
        remember(level, entry, name, record);
}

/* Small members come together, large ones at once. */
static void pass_on(struct reader *reader)
{
    record_queue_flush(&reader->queue);
    if (reader->unpacking.members - reader->passed_on < PASS_ON_BYTES)
        return;
    record_queue_write(&reader->queue);
    reader->passed_on = reader->unpacking.members;
}

void level_read_entries(struct level *level)
{
    const struct archive_library *library = level->reader->library;
    struct archive_entry *entry;

    while (!level->has_ended) {
        const int result = library->read_next_header(level->archive, &entry);
        if (result == ARCHIVE_EOF)
            break;
        if (result == ARCHIVE_RETRY)
            continue;
        level->entry++;
        if (result == ARCHIVE_OK || result == ARCHIVE_WARN)
            read_entry(level, entry);
        else if (result == ARCHIVE_FATAL)
            level_fail(level, level_failure_of(level, result));
        else if (level->failure == 0)
            level->failure = level_failure_of(level, result);
        pass_on(level->reader);
    }
}
