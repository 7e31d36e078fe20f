/* SPDX-License-Identifier: Apache-2.0 */
/* OpenMP tasks with dependences over a pool of blocks. */
#include "hash/pipeline.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "util/large_block.h"

#define BLOCK_SIZE ((size_t)1024 * 1024)

/*
 * Tasks are created for a window of blocks at a time. At the end of a window the pipeline drains, which costs the time
 * of a block or two. It then returns its blocks to the pool and acquires them anew, as another stream may have ended
 * and left more of them. Windows start small, because the stream may be short.
 */
enum { WINDOW_FIRST = 4, WINDOW_MAX = 128 };

/* A pipeline never has fewer. The pool holds as many for each thread, and admits as many pipelines. */
enum { BLOCKS_MIN = 2 };

/* After a block whose preparation was in vain, this many are not prepared. */
enum { PLAIN_BLOCKS = 32 };

struct block {
    unsigned char *buffer;
    struct piece piece;
    iscc_data_block *data; /* what iscc_data_block_prepare() made of it, unless is_plain */
    bool is_plain;         /* not prepared: hashed in its turn */
    iscc_text_block *text; /* what text_feed_prepare() made of it, if is_text */
    bool is_text;          /* may be part of a text */
    struct block *next_free;
};

struct block_pool {
    int threads;
    int running; /* pipelines */
    int count;
    struct block *blocks;
    unsigned char *buffers; /* of all blocks */
    struct block *free;
    int spare; /* free blocks beyond BLOCKS_MIN for each thread */
};

/* One stream. The members `*_order` exist for their addresses: the tasks of a stage depend on one, and so run in order.
 */
struct pipeline {
    struct reader *reader;
    iscc_data_hasher *data;
    iscc_instance_hasher *instance;
    struct text_feed *text;
    struct block **blocks;
    int count;
    char reader_order;
    char data_order;
    char instance_order;
    char text_order;
    size_t block_count;        /* for which tasks were created */
    bool feeds_text;           /* the stream was text before the window of blocks */
    atomic_bool has_other;     /* the stream is not text, as one of its blocks has shown */
    atomic_size_t plain_until; /* blocks before this one are not prepared */
    int failure;               /* set by the reading stage */
    bool is_finished;          /* set by the reading stage: it has read the last block, or failed */
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
    pool->buffers = large_block_new(large_block_size((size_t)pool->count * BLOCK_SIZE));
    bool has_memory = pool->blocks != NULL && pool->buffers != NULL;
    for (int i = 0; has_memory && i < pool->count; i++) {
        struct block *block = &pool->blocks[i];
        block->buffer = pool->buffers + (size_t)i * BLOCK_SIZE;
        has_memory =
            iscc_data_block_new(&block->data, BLOCK_SIZE) == ISCC_OK && iscc_text_block_new(&block->text) == ISCC_OK;
        block->next_free = pool->free;
        pool->free = block;
    }
    if (!has_memory) {
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
        iscc_data_block_free(pool->blocks[i].data);
        iscc_text_block_free(pool->blocks[i].text);
    }
    free(pool->buffers);
    free(pool->blocks);
    free(pool);
}

bool block_pool_enter(struct block_pool *pool)
{
    bool is_admitted;

#pragma omp critical(iscc_blocks)
    {
        is_admitted = pool->running < pool->threads;
        pool->running += is_admitted;
    }
    return is_admitted;
}

void block_pool_leave(struct block_pool *pool)
{
#pragma omp critical(iscc_blocks)
    pool->running--;
}

/* Acquires BLOCKS_MIN blocks and all that are to spare. */
static int acquire_blocks(struct block_pool *pool, struct block **blocks)
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

static void release_blocks(struct block_pool *pool, struct block **blocks, int count)
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
    if (pipeline->is_finished)
        return;
    pipeline->failure = reader_next(pipeline->reader, block->buffer, BLOCK_SIZE, &block->piece);
    pipeline->is_finished = pipeline->failure != 0 || block->piece.is_last;
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

static void prepare_text(struct pipeline *pipeline, struct block *block)
{
    block->is_text = block->piece.size > 0 && !block->piece.is_hole && !atomic_load(&pipeline->has_other) &&
                     text_feed_prepare(block->text, block->buffer, block->piece.size);
}

static void join_text(struct pipeline *pipeline, const struct block *block)
{
    if (block->piece.size > 0)
        text_feed_join(pipeline->text, block->is_text ? block->text : NULL);
    if (!pipeline->text->is_text)
        atomic_store(&pipeline->has_other, true);
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
    /* The preparation was mostly in vain, and probably will be for the blocks that follow. */
    if (repeated > block->piece.size / 2)
        atomic_store(&pipeline->plain_until, number + PLAIN_BLOCKS);
}

static void create_text_tasks(struct pipeline *pipeline, struct block *block)
{
    /* clang-format off */
#pragma omp task default(none) firstprivate(pipeline, block) \
    depend(in: block->buffer) depend(out: block->text)
    prepare_text(pipeline, block);
#pragma omp task default(none) firstprivate(pipeline, block) \
    depend(in: block->buffer, block->text) depend(inout: pipeline->text_order)
    join_text(pipeline, block);
    /* clang-format on */
}

/* The dependences also keep the buffer from being overwritten before all tasks of the block are done. */
static void create_tasks(struct pipeline *pipeline)
{
    const size_t number = pipeline->block_count++;
    struct block *block = pipeline->blocks[number % (size_t)pipeline->count];

    /* clang-format mistakes the colons of OpenMP for labels. */
    /* clang-format off */
#pragma omp task default(none) firstprivate(pipeline, block) \
    depend(out: block->buffer) depend(inout: pipeline->reader_order)
    read_block(pipeline, block);
#pragma omp task default(none) firstprivate(pipeline, block) \
    depend(in: block->buffer) depend(inout: pipeline->instance_order)
    hash_block(pipeline, block);
#pragma omp task default(none) firstprivate(pipeline, block, number) \
    depend(in: block->buffer) depend(out: block->data)
    prepare_block(pipeline, block, number);
#pragma omp task default(none) firstprivate(pipeline, block, number) \
    depend(in: block->buffer, block->data) depend(inout: pipeline->data_order)
    join_block(pipeline, block, number);
    /* clang-format on */
    if (pipeline->feeds_text)
        create_text_tasks(pipeline, block);
}

int pipeline_run(struct block_pool *pool, struct reader *reader, iscc_sum_hasher *sum, struct text_feed *text)
{
    struct pipeline pipeline = {
        .reader = reader, .data = iscc_sum_hasher_data(sum), .instance = iscc_sum_hasher_instance(sum), .text = text};
    size_t window = WINDOW_FIRST;

    pipeline.blocks = calloc((size_t)BLOCKS_MIN + (size_t)pool->threads, sizeof(struct block *));
    if (pipeline.blocks == NULL)
        return ENOMEM;
    while (!pipeline.is_finished) {
        pipeline.count = acquire_blocks(pool, pipeline.blocks);
        pipeline.feeds_text = text->is_text; /* no task runs here */
        /* Not a taskwait: it would also wait for the workers that the engine started, and so for other files. */
#pragma omp taskgroup
        for (size_t i = 0; i < window; i++)
            create_tasks(&pipeline);
        release_blocks(pool, pipeline.blocks, pipeline.count);
        window = window < WINDOW_MAX ? 2 * window : window;
    }
    free(pipeline.blocks);
    return pipeline.failure;
}
