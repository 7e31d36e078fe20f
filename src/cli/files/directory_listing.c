/* SPDX-License-Identifier: Apache-2.0 */
/* Groups the entries of a directory as TREEWALK-ISCC wants them. */
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

static int add_file(struct listing *listing, const struct entry *entry, size_t size, const char *key, size_t key_size)
{
    if (ends_with(entry->name, size, ".iscc.json")) /* what other tools write about a file; never listed */
        return 0;
    if (entry->kind == ENTRY_FILE && strcmp(entry->name, PATTERN_FILE) == 0)
        listing->has_patterns = true;
    bool is_ignore_file = entry->name[0] == '.' && ends_with(entry->name, size, "ignore");
    return names_add(&listing->files, is_ignore_file ? GROUP_IGNORE_FILES : GROUP_REST, entry->name, size, key,
                     key_size, entry->error);
}

static int add_entry(struct listing *listing, const struct entry *entry, struct nfc *nfc)
{
    if (entry->kind == ENTRY_OTHER)
        return 0;
    size_t size = strlen(entry->name);
    const char *key = NULL;
    size_t key_size = 0;
    int error = nfc_key(nfc, entry->name, size, &key, &key_size);
    if (error != 0)
        return error;
    if (entry->kind == ENTRY_DIRECTORY)
        return names_add(&listing->directories, GROUP_REST, entry->name, size, key, key_size, 0);
    return add_file(listing, entry, size, key, key_size);
}

static int read_entries(struct listing *listing, int descriptor, struct nfc *nfc)
{
    struct entries *entries = entries_start(descriptor);
    if (entries == NULL)
        return errno;
    int error = 0;
    while (error == 0) {
        struct entry entry;
        int more = entries_next(entries, &entry);
        if (more <= 0) {
            error = more < 0 ? errno : 0;
            break;
        }
        error = add_entry(listing, &entry, nfc);
    }
    entries_free(entries);
    return error;
}

int listing_read(struct listing *listing, int descriptor, struct nfc *nfc)
{
    int error = read_entries(listing, descriptor, nfc);
    if (names_sort(&listing->files) != 0 || names_sort(&listing->directories) != 0) {
        listing_free(listing);
        return ENOMEM;
    }
    return error;
}

bool listing_is_done(const struct listing *listing)
{
    return listing->files.next == listing->files.count && listing->directories.next == listing->directories.count;
}

void listing_free(struct listing *listing)
{
    names_free(&listing->files);
    names_free(&listing->directories);
}
