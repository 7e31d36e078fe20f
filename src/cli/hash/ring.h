/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The jobs in flight, in order, and which step of work comes next.
 *
 * A ring does no work and takes no lock: each call of its functions stands in a critical section of the caller, who
 * does the step that it was given outside of it, on jobs that nobody else touches meanwhile.
 */
#ifndef RING_H
#define RING_H

#include <stdbool.h>
#include <stddef.h>

#include "hash/job.h"

enum {
    RING_SIZE = 1024, /* jobs in flight; a power of two */
    WALK_STEP = 64,   /* jobs made at once: the lock is taken once for all of them */
    HASH_STEP = 16    /* jobs hashed at once, at most */
};

/* Paths in the ring: deep trees have paths of megabytes. */
#define RING_PATH_BYTES ((size_t)4 * 1024 * 1024)

enum role {
    ROLE_NONE, /* there is nothing to do for this thread */
    ROLE_WALK, /* make jobs, in order */
    ROLE_HASH, /* give each job its result */
    ROLE_PRINT /* hand results on, in order */
};

/* What a thread does next: jobs first..last-1, counted from the start of the run. The thread may do less of it: jobs
 * from `done` on are then left over. */
struct step {
    enum role role;
    size_t first;
    size_t last;
    size_t done;
    size_t directories; /* ROLE_WALK: as many may be opened */
    bool is_end;        /* set by the thread: after a walk, no jobs follow; after a print, no results are wanted */
    bool more;          /* there is work for another thread too, which counts as active from now on */
};

enum job_state { STATE_FREE, STATE_READY, STATE_TAKEN, STATE_DONE };

struct slot {
    struct job job;
    enum job_state state;
    size_t path_size;  /* as accounted; a long path is given back once its job is printed */
    bool is_directory; /* accounted as an open directory; set by who makes the job */
};

struct ring {
    struct slot *slots;
    int threads;
    int active; /* threads at work, or asked in: at most `threads` */

    /* Jobs are counted from 0 up; a job's slot is its number modulo RING_SIZE. head <= ready <= tail. */
    size_t head;  /* the next one to print */
    size_t ready; /* no job before this one is ready to be hashed */
    size_t tail;  /* the next one to make */

    size_t path_bytes;  /* of all jobs in the ring */
    size_t directories; /* different directories that jobs in the ring keep open, at most */
    size_t directories_max;
    bool is_walking;
    bool is_printing;
    bool is_reading_stdin;
    bool is_exhausted; /* there are no more jobs */
    bool is_unwanted;  /* results are wanted no more: nothing new is begun */
};

/* A ring for one active thread. False if memory is short; it may be freed all the same. */
bool ring_init(struct ring *ring, size_t directories_max);
void ring_free(struct ring *ring);

struct slot *ring_slot(const struct ring *ring, size_t number);

/* Chooses the next step of a thread. Where there is none for it, it is active no more. */
struct step ring_begin(struct ring *ring);

/* Takes the result of a step, which ROLE_NONE has not. */
void ring_end(struct ring *ring, const struct step *step);

#endif
