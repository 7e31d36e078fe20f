/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How far the run is, shown on standard error while it works and on SIGUSR1.
 *
 * The engine counts what is done; a thread of its own shows it, and starts another one that counts what there is to do.
 * Both start only with a run of more than a few files or a megabyte, as a thread takes longer than hashing those.
 */
#ifndef PROGRESS_H
#define PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

#include "progress/progress_text.h"

/* The order of the words of --progress. */
enum { PROGRESS_AUTO, PROGRESS_ALWAYS, PROGRESS_NEVER };

/* Catches SIGUSR1, which would end the program, and starts the clock. */
void progress_init(void);

/* What --progress says. */
void progress_configure(unsigned when);

/* Counts the files of a run, in a thread of its own while the run goes on, and passes them to progress_expect(). Stops
 * if that returns false. Returns whether all files were counted. */
struct progress_work {
    bool (*count)(void *context); /* NULL if there is no way to know */
    void *context;
};

/* A run begins, or ends: between the two, progress is shown. Runs follow each other. The end waits for the thread that
 * counts, which asks after each file whether to go on. */
void progress_begin(const struct progress_work *begun);
void progress_end(void);

/* Returns false if the run has ended. */
bool progress_expect(uint64_t files, uint64_t bytes);

/* Adds what is done. Any thread may call it; not for each file, as all threads share the counters. */
void progress_add(uint64_t files, uint64_t bytes, uint64_t bytes_read);

/* So far; `has_total` and the totals are those of the current run, everything else adds up over all runs. */
struct progress_state progress_get(void);

/* Ends the thread. SIGUSR1 has no effect from here on. */
void progress_stop(void);

#endif
