/* SPDX-License-Identifier: Apache-2.0 */
/* Groups the entries of a directory as TREEWALK-ISCC requires. */
#include "files/directory_listing.h"

#include <errno.h>
#include <string.h>

#include "files/directory_entries.h"

enum { GROUP_IGNORE_FILES = '1', GROUP_REST = '2' };

static bool ends_with(const char *name, size_t size, const char *end)
{
    size_t end_size = strlen(end);
    return size >= end_size && memcmp(name + size - end_size, end, end_size) == 0;
}

bool directory_listing_is_ignore_file(const char *name, size_t size)
{
    return name[0] == '.' && ends_with(name, size, "ignore");
}

static int add_file(struct directory_listing *listing, const struct directory_entry *entry, size_t size,
                    const char *key, size_t key_size)
{
    const bool is_ignore_file = directory_listing_is_ignore_file(entry->name, size);
    return sorted_names_add(&listing->files, is_ignore_file ? GROUP_IGNORE_FILES : GROUP_REST, entry->name, size, key,
                            key_size, entry->error);
}

static int add_entry(struct directory_listing *listing, const struct directory_entry *entry, struct nfc *nfc)
{
    if (strcmp(entry->name, PATTERN_FILE) == 0) {
        listing->has_patterns = entry->kind == ENTRY_FILE;
        listing->has_odd_patterns = entry->kind == ENTRY_DIRECTORY || entry->kind == ENTRY_OTHER;
    }
    if (entry->kind == ENTRY_OTHER)
        return 0;
    size_t size = strlen(entry->name);
    const char *key = NULL;
    size_t key_size = 0;
    int error = nfc_key(nfc, entry->name, size, &key, &key_size);
    if (error != 0)
        return error;
    if (entry->kind == ENTRY_DIRECTORY)
        return sorted_names_add(&listing->directories, GROUP_REST, entry->name, size, key, key_size, 0);
    return add_file(listing, entry, size, key, key_size);
}

static int read_entries(struct directory_listing *listing, int descriptor, struct nfc *nfc)
{
    struct directory_entries *entries = directory_entries_start(descriptor);
    if (entries == NULL)
        return errno;
    int error = 0;
    while (error == 0) {
        struct directory_entry entry;
        int more = directory_entries_next(entries, &entry);
        if (more <= 0) {
            error = more < 0 ? errno : 0;
            break;
        }
        error = add_entry(listing, &entry, nfc);
    }
    directory_entries_free(entries);
    return error;
}

int directory_listing_read(struct directory_listing *listing, int descriptor, struct nfc *nfc)
{
    int error = read_entries(listing, descriptor, nfc);
    if (sorted_names_sort(&listing->files) != 0 || sorted_names_sort(&listing->directories) != 0) {
        directory_listing_free(listing);
        return ENOMEM;
    }
    return error;
}

bool directory_listing_is_done(const struct directory_listing *listing)
{
    return listing->files.next == listing->files.count && listing->directories.next == listing->directories.count;
}

void directory_listing_free(struct directory_listing *listing)
{
    sorted_names_free(&listing->files);
    sorted_names_free(&listing->directories);
}
