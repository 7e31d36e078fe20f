/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One long stream on all threads: blocks are read in order, then hashed by tasks that depend on one another.
 *
 *     read block i --+--> BLAKE3 of block i, after that of block i-1
 *                    +--> prepare block i --> join block i, after block i-1
 *
 * All four are tasks. The thread that has the stream does them while it waits for its end, and so do threads that have
 * no file of their own.
 */
#ifndef PIPELINE_H
#define PIPELINE_H

#include <iscc/iscc.h>

#include "hash/reader.h"

/* The blocks of all pipelines together: the bound of their memory. */
struct block_pool;

/* Three blocks of 1 MiB for each thread. NULL if memory is short. */
struct block_pool *block_pool_new(int threads);
void block_pool_free(struct block_pool *pool);

/* Brings all bytes of the reader through the hasher. Returns a failure. Called within a task. */
int pipeline_run(struct block_pool *pool, struct reader *reader, iscc_sum_hasher *sum);

#endif
