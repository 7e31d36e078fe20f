/* SPDX-License-Identifier: Apache-2.0 */
/* What a directory holds, entry by entry as the system gives them. */
#ifndef ENTRIES_H
#define ENTRIES_H

enum entry_kind { ENTRY_FILE, ENTRY_DIRECTORY, ENTRY_OTHER, ENTRY_UNKNOWN };

struct entry {
    const char *name; /* valid until the next call */
    enum entry_kind kind;
    int error; /* ENTRY_UNKNOWN: why */
};

struct entries;

/* Reads the directory open at `descriptor`, which nobody has read from yet and which stays the caller's. NULL with
 * errno set if that is impossible. */
struct entries *entries_start(int descriptor);

/* 1 and an entry other than "." and "..", 0 behind the last, or -1 with errno set. */
int entries_next(struct entries *entries, struct entry *entry);

void entries_free(struct entries *entries);

/* Asks the file itself, for file systems that do not tell the kind while listing. A link is ENTRY_OTHER. */
void entry_look(int directory, struct entry *entry);

#endif
