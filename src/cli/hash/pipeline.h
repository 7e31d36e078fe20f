/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Hashes one long stream on all threads: tasks that depend on one another read and hash its blocks.
 *
 *     read block i --+--> BLAKE3 of block i, after that of block i-1
 *                    +--> prepare block i --> join block i, after block i-1
 *                    +--> prepare text of block i --> join it, after that of block i-1, while all of it is text
 *
 * Each of these is a task. They run on the thread that waits for the stream, and on threads without a file of their
 * own.
 */
#ifndef PIPELINE_H
#define PIPELINE_H

#include <iscc/iscc.h>
#include <stdbool.h>

#include "hash/read_file.h"
#include "streams/text_feed.h"

/* The blocks that all pipelines share, which bounds their memory. */
struct block_pool;

/* Allocates three blocks of 1 MiB for each thread. Returns NULL if memory is short. */
struct block_pool *block_pool_new(int threads);
void block_pool_free(struct block_pool *pool);

/* Lets one more pipeline run, unless as many run as the pool has threads. */
bool block_pool_enter(struct block_pool *pool);
void block_pool_leave(struct block_pool *pool);

/* Between the two, hashes all that the reader has left. Returns 0 or a failure (failure.h). To be called within an
 * OpenMP task. */
int pipeline_run(struct block_pool *pool, struct reader *reader, iscc_sum_hasher *sum, struct text_feed *text);

#endif
