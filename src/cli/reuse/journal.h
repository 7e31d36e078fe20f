/* SPDX-License-Identifier: Apache-2.0 */
/* LIST.part: the lines of a run that may end early, for the run after it: docs/resume.md, L11 to L15. */
#ifndef JOURNAL_H
#define JOURNAL_H

#include <stdbool.h>
#include <sys/stat.h>

#include "output/output.h"

struct journal {
    char *path;
    int descriptor;
    struct stat status;    /* of the file, which walks leave out */
    struct output *output; /* lines are added here */
    bool has_lines;        /* an earlier run has left some */
    double synced;         /* when it was last written to disk */
};

/* Opens or creates the journal of a list, and removes a line without end. Returns false after a message, also if
 * another command has written the journal, or another run is writing it. Close it in either case. */
bool journal_open(struct journal *journal, const char *list, const char *command, char terminator);

/* Writes out what was added, twice a minute also to disk. False if that failed. */
bool journal_flush(struct journal *journal);

/* Writes everything to disk, or removes the file if the list is complete. */
void journal_close(struct journal *journal, bool is_complete);

#endif
