/* SPDX-License-Identifier: Apache-2.0 */
/* Turns jobs of rank 0 into those of a batch. */
#ifndef OFFER_H
#define OFFER_H

#include <stdbool.h>
#include <sys/stat.h>
#include <time.h>

#include "cluster/batch.h"
#include "cluster/seen_root.h"
#include "hash/job.h"
#include "hash/open_file.h"

/* How the files of a run are named to other machines. Initialize to zeros, but for the first two members. */
struct offering {
    const struct hash_settings *settings;
    struct timespec started;
    struct seen_root walked;       /* of the last entry of a walk */
    char path[BATCH_PATH_MAX + 1]; /* of the root in the batch */
    size_t path_size;
    bool has_root;
    struct stat root;
};

/* Whether another machine can hash the job. If so an entry of a walk is now one of the walk's root, so that it does not
 * hold a directory open until it is hashed. */
bool offering_prepares(struct offering *offering, struct job *job);

/* Begins a batch. */
void offering_begin(struct offering *offering, struct packet *packet, uint32_t number);

enum offering_result { OFFERING_ADDED, OFFERING_FULL, OFFERING_IMPOSSIBLE };

/* Adds a job to the batch, after its root if that is another one than before. `device` gets the root's. */
enum offering_result offering_add(struct offering *offering, struct packet *packet, const struct job *job,
                                  dev_t *device);

/* Whether the root of a job that was offered is still there; `path` gets its name. */
bool offering_sees_root(const struct offering *offering, const struct job *job, char path[BATCH_PATH_MAX + 1]);

void offering_free(struct offering *offering);

#endif
