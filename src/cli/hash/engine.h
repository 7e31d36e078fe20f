/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The parallel engine: hashes jobs on all threads and prints the results in the order of the jobs.
 *
 * A walker appends jobs to a ring, and a printer removes them at its head. Any thread can be the walker or the printer,
 * but only one at a time; all others hash. The ring bounds the memory for any number of inputs: the walk pauses while
 * the ring is full, so a slow reader of the output slows the walk.
 */
#ifndef ENGINE_H
#define ENGINE_H

#include <stdatomic.h>
#include <stdbool.h>

#include "hash/hash_file.h"
#include "hash/job.h"

struct engine_work {
    /* Each is called by one thread at a time, not always the same one. next() may run while print() or flush() does. */
    bool (*next)(void *context, struct job *job);  /* sets up the next job; false if there are no more */
    void (*print)(void *context, struct job *job); /* in the order of next() */
    /* Before next(): whether it has an answer. It may wait for one, but not without end. NULL: it always has. */
    bool (*has_next)(void *context, bool may_wait);
    bool (*flush)(void *context); /* before a possible pause in printing; false stops the run */
    bool (*count)(void *context); /* counts the jobs beforehand (progress.h); or NULL */
    void *context;
    atomic_bool *stop; /* any thread or a signal handler may set it, and the run ends soon; or NULL */
};

/* Runs all jobs on up to `threads` threads. Returns false, after a message, if there is too little memory to start. */
bool engine_run(const struct engine_work *work, const struct hash_settings *settings, int threads);

#endif
