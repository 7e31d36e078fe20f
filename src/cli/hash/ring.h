/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The jobs in flight, in order, and a scheduler that chooses the next step of work.
 *
 * A ring has no lock of its own: the caller calls ring_begin() and ring_end() within a critical section, and does the
 * step outside it. No other thread touches the jobs of a step until ring_end().
 */
#ifndef RING_H
#define RING_H

#include <stdbool.h>
#include <stddef.h>

#include "hash/job.h"

enum {
    RING_SIZE = 1024, /* jobs in flight; a power of two */
    WALK_STEP = 64,   /* jobs that a walk adds in one step, at most */
    HASH_STEP = 128   /* jobs that a thread hashes in one step, at most: short files are hashed together */
};

/* A limit for the paths in the ring: in deep trees a path can have megabytes. */
#define RING_PATH_BYTES ((size_t)4 * 1024 * 1024)

enum role {
    ROLE_NONE, /* nothing to do for this thread */
    ROLE_WALK, /* add jobs, in order */
    ROLE_HASH, /* hash the jobs */
    ROLE_PRINT /* print results, in order */
};

/* What a thread does next: jobs first..end-1, counted from the start of the run. The thread advances `done`, and may
 * stop before `end`. */
struct step {
    enum role role;
    size_t first;
    size_t end;
    size_t done;
    size_t directories; /* ROLE_WALK: how many more may be opened */
    bool may_wait;      /* ROLE_WALK: there is nothing to hash */
    bool is_final;      /* set by the thread. ROLE_WALK: there are no more jobs; ROLE_PRINT: stop the run */
    size_t waits;       /* ROLE_HASH: how often the thread waited for files that are not long */
    bool wants_helper;  /* the caller must start another thread, which counts as active already */
};

enum job_state { STATE_FREE, STATE_READY, STATE_HASHING, STATE_DONE };

struct slot {
    struct job job;
    enum job_state state;
    size_t path_size;  /* as added to ring.path_bytes; a long path is freed once its job has been printed */
    bool is_directory; /* the job counts in ring.directories; set by the walker */
    bool is_stream;    /* the job was a stream when it was claimed */
};

struct ring {
    struct slot *slots;
    int threads; /* may change at any time */
    int active;  /* threads running or about to start: at most `threads`, or soon, if that has become less */

    /* Jobs are numbered from 0; a job's slot is its number modulo RING_SIZE. head <= ready <= tail. */
    size_t head;  /* the next job to print */
    size_t ready; /* no job before this one is STATE_READY */
    size_t tail;  /* the next job to add */

    size_t path_bytes;  /* of all jobs in the ring */
    size_t directories; /* upper bound of the directories that jobs in the ring hold open */
    size_t directories_max;
    bool is_walking;
    bool is_printing;
    bool is_reading_stream;
    bool is_dry;       /* the last walk found nothing, but has not ended */
    bool is_exhausted; /* the walk has ended */
    bool is_cancelled; /* start no more walks or hashes */
};

/* Sets up a ring for one thread, which counts as active; set `threads` to allow more. Returns false if memory is short.
 * Free it in either case. */
bool ring_init(struct ring *ring, size_t directories_max);
void ring_free(struct ring *ring);

struct slot *ring_slot(const struct ring *ring, size_t number);

/* Chooses the next step of the calling thread. After ROLE_NONE the thread no longer counts as active. */
struct step ring_begin(struct ring *ring);

/* The calling thread no longer counts as active, though there may be steps left. */
struct step ring_leave(struct ring *ring);

/* Records what the thread did in its step. Does nothing for ROLE_NONE. */
void ring_end(struct ring *ring, const struct step *step);

#endif
