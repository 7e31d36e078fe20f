/* SPDX-License-Identifier: Apache-2.0 */
/* The workers as rank 0 sees them: which are there, and which batches they have. */
#ifndef CREW_H
#define CREW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "cluster/batch.h"

/* The second is there when the first has been hashed. */
enum { CREW_BATCHES = 2 };

struct offered_job {
    size_t number; /* in the window */
    dev_t device;  /* of its root */
};

struct offered {
    uint32_t number;
    size_t count;
    bool is_void; /* of a run that was cancelled: the answer does not matter */
    struct offered_job jobs[BATCH_JOBS_MAX];
};

struct worker_state {
    bool is_lost;
    size_t share; /* the most jobs of a batch, fewer after some were given back */
    size_t outstanding;
    struct offered offered[CREW_BATCHES]; /* the first `outstanding` */
};

/* Rank r is workers[r - 1]. */
struct crew {
    int socket; /* to the MPI process */
    size_t count;
    size_t present;
    uint32_t next_number;
    struct worker_state *workers;
    struct packet *packet; /* to send and to receive */
};

/* Returns false if memory is short. Free it in either case. */
bool crew_init(struct crew *crew, int socket, size_t count);
void crew_free(struct crew *crew);

struct worker_state *crew_worker(const struct crew *crew, uint32_t rank); /* NULL: there is none, or it was lost */

/* The packet goes to a worker, or to all that are there. Returns false if none is left. */
bool crew_send(struct crew *crew, uint32_t rank);
bool crew_send_all(struct crew *crew);

/* Finds a batch that a worker has by its number; NULL if it has none with this. */
struct offered *crew_find(struct worker_state *worker, uint32_t number);
void crew_finish(struct worker_state *worker, struct offered *offered);

/* The run has ended: no answer that is still to come is about a job. */
void crew_void(struct crew *crew);

#endif
