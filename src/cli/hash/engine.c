/* SPDX-License-Identifier: Apache-2.0 */
/*
 * OpenMP tasks over a ring of jobs. Without OpenMP the pragmas are ignored and one thread does everything in turn.
 *
 * There are as many threads as processors, and more while storage makes them wait, unless the user chose a number. Then
 * the threads beyond the processors read small files; long ones are shared by as many as there are processors.
 */
#include "hash/engine.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "hash/descriptors.h"
#include "hash/elsewhere.h"
#include "hash/pipeline.h"
#include "hash/ring.h"
#include "lists/file_record.h"
#include "progress/progress.h"
#include "progress/stats.h"
#include "util/message.h"
#include "util/threads.h"

/* A thread hands in its results after this many bytes, a millisecond or two of work, so that they can be printed. */
#define STEP_BYTES ((uint64_t)2 * 1024 * 1024)

/* And after this time, if storage is slow. */
#define STEP_NANOSECONDS 10000000

/* One thread does this much before others are started: starting them would take longer. */
enum { SINGLE_JOBS = 32 };
#define SINGLE_BYTES STEP_BYTES

/* After so many jobs it is decided again whether more threads pay: the first files are often in the cache. */
enum { DECISION_JOBS = 256 };

struct engine {
    const struct engine_work *work;
    const struct hash_settings *settings;
    struct ring ring;                       /* critical section iscc_engine; a slot: the thread whose step covers it */
    const struct directory *last_directory; /* of the newest job; only the walker uses it */
    struct block_pool *pool;                /* for long files; NULL with one thread */
    struct hasher *hashers;                 /* `readers_max` of them, the first `hasher_count` ready for use */
    struct hasher **idle_hashers;           /* critical section iscc_engine, and likewise all up to `waits` */
    int idle;
    int hasher_count;
    int most_active;
    atomic_bool is_regrouping; /* all threads leave, to come back as more; so none may begin a long job */
    atomic_int long_jobs;      /* being hashed */
    size_t jobs;               /* hashed since the last decision */
    size_t waits;
    int threads; /* the processors, or what the user chose */
    int readers_max;
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
    const struct engine_work *work = engine->work;
    size_t path_bytes = 0;
    size_t directories = 0;

    for (; step->done < step->end && path_bytes < RING_PATH_BYTES && directories < step->directories; step->done++) {
        struct slot *slot = ring_slot(&engine->ring, step->done);
        if (work->has_next != NULL && !work->has_next(work->context, step->may_wait && step->done == step->first))
            return;
        if (atomic_load(engine->is_cancelled) || !work->next(work->context, &slot->job)) {
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

/* Returns false if the threads are to leave, which would have to wait for the job. */
static bool begin_long(struct engine *engine)
{
    atomic_fetch_add(&engine->long_jobs, 1);
    if (!atomic_load(&engine->is_regrouping))
        return true;
    atomic_fetch_sub(&engine->long_jobs, 1);
    return false;
}

/* Whether the jobs of a step have taken so long that their results should be handed in. A job that was not opened in it
 * has an earlier time or none. The clock ticks every few milliseconds. */
static bool is_late(const struct timespec *start, const struct job *job)
{
    const int64_t seconds = job->opened.tv_sec - start->tv_sec;
    return seconds * 1000000000 + job->opened.tv_nsec - start->tv_nsec > STEP_NANOSECONDS;
}

/*
 * Hashes jobs until it is time to hand in results; returns the number of bytes. A long job only starts as the first of
 * a step, so that the results before it can be printed meanwhile. Without `allow_long` it does not start at all: more
 * threads are about to join, and they can share it.
 */
static uint64_t hash(struct engine *engine, struct step *step, struct hasher *hasher, bool allow_long)
{
    struct progress_state done = {0};
    const struct timespec start = file_times_clock();
    const size_t waits = threads_waits();
    bool was_long = false;
    bool was_late = false;

    for (; step->done < step->end && done.bytes_read < STEP_BYTES && !was_long && !was_late; step->done++) {
        struct job *job = &ring_slot(&engine->ring, step->done)->job;
        job_open(job, engine->settings);
        const bool is_long = job_is_long(job);
        if (is_long && (step->done > step->first || !allow_long || !begin_long(engine)))
            break;
        job_hash(job, hasher);
        if (is_long)
            atomic_fetch_sub(&engine->long_jobs, 1);
        job_count(job, is_long, &done);
        was_long = is_long;
        was_late = is_late(&start, job);
    }
    hasher_finish(hasher);
    step->waits = was_long ? 0 : threads_waits() - waits;
    progress_add(done.files, done.bytes, done.bytes_read);
    return was_long ? STEP_BYTES : done.bytes_read;
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
            engine->jobs += step.done - step.first;
            engine->waits += step.waits;
            met_long_file = step.done == step.first;
            break;
        }
    }
}

/* ---- Several threads ---- */

/* As many threads as processors, unless every second file or more makes its thread wait. */
static int choose_readers(struct engine *engine)
{
    const bool storage_is_slow = engine->jobs > 0 && 2 * engine->waits >= engine->jobs;

    engine->jobs = 0;
    engine->waits = 0;
    return storage_is_slow ? engine->readers_max : engine->threads;
}

/* Threads that OpenMP has started but the ring does not allow sleep; to get more, its parallel region must end. */
static void watch_waits(struct engine *engine, const struct step *step)
{
    if (step->role != ROLE_HASH)
        return;
    engine->jobs += step->done - step->first;
    engine->waits += step->waits;
    if (engine->jobs < DECISION_JOBS)
        return;
    const int readers = choose_readers(engine);
    const bool grows = readers > engine->hasher_count && engine->hasher_count < engine->readers_max;
    atomic_store(&engine->is_regrouping, grows);
    if (atomic_load(&engine->long_jobs) > 0) /* the others would wait for it */
        atomic_store(&engine->is_regrouping, false);
    engine->ring.threads = readers < engine->hasher_count ? readers : engine->hasher_count;
}

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
            if (engine->hasher_count - engine->idle > engine->most_active)
                engine->most_active = engine->hasher_count - engine->idle;
            ring_end(&engine->ring, &step);
            watch_waits(engine, &step);
            step = engine->is_regrouping ? ring_leave(&engine->ring) : ring_begin(&engine->ring);
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

static void run_group(struct engine *engine)
{
    const int threads = engine->hasher_count;
    engine->is_regrouping = false;
    engine->ring.threads = threads;
    engine->ring.active = 1;
#pragma omp parallel num_threads(threads) default(none) firstprivate(engine)
#pragma omp single
    run_worker(engine);
}

/* ---- Resources ---- */

/* Returns false, and holds no memory for it, if the next hasher cannot be had. */
static bool add_hasher(struct engine *engine)
{
    struct hasher *hasher = &engine->hashers[engine->hasher_count];

    if (!hasher_init(hasher, engine->settings, engine->is_cancelled)) {
        hasher_free(hasher);
        return false;
    }
    hasher->pool = engine->pool;
    engine->hasher_count++;
    return true;
}

/* Allocates what one thread needs. */
static bool allocate(struct engine *engine)
{
    size_t directories;

    engine->readers_max = descriptors_divide(engine->readers_max, &directories);
    if (engine->threads > engine->readers_max)
        engine->threads = engine->readers_max;
    const bool has_ring = ring_init(&engine->ring, directories);
    engine->hashers = calloc((size_t)engine->readers_max, sizeof *engine->hashers);
    engine->idle_hashers = calloc((size_t)engine->readers_max, sizeof *engine->idle_hashers);
    return has_ring && engine->hashers != NULL && engine->idle_hashers != NULL && add_hasher(engine);
}

/* Adds hashers for this many threads, or for as many as the system and the memory allow. */
static void add_hashers(struct engine *engine, int threads)
{
    const int allowed = threads_available(threads);

    while (engine->hasher_count < allowed && add_hasher(engine))
        engine->idle_hashers[engine->idle++] = &engine->hashers[engine->hasher_count - 1];
}

/* Allocates what several threads need in addition. Returns false if there can be only one. */
static bool allocate_parallel(struct engine *engine, int threads)
{
    const int allowed = threads_available(threads);

    if (engine->threads > allowed)
        engine->threads = allowed;
    if (allowed > 1)
        engine->pool = block_pool_new(engine->threads);
    if (engine->pool == NULL)
        return false;
    engine->hashers->pool = engine->pool;
    engine->idle_hashers[engine->idle++] = engine->hashers;
    add_hashers(engine, allowed);
    return engine->hasher_count > 1;
}

/* Frees what one thread does not need, as memory is short. */
static void release_parallel(struct engine *engine)
{
    for (; engine->hasher_count > 1; engine->hasher_count--)
        hasher_free(&engine->hashers[engine->hasher_count - 1]);
    block_pool_free(engine->pool);
    engine->pool = NULL;
    engine->hashers->pool = NULL;
}

static void release(struct engine *engine)
{
    for (int i = 0; i < engine->hasher_count; i++)
        hasher_free(&engine->hashers[i]);
    ring_free(&engine->ring);
    block_pool_free(engine->pool);
    free(engine->hashers);
    free(engine->idle_hashers);
}

/* ---- The run ---- */

static void run_parallel(struct engine *engine)
{
    run_group(engine);
    while (engine->is_regrouping) {
        add_hashers(engine, engine->readers_max);
        engine->readers_max = engine->hasher_count;
        run_group(engine);
    }
    stats_threads(engine->most_active);
}

/* The rest of a run that proved to be longer than a moment. */
static void run_on(struct engine *engine)
{
    const struct progress_work progress = {.count = engine->work->count, .context = engine->work->context};
    const int threads = choose_readers(engine);

    progress_begin(&progress);
    if (threads > 1 && allocate_parallel(engine, threads)) {
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
    const struct engine_elsewhere *elsewhere = engine_elsewhere();
    if (elsewhere != NULL && elsewhere->accepts(elsewhere->context, settings))
        return elsewhere->run(elsewhere->context, engine_work, settings, threads);
    atomic_bool own_stop = false;
    struct engine engine = {.work = engine_work,
                            .settings = settings,
                            .threads = threads,
                            .readers_max = threads_readers_max(threads),
                            .is_cancelled = engine_work->stop != NULL ? engine_work->stop : &own_stop};
    const bool ready = allocate(&engine);

    if (!ready)
        message_error(NULL, strerror(ENOMEM));
    else if (!run_single(&engine, false))
        run_on(&engine);
    release(&engine);
    return ready;
}
