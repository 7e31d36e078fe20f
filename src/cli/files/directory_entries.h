/* SPDX-License-Identifier: Apache-2.0 */
/* What a directory holds, entry by entry as the system gives them. */
#ifndef DIRECTORY_ENTRIES_H
#define DIRECTORY_ENTRIES_H

enum directory_entry_kind { ENTRY_FILE, ENTRY_DIRECTORY, ENTRY_OTHER, ENTRY_UNKNOWN };

struct directory_entry {
    const char *name; /* valid until the next call */
    enum directory_entry_kind kind;
    int error; /* ENTRY_UNKNOWN: why */
};

struct directory_entries;

/* Reads the directory open at `descriptor`, which nobody has read from yet and which stays the caller's. NULL with
 * errno set if that is impossible. */
struct directory_entries *directory_entries_start(int descriptor);

/* 1 and an entry other than "." and "..", 0 behind the last, or -1 with errno set. */
int directory_entries_next(struct directory_entries *entries, struct directory_entry *entry);

void directory_entries_free(struct directory_entries *entries);

/* Asks the file itself, for file systems that do not tell the kind while listing. A link is ENTRY_OTHER. */
void directory_entry_look(int directory, struct directory_entry *entry);

#endif
