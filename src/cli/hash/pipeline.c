/* SPDX-License-Identifier: Apache-2.0 */
/* OpenMP tasks with dependences over a pool of blocks. */
#include "hash/pipeline.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>

#define BLOCK_SIZE ((size_t)1024 * 1024)

/*
 * Tasks are made for a window of blocks at a time. Behind a window the pipeline runs empty, which costs the time of a
 * block or two; before the next one it gives back what it has of the pool and asks anew, as another stream may have
 * ended meanwhile. A stream of unknown length begins with small windows.
 */
enum { WINDOW_FIRST = 4, WINDOW_MAX = 128 };

/* Every pipeline has at least as many, and at most one pipeline runs on a thread. */
enum { BLOCKS_MIN = 2 };

/* Blocks that are not prepared after one whose preparation was in vain. */
enum { PLAIN_BLOCKS = 32 };

struct block {
    unsigned char *buffer;
    struct piece piece;
    iscc_data_block *data; /* its preparation, if there is one */
    bool is_plain;         /* there is none */
    struct block *next_free;
};

struct block_pool {
    int threads;
    int count;
    struct block *blocks;
    struct block *free;
    int spare; /* free blocks beyond the minimum of each thread */
};

/* One stream's way through its blocks. The turns are what tasks depend on: their addresses stand for the order of each
 * stage. */
struct pipeline {
    struct reader *reader;
    iscc_data_hasher *data;
    iscc_instance_hasher *instance;
    struct block **blocks;
    int count;
    char reader_turn;
    char data_turn;
    char instance_turn;
    size_t made;               /* blocks that have tasks */
    atomic_size_t plain_until; /* no block before this one is worth preparing */
    int failure;               /* of the reader, in its turn */
    bool ended;                /* likewise: there is no block behind the last one read */
};

struct block_pool *block_pool_new(int threads)
{
    struct block_pool *pool = calloc(1, sizeof *pool);
    if (pool == NULL)
        return NULL;
    pool->threads = threads;
    pool->spare = threads;
    pool->count = BLOCKS_MIN * threads + pool->spare;
    pool->blocks = calloc((size_t)pool->count, sizeof *pool->blocks);
    for (int i = 0; pool->blocks != NULL && i < pool->count; i++) {
        struct block *block = &pool->blocks[i];
        block->buffer = malloc(BLOCK_SIZE);
        if (block->buffer == NULL || iscc_data_block_new(&block->data, BLOCK_SIZE) != ISCC_OK) {
            block_pool_free(pool);
            return NULL;
        }
        block->next_free = pool->free;
        pool->free = block;
    }
    if (pool->blocks == NULL) {
        block_pool_free(pool);
        return NULL;
    }
    return pool;
}

void block_pool_free(struct block_pool *pool)
{
    if (pool == NULL)
        return;
    for (int i = 0; pool->blocks != NULL && i < pool->count; i++) {
        free(pool->blocks[i].buffer);
        iscc_data_block_free(pool->blocks[i].data);
    }
    free(pool->blocks);
    free(pool);
}

/* Takes a thread's minimum and all that is to spare. */
static int take_blocks(struct block_pool *pool, struct block **blocks)
{
    int count = 0;
#pragma omp critical(iscc_blocks)
    {
        const int wanted = BLOCKS_MIN + pool->spare;
        pool->spare = 0;
        for (; count < wanted; count++) {
            blocks[count] = pool->free;
            pool->free = pool->free->next_free;
        }
    }
    return count;
}

static void give_back(struct block_pool *pool, struct block **blocks, int count)
{
#pragma omp critical(iscc_blocks)
    {
        pool->spare += count - BLOCKS_MIN;
        for (int i = 0; i < count; i++) {
            blocks[i]->next_free = pool->free;
            pool->free = blocks[i];
        }
    }
}

/* ---- Stages ---- */

static void read_block(struct pipeline *pipeline, struct block *block)
{
    block->piece = (struct piece){0};
    if (pipeline->ended)
        return;
    pipeline->failure = reader_next(pipeline->reader, block->buffer, BLOCK_SIZE, &block->piece);
    pipeline->ended = pipeline->failure != 0 || block->piece.is_last;
    if (pipeline->failure != 0)
        block->piece.size = 0;
}

static void hash_block(struct pipeline *pipeline, const struct block *block)
{
    if (block->piece.is_hole)
        iscc_instance_hasher_update_zeros(pipeline->instance, block->piece.size);
    else
        iscc_instance_hasher_update(pipeline->instance, block->buffer, block->piece.size);
}

static void prepare_block(struct pipeline *pipeline, struct block *block, size_t number)
{
    block->is_plain = block->piece.size == 0 || block->piece.is_hole || number < atomic_load(&pipeline->plain_until);
    if (!block->is_plain)
        iscc_data_block_prepare(block->data, block->buffer, block->piece.size);
}

static void join_block(struct pipeline *pipeline, const struct block *block, size_t number)
{
    size_t repeated = 0;

    if (block->piece.is_hole)
        iscc_data_hasher_update_zeros(pipeline->data, block->piece.size);
    else if (block->is_plain)
        iscc_data_hasher_update(pipeline->data, block->buffer, block->piece.size);
    else
        iscc_data_hasher_join(pipeline->data, block->data, &repeated);
    /* A preparation that was mostly in vain: the stream is of a kind for which it does not pay, for a while at least.
     */
    if (repeated > block->piece.size / 2)
        atomic_store(&pipeline->plain_until, number + PLAIN_BLOCKS);
}

/* A block's four tasks. Its buffer is written again when all of them are done. */
static void make_tasks(struct pipeline *pipeline)
{
    const size_t number = pipeline->made++;
    struct block *block = pipeline->blocks[number % (size_t)pipeline->count];

    /* The formatter takes the colons of OpenMP for those of labels. */
    /* clang-format off */
#pragma omp task default(none) firstprivate(pipeline, block) \
    depend(out: block->buffer) depend(inout: pipeline->reader_turn)
    read_block(pipeline, block);
#pragma omp task default(none) firstprivate(pipeline, block) \
    depend(in: block->buffer) depend(inout: pipeline->instance_turn)
    hash_block(pipeline, block);
#pragma omp task default(none) firstprivate(pipeline, block, number) \
    depend(in: block->buffer) depend(out: block->data)
    prepare_block(pipeline, block, number);
#pragma omp task default(none) firstprivate(pipeline, block, number) \
    depend(in: block->buffer, block->data) depend(inout: pipeline->data_turn)
    join_block(pipeline, block, number);
    /* clang-format on */
}

int pipeline_run(struct block_pool *pool, struct reader *reader, iscc_sum_hasher *sum)
{
    struct pipeline pipeline = {
        .reader = reader, .data = iscc_sum_hasher_data(sum), .instance = iscc_sum_hasher_instance(sum)};
    size_t window = WINDOW_FIRST;

    pipeline.blocks = calloc((size_t)BLOCKS_MIN + (size_t)pool->threads, sizeof(struct block *));
    if (pipeline.blocks == NULL)
        return ENOMEM;
    while (!pipeline.ended) {
        pipeline.count = take_blocks(pool, pipeline.blocks);
        /* A group, as to wait for all children would be to wait for other files, which the engine asked threads in for.
         */
#pragma omp taskgroup
        for (size_t i = 0; i < window; i++)
            make_tasks(&pipeline);
        give_back(pool, pipeline.blocks, pipeline.count);
        window = window < WINDOW_MAX ? 2 * window : window;
    }
    free(pipeline.blocks);
    return pipeline.failure;
}
