/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The parallel engine: takes jobs in order, hashes them on all threads, and hands them on in the same order.
 *
 * Jobs stand in a ring between a walker, which makes them, and a printer, which takes them out at the head. Both are
 * roles that any thread plays, one thread at a time; all others hash. The ring bounds the memory for any number of
 * inputs: when it is full, nobody walks, and so a slow reader of the output slows the walk.
 */
#ifndef ENGINE_H
#define ENGINE_H

#include <stdbool.h>

#include "hash/hash_file.h"
#include "hash/job.h"

struct engine_work {
    bool (*next)(void *context, struct job *job);  /* makes the next job; false at the end. One thread at a time */
    void (*print)(void *context, struct job *job); /* in the order of next. One thread at a time */
    bool (*flush)(void *context);                  /* no result follows at once. False: there is no use in going on */
    void *context;
};

/* Runs all jobs on up to `threads` threads. False, after a message, where there is too little memory to begin. */
bool engine_run(const struct engine_work *work, const struct hash_settings *settings, int threads);

#endif
