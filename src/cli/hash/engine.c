/* SPDX-License-Identifier: Apache-2.0 */
/* OpenMP tasks over a ring of jobs. Without OpenMP the pragmas are ignored and one thread does everything in turn. */
#include "hash/engine.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "hash/pipeline.h"
#include "hash/ring.h"
#include "lists/file_record.h"
#include "progress/progress.h"
#include "progress/stats.h"
#include "util/descriptor_limit.h"
#include "util/message.h"
#include "util/threads.h"

/* A thread hands in its results after this many bytes, about a millisecond of work, so that they can be printed. */
#define STEP_BYTES ((uint64_t)1024 * 1024)

/* One thread does this much before others are started: starting them would take longer. */
enum { SINGLE_JOBS = 32 };
#define SINGLE_BYTES STEP_BYTES

struct engine {
    const struct engine_work *work;
    const struct hash_settings *settings;
    struct ring ring;                       /* critical section iscc_engine; a slot: the thread whose step covers it */
    const struct directory *last_directory; /* of the newest job; only the walker uses it */
    struct block_pool *pool;                /* for long files; NULL with one thread */
    struct hasher *hashers;                 /* `threads` of them */
    struct hasher **idle_hashers;           /* critical section iscc_engine, and likewise `idle` */
    int idle;
    int least_idle;
    int threads;
    atomic_bool *is_cancelled; /* flush() has returned false, or work->stop was set: stop reading and printing */
};

/* ---- The steps ---- */

/* Whether the job holds a directory open that the job before it does not. */
static bool opens_directory(struct engine *engine, const struct job *job)
{
    if (job->directory == NULL)
        return job->kind == JOB_TREE;
    const bool is_other = job->directory != engine->last_directory;
    engine->last_directory = job->directory;
    return is_other;
}

static void walk(struct engine *engine, struct step *step)
{
    size_t path_bytes = 0;
    size_t directories = 0;

    for (; step->done < step->end && path_bytes < RING_PATH_BYTES && directories < step->directories; step->done++) {
        struct slot *slot = ring_slot(&engine->ring, step->done);
        if (atomic_load(engine->is_cancelled) || !engine->work->next(engine->work->context, &slot->job)) {
            step->is_final = true;
            return;
        }
        path_bytes += slot->job.path_size;
        slot->is_directory = opens_directory(engine, &slot->job);
        directories += slot->is_directory;
    }
}

static void print(struct engine *engine, struct step *step)
{
    for (; step->done < step->end; step->done++) {
        struct job *job = &ring_slot(&engine->ring, step->done)->job;
        if (!atomic_load(engine->is_cancelled))
            engine->work->print(engine->work->context, job);
        job_trim(job);
    }
    step->is_final = !engine->work->flush(engine->work->context);
    if (step->is_final)
        atomic_store(engine->is_cancelled, true);
}

/* A long job counts its bytes as they are read, and a tree its files. What is not read counts as a list says. */
static void count_job(struct progress_state *done, const struct job *job, bool is_long)
{
    if (job->kind == JOB_EXAMINED)
        return;
    done->files += job->kind != JOB_SKIPPED && job->kind != JOB_TREE;
    if (job->kind == JOB_SKIPPED || is_long)
        return;
    if (job->kind == JOB_KNOWN || job->failure != 0) {
        done->bytes += job->listed != NULL && job->listed->has_filesize ? job->listed->filesize : 0;
        return;
    }
    done->bytes += job->code.filesize;
    done->bytes_read += job->code.filesize;
}

/*
 * Hashes jobs until it is time to hand in results; returns the number of bytes. A long job only starts as the first of
 * a step, so that the results before it can be printed meanwhile. Without `allow_long` it does not start at all: more
 * threads are about to join, and they can share it.
 */
static uint64_t hash(struct engine *engine, struct step *step, struct hasher *hasher, bool allow_long)
{
    struct progress_state done = {0};
    bool is_finished = false;

    for (; step->done < step->end && done.bytes_read < STEP_BYTES && !is_finished; step->done++) {
        struct job *job = &ring_slot(&engine->ring, step->done)->job;
        job_open(job, engine->settings);
        const bool is_long = job_is_long(job);
        if (is_long && (step->done > step->first || !allow_long))
            break;
        job_hash(job, hasher);
        count_job(&done, job, is_long);
        is_finished = is_long;
    }
    progress_add(done.files, done.bytes, done.bytes_read);
    return is_finished ? STEP_BYTES : done.bytes_read;
}

/* ---- One thread ---- */

/* Works until everything is done or, unless `until_done`, until more threads would pay. Returns whether all is done. */
static bool run_single(struct engine *engine, bool until_done)
{
    struct step step = {.role = ROLE_NONE};
    uint64_t bytes = 0;
    size_t jobs = 0;
    bool met_long_file = false;

    for (;;) {
        ring_end(&engine->ring, &step);
        if (!until_done && (met_long_file || jobs >= SINGLE_JOBS || bytes >= SINGLE_BYTES))
            return false;
        step = ring_begin(&engine->ring);
        switch (step.role) {
        case ROLE_NONE:
            return true;
        case ROLE_WALK:
            walk(engine, &step);
            break;
        case ROLE_PRINT:
            print(engine, &step);
            break;
        case ROLE_HASH:
            bytes += hash(engine, &step, engine->hashers, until_done);
            jobs += step.done - step.first;
            met_long_file = step.done == step.first;
            break;
        }
    }
}

/* ---- Several threads ---- */

static void run_worker(struct engine *engine);

static void start_worker(struct engine *engine)
{
#pragma omp task default(none) firstprivate(engine)
    run_worker(engine);
}

/*
 * Does one step after another until the ring has none left. If a step leaves work for another thread, a task is created
 * for it; a thread without work returns, and is free for other tasks.
 *
 * The hasher belongs to this call, not to the thread: while a thread waits for the tasks of a long file, OpenMP may run
 * another call on it, which must not touch that file's hasher. The ring allows at most `threads` calls at a time.
 */
static void run_worker(struct engine *engine)
{
    struct hasher *hasher = NULL;
    struct step step = {.role = ROLE_NONE};

    do {
#pragma omp critical(iscc_engine)
        {
            if (hasher == NULL)
                hasher = engine->idle_hashers[--engine->idle];
            if (engine->idle < engine->least_idle)
                engine->least_idle = engine->idle;
            ring_end(&engine->ring, &step);
            step = ring_begin(&engine->ring);
            if (step.role == ROLE_NONE)
                engine->idle_hashers[engine->idle++] = hasher;
        }
        if (step.wants_helper)
            start_worker(engine);
        if (step.role == ROLE_WALK)
            walk(engine, &step);
        else if (step.role == ROLE_PRINT)
            print(engine, &step);
        else if (step.role == ROLE_HASH)
            hash(engine, &step, hasher, true);
    } while (step.role != ROLE_NONE);
}

static void run_parallel(struct engine *engine)
{
    const int threads = engine->threads;
    engine->ring.threads = threads;
    engine->least_idle = engine->idle;
#pragma omp parallel num_threads(threads) default(none) firstprivate(engine)
#pragma omp single
    run_worker(engine);
    stats_threads(threads - engine->least_idle);
}

/* ---- The run ---- */

/* File descriptors for the program itself, its main walk and the one that counts ahead, and for each thread: one that
 * hashes a tree has a walk of its own. */
enum { DESCRIPTORS_BASE = 40, DESCRIPTORS_PER_THREAD = 12, DIRECTORIES_MAX = 256 };

/* Limits the threads to those that can have their descriptors; directories get what remains. */
static void budget_descriptors(struct engine *engine, size_t *directories)
{
    const size_t allowed = descriptor_limit_raise();
    const size_t available = allowed > DESCRIPTORS_BASE ? allowed - DESCRIPTORS_BASE : 0;
    const size_t threads_max = available / DESCRIPTORS_PER_THREAD > 1 ? available / DESCRIPTORS_PER_THREAD : 1;

    if ((size_t)engine->threads > threads_max)
        engine->threads = (int)threads_max;
    const size_t used = (size_t)engine->threads * DESCRIPTORS_PER_THREAD;
    *directories = available > used ? available - used : 1;
    if (*directories > DIRECTORIES_MAX)
        *directories = DIRECTORIES_MAX;
}

static bool init_hasher(struct engine *engine, int i)
{
    return hasher_init(&engine->hashers[i], engine->settings, engine->is_cancelled);
}

/* Allocates what one thread needs. */
static bool allocate(struct engine *engine)
{
    size_t directories;

    budget_descriptors(engine, &directories);
    const bool has_ring = ring_init(&engine->ring, directories);
    engine->hashers = calloc((size_t)engine->threads, sizeof *engine->hashers);
    engine->idle_hashers = calloc((size_t)engine->threads, sizeof *engine->idle_hashers);
    return has_ring && engine->hashers != NULL && engine->idle_hashers != NULL && init_hasher(engine, 0);
}

/* Allocates what several threads need in addition. */
static bool allocate_parallel(struct engine *engine)
{
    engine->pool = block_pool_new(engine->threads);
    if (engine->pool == NULL)
        return false;
    for (int i = 1; i < engine->threads; i++)
        if (!init_hasher(engine, i))
            return false;
    for (int i = 0; i < engine->threads; i++) {
        engine->hashers[i].pool = engine->pool;
        engine->idle_hashers[engine->idle++] = &engine->hashers[i];
    }
    return true;
}

/* Frees what one thread does not need, as memory is short. */
static void release_parallel(struct engine *engine)
{
    for (int i = 1; i < engine->threads; i++)
        hasher_free(&engine->hashers[i]);
    block_pool_free(engine->pool);
    engine->pool = NULL;
}

static void release(struct engine *engine)
{
    for (int i = 0; engine->hashers != NULL && i < engine->threads; i++)
        hasher_free(&engine->hashers[i]);
    ring_free(&engine->ring);
    block_pool_free(engine->pool);
    free(engine->hashers);
    free(engine->idle_hashers);
}

/* The rest of a run that proved to be longer than a moment. */
static void run_on(struct engine *engine)
{
    const struct progress_work progress = {.count = engine->work->count, .context = engine->work->context};

    progress_begin(&progress);
    if (engine->threads > 1)
        engine->threads = threads_available(engine->threads);
    if (engine->threads > 1 && allocate_parallel(engine)) {
        run_parallel(engine);
    } else {
        release_parallel(engine);
        run_single(engine, true); /* one thread is wanted, too little memory, or no more threads to be had */
    }
    progress_end();
}

bool engine_run(const struct engine_work *engine_work, const struct hash_settings *settings, int threads)
{
#ifndef _OPENMP
    threads = 1;
#endif
    atomic_bool own_stop = false;
    struct engine engine = {.work = engine_work,
                            .settings = settings,
                            .threads = threads,
                            .is_cancelled = engine_work->stop != NULL ? engine_work->stop : &own_stop};
    const bool ready = allocate(&engine);

    if (!ready)
        message_error(NULL, strerror(ENOMEM));
    else if (!run_single(&engine, false))
        run_on(&engine);
    release(&engine);
    return ready;
}
