/* SPDX-License-Identifier: Apache-2.0 */
/* OpenMP tasks over a ring of jobs. Without OpenMP the pragmas mean nothing, and one thread plays all roles in turn. */
#include "hash/engine.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "hash/pipeline.h"
#include "hash/ring.h"
#include "util/message.h"
#include "util/threads.h"

/* Bytes after which a thread reports what it has done, so that it can be printed. About a millisecond. */
#define STEP_BYTES ((uint64_t)1024 * 1024)

/* What one thread does alone before others are started: to start them costs more than that takes. */
enum { ALONE_JOBS = 32 };
#define ALONE_BYTES STEP_BYTES

struct engine {
    const struct engine_work *work;
    const struct hash_settings *settings;
    struct ring ring;                       /* touched within the critical section; its slots by who has the step */
    const struct directory *last_directory; /* of the last job made; the walker's alone */
    struct block_pool *pool;                /* for long files; NULL with one thread */
    struct hasher *hashers;                 /* as many as threads */
    struct hasher **idle_hashers;           /* touched within the critical section */
    int idle;
    int threads;
    atomic_bool is_cancelled; /* results are wanted no more: files that are being read are left */
};

/* ---- The roles ---- */

/* Whether a new job keeps a directory open that the one before does not. */
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

    for (; step->done < step->last && path_bytes < RING_PATH_BYTES && directories < step->directories; step->done++) {
        struct slot *slot = ring_slot(&engine->ring, step->done);
        if (!engine->work->next(engine->work->context, &slot->job)) {
            step->is_end = true;
            return;
        }
        path_bytes += slot->job.path_size;
        slot->is_directory = opens_directory(engine, &slot->job);
        directories += slot->is_directory;
    }
}

static void print(struct engine *engine, struct step *step)
{
    for (; step->done < step->last; step->done++) {
        struct job *job = &ring_slot(&engine->ring, step->done)->job;
        if (!atomic_load(&engine->is_cancelled))
            engine->work->print(engine->work->context, job);
        job_trim(job);
    }
    step->is_end = !engine->work->flush(engine->work->context);
    if (step->is_end)
        atomic_store(&engine->is_cancelled, true);
}

/*
 * Hashes jobs until it is time to report, and returns the bytes. A long one is only begun as the first of a step: what
 * was hashed before it is printed first. Where it could have several threads but there is one as yet, it is not begun
 * at all.
 */
static uint64_t hash(struct engine *engine, struct step *step, struct hasher *hasher, bool may_be_long)
{
    uint64_t bytes = 0;

    for (; step->done < step->last && bytes < STEP_BYTES; step->done++) {
        struct job *job = &ring_slot(&engine->ring, step->done)->job;
        job_open(job, engine->settings);
        const bool is_long = job_is_long(job);
        if (is_long && (step->done > step->first || !may_be_long))
            break;
        job_hash(job, hasher);
        bytes += job->failure == 0 && job->kind != JOB_KNOWN ? job->code.filesize : 0;
        if (is_long)
            bytes = STEP_BYTES;
    }
    return bytes;
}

/* ---- One thread ---- */

/* Works until nothing is left, or until it is worth while to start other threads. Returns whether nothing is left. */
static bool work_alone(struct engine *engine, bool to_the_end)
{
    struct step step = {.role = ROLE_NONE};
    uint64_t bytes = 0;
    size_t jobs = 0;
    bool met_long_file = false;

    for (;;) {
        ring_end(&engine->ring, &step);
        if (!to_the_end && (met_long_file || jobs >= ALONE_JOBS || bytes >= ALONE_BYTES))
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
            bytes += hash(engine, &step, engine->hashers, to_the_end);
            jobs += step.done - step.first;
            met_long_file = step.done == step.first;
            break;
        }
    }
}

/* ---- Several threads ---- */

static void work(struct engine *engine);

/* Asks another thread in. */
static void invite(struct engine *engine)
{
#pragma omp task default(none) firstprivate(engine)
    work(engine);
}

/*
 * One thread's work: step by step until there is none for it. Whoever leaves work for others behind asks another thread
 * in, as a task; a thread that finds nothing to do leaves, and is free for other tasks.
 *
 * The hasher belongs to this call and not to the thread: while a thread waits for the tasks of a long file it may be
 * given another call, which must not touch that file's hasher. There are as many as there are active calls.
 */
static void work(struct engine *engine)
{
    struct hasher *hasher = NULL;
    struct step step = {.role = ROLE_NONE};

    do {
#pragma omp critical(iscc_engine)
        {
            if (hasher == NULL)
                hasher = engine->idle_hashers[--engine->idle];
            ring_end(&engine->ring, &step);
            step = ring_begin(&engine->ring);
            if (step.role == ROLE_NONE)
                engine->idle_hashers[engine->idle++] = hasher;
        }
        if (step.more)
            invite(engine);
        if (step.role == ROLE_WALK)
            walk(engine, &step);
        else if (step.role == ROLE_PRINT)
            print(engine, &step);
        else if (step.role == ROLE_HASH)
            hash(engine, &step, hasher, true);
    } while (step.role != ROLE_NONE);
}

static void work_together(struct engine *engine)
{
    const int threads = engine->threads;
    engine->ring.threads = threads;
#pragma omp parallel num_threads(threads) default(none) firstprivate(engine)
#pragma omp single
    work(engine);
}

/* ---- The run ---- */

/* Descriptors: of the program itself and of the first walk; of a thread with a tree, which has a walk of its own. */
enum { DESCRIPTORS_OF_PROGRAM = 32, DESCRIPTORS_OF_THREAD = 12, DIRECTORIES_MAX = 256 };

/* How many descriptors there may be. What the system allows is taken: the lower limit is for programs that cannot
 * count. */
static size_t descriptors_allowed(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return 1024;
    limit.rlim_cur = limit.rlim_max;
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur > 1000000)
        return 1000000;
    return (size_t)limit.rlim_cur;
}

/* No more threads than can have their descriptors, and for directories what they leave. */
static void share_descriptors(struct engine *engine, size_t *directories)
{
    const size_t allowed = descriptors_allowed();
    const size_t shared = allowed > DESCRIPTORS_OF_PROGRAM ? allowed - DESCRIPTORS_OF_PROGRAM : 0;
    const size_t most = shared / DESCRIPTORS_OF_THREAD > 1 ? shared / DESCRIPTORS_OF_THREAD : 1;

    if ((size_t)engine->threads > most)
        engine->threads = (int)most;
    const size_t taken = (size_t)engine->threads * DESCRIPTORS_OF_THREAD;
    *directories = shared > taken ? shared - taken : 1;
    if (*directories > DIRECTORIES_MAX)
        *directories = DIRECTORIES_MAX;
}

static bool make_hasher(struct engine *engine, int i)
{
    return hasher_init(&engine->hashers[i], engine->settings, &engine->is_cancelled);
}

/* What one thread needs. */
static bool allocate(struct engine *engine)
{
    size_t directories;

    share_descriptors(engine, &directories);
    const bool has_ring = ring_init(&engine->ring, directories);
    engine->hashers = calloc((size_t)engine->threads, sizeof *engine->hashers);
    engine->idle_hashers = calloc((size_t)engine->threads, sizeof *engine->idle_hashers);
    return has_ring && engine->hashers != NULL && engine->idle_hashers != NULL && make_hasher(engine, 0);
}

/* What several threads need besides. */
static bool allocate_more(struct engine *engine)
{
    engine->pool = block_pool_new(engine->threads);
    if (engine->pool == NULL)
        return false;
    for (int i = 1; i < engine->threads; i++)
        if (!make_hasher(engine, i))
            return false;
    for (int i = 0; i < engine->threads; i++) {
        engine->hashers[i].pool = engine->pool;
        engine->idle_hashers[engine->idle++] = &engine->hashers[i];
    }
    return true;
}

/* Gives back what one thread alone has no use for: others of the program may be short of it too. */
static void release_more(struct engine *engine)
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

bool engine_run(const struct engine_work *engine_work, const struct hash_settings *settings, int threads)
{
#ifndef _OPENMP
    threads = 1;
#endif
    struct engine engine = {.work = engine_work, .settings = settings, .threads = threads};
    const bool ready = allocate(&engine);

    if (!ready) {
        message_error(NULL, strerror(ENOMEM));
    } else if (!work_alone(&engine, engine.threads == 1)) {
        engine.threads = threads_available(engine.threads);
        if (engine.threads > 1 && allocate_more(&engine)) {
            work_together(&engine);
        } else {
            release_more(&engine);
            work_alone(&engine, true); /* where memory or threads are short, one does it all */
        }
    }
    release(&engine);
    return ready;
}
