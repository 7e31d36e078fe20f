/* SPDX-License-Identifier: Apache-2.0 */
/* The jobs in flight on rank 0, in order: made by the walk, hashed anywhere, and printed at the head. */
#ifndef WINDOW_H
#define WINDOW_H

#include <stdbool.h>
#include <stddef.h>

#include "hash/job.h"

enum window_state {
    WINDOW_READY,   /* to be offered */
    WINDOW_LOCAL,   /* to be hashed by rank 0 itself */
    WINDOW_OFFERED, /* a worker has it */
    WINDOW_DONE     /* to be printed */
};

struct window_slot {
    struct job job;
    enum window_state state;
    size_t path_size; /* as added to the window's */
};

/* Jobs are numbered from 0; a job's slot is its number modulo `size`. */
struct window {
    struct window_slot *slots;
    size_t size;              /* a power of two */
    size_t head;              /* the next job to print */
    size_t tail;              /* the next job to add */
    size_t from[WINDOW_DONE]; /* no job before this one has the state */
    size_t count[WINDOW_DONE + 1];
    size_t path_bytes;
};

/* Makes room for at least so many jobs. Returns false if memory is short; free it in either case. */
bool window_init(struct window *window, size_t jobs);
void window_free(struct window *window);

struct job *window_job(const struct window *window, size_t number);
enum window_state window_state(const struct window *window, size_t number);

/* Whether another job may be added; if so window_job(tail) is where to make it, for window_add(). */
bool window_has_room(const struct window *window);
void window_add(struct window *window, enum window_state state);

void window_set(struct window *window, size_t number, enum window_state state);

/* Finds the first job with a state other than WINDOW_DONE. Returns false if there is none. */
bool window_find(struct window *window, enum window_state state, size_t *number);

/* Whether the job at the head is done; window_remove() removes it once it has been printed. */
bool window_is_head_done(const struct window *window);
void window_remove(struct window *window);

#endif
