/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What rank 0 does in a run: it walks, offers the files to the workers, and prints the results in order.
 *
 * A worker has up to two batches of up to 64 files. Batches shrink as fewer files are left, and a worker gives back
 * what it has not begun in time, so that all finish at about the same time. What a worker could not read, rank 0 reads
 * itself: so each message is the one that a single process would print.
 */
#ifndef COORDINATOR_H
#define COORDINATOR_H

#include "cluster/crew.h"
#include "hash/elsewhere.h"

/* Runs that the engine should do with this crew. */
struct engine_elsewhere coordinator_of(struct crew *crew);

#endif
