/* SPDX-License-Identifier: Apache-2.0 */
/* The entries of a directory, in the order the system returns them. */
#ifndef DIRECTORY_ENTRIES_H
#define DIRECTORY_ENTRIES_H

enum directory_entry_kind { ENTRY_FILE, ENTRY_DIRECTORY, ENTRY_OTHER, ENTRY_UNKNOWN };

struct directory_entry {
    const char *name; /* valid until the next call */
    enum directory_entry_kind kind;
    int error; /* for ENTRY_UNKNOWN, an errno value */
};

struct directory_entries;

/* Starts reading the directory open at `descriptor`, which must be at its start and still belongs to the caller.
 * Returns NULL with errno set on failure. */
struct directory_entries *directory_entries_start(int descriptor);

/* Returns 1 and stores the next entry (never "." or ".."), 0 at the end, or -1 with errno set. */
int directory_entries_next(struct directory_entries *entries, struct directory_entry *entry);

void directory_entries_free(struct directory_entries *entries);

/* Stats the entry to find its kind, for file systems that do not return it with the listing. Symbolic links are
 * ENTRY_OTHER. */
void directory_entry_stat(int directory, struct directory_entry *entry);

#endif
