/* SPDX-License-Identifier: Apache-2.0 */
/* Makes, checks and writes records. */
#include "archive/wire.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "util/failure.h"

void wire_set_code(struct wire_record *record, const struct iscc_sum_code *code, const char *text_code)
{
    struct file_record file = file_record_of_code(code, ISCC_WIDE, "", 0);

    file_record_add_unit(&file, text_code);
    record->filesize = code->filesize;
    record->has_text = file.text_bits == 256;
    memcpy(record->data, file.data, sizeof file.data);
    memcpy(record->instance, file.instance, sizeof file.instance);
    memcpy(record->text, file.text, sizeof file.text);
}

static bool failure_is_valid(int failure)
{
    return failure == 0 || failure == ENOMEM || failure == EIO || failure == EAGAIN || failure_is_of_archive(failure);
}

/* Whether the name of a member begins with that of an inner archive, if it is in one. */
static bool inner_size_is_valid(const struct wire_record *record, const char *name)
{
    const uint32_t size = record->inner_size;

    return size == 0 || (record->name_size >= 2 && size <= record->name_size - 2 && memcmp(name + size, "!/", 2) == 0);
}

bool wire_is_valid(const struct wire_record *record, const char *name)
{
    if (!failure_is_valid(record->failure) || memchr(name, '\0', record->name_size) != NULL)
        return false;
    switch (record->kind) {
    case WIRE_MEMBER:
        return record->entry > 0 && record->has_text <= 1 && archive_magic_name(record->format) != NULL &&
               inner_size_is_valid(record, name) &&
               (record->failure != 0 || (record->name_size > 0 && name[record->name_size - 1] != '/'));
    case WIRE_FAILURE:
        return record->name_size > 0 && record->failure != 0;
    case WIRE_END:
        return record->name_size == 0;
    default:
        return false;
    }
}

bool wire_write(int descriptor, const void *block, size_t size)
{
    const char *at = block;

    while (size > 0) {
        const ssize_t written = write(descriptor, at, size);
        if (written < 0 && errno != EINTR)
            return false;
        if (written > 0) {
            at += written;
            size -= (size_t)written;
        }
    }
    return true;
}
