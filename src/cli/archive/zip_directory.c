/* SPDX-License-Identifier: Apache-2.0 */
/* The records at the end of a zip file: APPNOTE.TXT, 4.3.12 to 4.3.16. */
#include "archive/zip_directory.h"

#include <errno.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>

#include "util/failure.h"
#include "util/search_tree.h"

enum {
    END_SIZE = 22,
    COMMENT_MAX = 65535,
    LOCATOR_SIZE = 20,
    END64_SIZE = 56,
    HEADER_SIZE = 46 /* of a member in the directory, without its name */
};

uint64_t zip_number(const unsigned char *bytes, size_t size)
{
    uint64_t value = 0;

    while (size > 0)
        value = value << 8 | bytes[--size];
    return value;
}

/* Finds the last end record whose comment reaches to the end of the file. Returns its offset in the tail, or -1. */
static ssize_t find_end(const unsigned char *tail, size_t size)
{
    for (ssize_t at = (ssize_t)size - END_SIZE; at >= 0; at--)
        if (memcmp(tail + at, "PK\5\6", 4) == 0 && zip_number(tail + at + 20, 2) + END_SIZE <= size - (size_t)at)
            return at;
    return -1;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(a, b);
}

/* Returns false if memory is short. */
static bool add_cut_name(struct zip_directory *directory, const unsigned char *name)
{
    char *copy = strdup((const char *)name);
    const char *known = copy == NULL ? NULL : search_tree_add(&directory->cut_names, copy, compare_names);

    if (known != copy)
        free(copy);
    return known != NULL;
}

bool zip_directory_cuts(const struct zip_directory *directory, const char *name)
{
    return tfind(name, &directory->cut_names, compare_names) != NULL;
}

void zip_directory_free(struct zip_directory *directory)
{
    while (directory->cut_names != NULL) {
        char *name = *(char **)directory->cut_names;
        tdelete(name, &directory->cut_names, compare_names);
        free(name);
    }
}

/* Reads the names in the directory, to find those with a NUL in them. A directory that is not where the end record says
 * is left to libarchive. Returns false if memory is short. */
static bool examine_names(const struct byte_source *source, uint64_t offset, uint64_t size,
                          struct zip_directory *directory)
{
    unsigned char header[HEADER_SIZE];
    unsigned char name[UINT16_MAX + 1];
    const uint64_t end = offset + size;

    while (offset < end && byte_source_read_at(source, offset, header, sizeof header) &&
           memcmp(header, "PK\1\2", 4) == 0) {
        const size_t name_size = (size_t)zip_number(header + 28, 2);
        if (!byte_source_read_at(source, offset + HEADER_SIZE, name, name_size))
            break;
        name[name_size] = '\0';
        if (strlen((const char *)name) < name_size && !add_cut_name(directory, name))
            return false;
        offset += HEADER_SIZE + name_size + zip_number(header + 30, 2) + zip_number(header + 32, 2);
    }
    return true;
}

/* Reads the record for large files, which a locator before the end record points to. Returns whether there is one. */
static bool read_end64(const struct byte_source *source, uint64_t end_offset, unsigned char *end64)
{
    unsigned char locator[LOCATOR_SIZE];

    return end_offset >= LOCATOR_SIZE &&
           byte_source_read_at(source, end_offset - LOCATOR_SIZE, locator, sizeof locator) &&
           memcmp(locator, "PK\6\7", 4) == 0 &&
           byte_source_read_at(source, zip_number(locator + 8, 8), end64, END64_SIZE) &&
           memcmp(end64, "PK\6\6", 4) == 0;
}

int zip_directory_read(const struct byte_source *source, struct zip_directory *directory)
{
    const uint64_t most = END_SIZE + COMMENT_MAX;
    const size_t size = (size_t)(source->file_size < most ? source->file_size : most);
    unsigned char *tail = malloc(size + 1);
    unsigned char end64[END64_SIZE];

    bool has_memory = true;

    *directory = (struct zip_directory){.count = 0};
    if (tail == NULL)
        return ENOMEM;
    const ssize_t at = byte_source_read_at(source, source->file_size - size, tail, size) ? find_end(tail, size) : -1;
    if (at >= 0) {
        const uint64_t end_offset = source->file_size - size + (uint64_t)at;
        if (read_end64(source, end_offset, end64)) {
            directory->count = zip_number(end64 + 32, 8);
            has_memory = examine_names(source, zip_number(end64 + 48, 8), zip_number(end64 + 40, 8), directory);
        } else {
            directory->count = zip_number(tail + at + 10, 2);
            directory->count_is_short = true;
            has_memory = examine_names(source, zip_number(tail + at + 16, 4), zip_number(tail + at + 12, 4), directory);
        }
    }
    free(tail);
    if (!has_memory)
        return ENOMEM;
    return at < 0 ? FAILURE_TRUNCATED : 0;
}
