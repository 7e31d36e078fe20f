/* SPDX-License-Identifier: Apache-2.0 */
/* OpenMP tasks over a ring of jobs. Without OpenMP the pragmas mean nothing, and one thread plays all roles in turn. */
#include "engine.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#ifdef _OPENMP
#include <omp.h>
#endif

#include "message.h"
#include "pipeline.h"

enum {
    RING_SIZE = 1024, /* jobs in flight; a power of two */
    WALK_STEP = 64,   /* jobs made at once: the lock is taken once for all of them */
    HASH_STEP = 16    /* jobs hashed at once, at most */
};

/* Paths in the ring: deep trees have paths of megabytes. */
#define PATH_BYTES ((size_t)4 * 1024 * 1024)

/* Bytes after which a thread reports what it has done, so that it can be printed. About a millisecond. */
#define STEP_BYTES ((uint64_t)1024 * 1024)

enum job_state { STATE_FREE, STATE_READY, STATE_TAKEN, STATE_DONE };

enum role { ROLE_NONE, ROLE_WALK, ROLE_HASH, ROLE_PRINT };

/* What a thread does next: jobs first..last-1, counted from the start of the run. */
struct step {
    enum role role;
    size_t first;
    size_t last;
    size_t directories; /* ROLE_WALK: so many may be opened */
    bool more;          /* there is work for another thread too */
    bool failed;        /* ROLE_PRINT: the output is lost */
};

struct slot {
    struct job job;
    enum job_state state;
    size_t path_size;  /* as accounted; a tree may change its job's path */
    bool is_directory; /* accounted as an open directory */
};

/* All but the slots of a step that is being done is only touched within the critical section. */
struct engine {
    const struct engine_work *work;
    const struct hash_settings *settings;
    struct slot *slots;
    struct hasher *hashers; /* as many as threads */
    struct hasher **idle_hashers;
    int idle;
    struct block_pool *pool; /* for long files; NULL with one thread */
    int threads;
    int active; /* calls of work() that run or were asked for: at most `threads` */

    /* Jobs are counted from 0 up; a job's slot is its number modulo RING_SIZE. head <= ready <= tail. */
    size_t head;  /* the next one to print */
    size_t ready; /* no job before this one is ready to be hashed */
    size_t tail;  /* the next one to make */

    size_t path_bytes;  /* of all jobs in the ring */
    size_t directories; /* different directories that jobs in the ring keep open, at most */
    size_t directories_max;
    const struct directory *last_directory; /* of the last job made; the walker's alone */
    bool is_walking;
    bool is_printing;
    bool is_reading_stdin;
    bool is_exhausted; /* there are no more jobs, or no more are wanted */
};

int engine_processors(void)
{
#ifdef _OPENMP
    return omp_get_num_procs();
#else
    return 1;
#endif
}

static struct slot *slot_of(const struct engine *engine, size_t number)
{
    return &engine->slots[number % RING_SIZE];
}

/* ---- Choosing and ending steps; within the critical section ---- */

static bool may_walk(const struct engine *engine)
{
    return !engine->is_walking && !engine->is_exhausted && RING_SIZE - (engine->tail - engine->head) >= WALK_STEP &&
           engine->path_bytes < PATH_BYTES && engine->directories < engine->directories_max;
}

static bool may_print(const struct engine *engine)
{
    return !engine->is_printing && engine->head < engine->tail && slot_of(engine, engine->head)->state == STATE_DONE;
}

/* Standard input is one stream: where it is named again, that job gets what the one before has left. */
static bool must_wait(const struct engine *engine, const struct slot *slot)
{
    return engine->is_reading_stdin && slot->job.kind == JOB_STDIN;
}

static bool may_hash(struct engine *engine)
{
    while (engine->ready < engine->tail && slot_of(engine, engine->ready)->state != STATE_READY)
        engine->ready++;
    return engine->ready < engine->tail && !must_wait(engine, slot_of(engine, engine->ready));
}

static void take(struct engine *engine, struct slot *slot)
{
    slot->state = STATE_TAKEN;
    engine->is_reading_stdin = engine->is_reading_stdin || slot->job.kind == JOB_STDIN;
}

static struct step begin_walk(struct engine *engine)
{
    engine->is_walking = true;
    return (struct step){.role = ROLE_WALK,
                         .first = engine->tail,
                         .last = engine->tail + WALK_STEP,
                         .directories = engine->directories_max - engine->directories};
}

static struct step begin_print(struct engine *engine)
{
    struct step step = {.role = ROLE_PRINT, .first = engine->head, .last = engine->head};
    engine->is_printing = true;
    while (step.last < engine->tail && slot_of(engine, step.last)->state == STATE_DONE)
        step.last++;
    return step;
}

/* A share of what waits: small when little is left, so that all threads end together. */
static struct step begin_hash(struct engine *engine)
{
    const size_t share = (engine->tail - engine->ready) / (2 * (size_t)engine->threads) + 1;
    const size_t count = share < HASH_STEP ? share : HASH_STEP;
    struct step step = {.role = ROLE_HASH, .first = engine->ready, .last = engine->ready};

    while (step.last < engine->tail && step.last - step.first < count &&
           slot_of(engine, step.last)->state == STATE_READY && !must_wait(engine, slot_of(engine, step.last)))
        take(engine, slot_of(engine, step.last++));
    engine->ready = step.last;
    return step;
}

/* Results leave first, and the walker goes before the hashers run out of jobs. */
static struct step choose(struct engine *engine)
{
    struct step step = {.role = ROLE_NONE};
    const size_t low = (size_t)engine->threads * HASH_STEP;

    if (may_print(engine))
        step = begin_print(engine);
    else if (may_walk(engine) && (!may_hash(engine) || engine->tail - engine->ready < low))
        step = begin_walk(engine);
    else if (may_hash(engine))
        step = begin_hash(engine);

    if (step.role == ROLE_NONE) {
        engine->active--;
    } else if (engine->active < engine->threads && (may_hash(engine) || may_walk(engine) || may_print(engine))) {
        engine->active++;
        step.more = true;
    }
    return step;
}

/* New jobs are accounted and offered; those that have failed already need no hashing. */
static void end_walk(struct engine *engine, const struct step *step)
{
    engine->is_walking = false;
    engine->is_exhausted = engine->is_exhausted || step->failed;
    for (size_t i = step->first; i < step->last; i++) {
        struct slot *slot = slot_of(engine, i);
        const struct job *job = &slot->job;
        slot->state = job->failure == 0 ? STATE_READY : STATE_DONE;
        slot->path_size = job->path_size;
        engine->path_bytes += slot->path_size;
        engine->directories += slot->is_directory;
    }
    engine->tail = step->last;
}

static void end_print(struct engine *engine, const struct step *step)
{
    engine->is_printing = false;
    engine->is_exhausted = engine->is_exhausted || step->failed;
    for (size_t i = step->first; i < step->last; i++) {
        struct slot *slot = slot_of(engine, i);
        slot->state = STATE_FREE;
        engine->path_bytes -= slot->path_size;
        engine->directories -= slot->is_directory;
    }
    engine->head = step->last;
}

/* Jobs up to `done` have their result; the others of the step are offered again. */
static void end_hash(struct engine *engine, const struct step *step, size_t done)
{
    for (size_t i = step->first; i < step->last; i++) {
        struct slot *slot = slot_of(engine, i);
        slot->state = i < done ? STATE_DONE : STATE_READY;
        if (slot->job.kind == JOB_STDIN)
            engine->is_reading_stdin = false;
    }
    if (done < step->last && done < engine->ready)
        engine->ready = done;
}

/* ---- The roles; outside of the critical section, each on slots that no other thread touches ---- */

/* Whether a new job keeps a directory open that the one before does not. */
static bool opens_directory(struct engine *engine, const struct job *job)
{
    if (job->directory == NULL)
        return job->kind == JOB_TREE;
    const bool is_other = job->directory != engine->last_directory;
    engine->last_directory = job->directory;
    return is_other;
}

/* Makes up to a step's number of jobs, and leaves in the step how many there were. */
static void walk(struct engine *engine, struct step *step)
{
    const size_t limit = step->last;
    size_t path_bytes = 0;
    size_t directories = 0;

    for (step->last = step->first; step->last < limit && path_bytes < PATH_BYTES && directories < step->directories;
         step->last++) {
        struct slot *slot = slot_of(engine, step->last);
        if (!engine->work->next(engine->work->context, &slot->job)) {
            step->failed = true;
            return;
        }
        path_bytes += slot->job.path_size;
        slot->is_directory = opens_directory(engine, &slot->job);
        directories += slot->is_directory;
    }
}

static void print(struct engine *engine, struct step *step)
{
    for (size_t i = step->first; i < step->last; i++)
        engine->work->print(engine->work->context, &slot_of(engine, i)->job);
    step->failed = !engine->work->flush(engine->work->context);
}

/*
 * Hashes the jobs of a step, and returns the first that is left over. A long one is only begun as the first of a step:
 * what was hashed before it is printed first.
 */
static size_t hash(struct engine *engine, const struct step *step, struct hasher *hasher)
{
    uint64_t bytes = 0;
    size_t i;

    for (i = step->first; i < step->last && bytes < STEP_BYTES; i++) {
        struct job *job = &slot_of(engine, i)->job;
        job_open(job, engine->settings);
        if (job_is_long(job)) {
            if (i > step->first)
                break;
            bytes = STEP_BYTES;
        }
        job_hash(job, hasher);
        bytes += job->failure == 0 ? job->code.filesize : 0;
    }
    return i;
}

/* ---- Threads ---- */

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
    size_t done = 0;

    do {
#pragma omp critical(iscc_engine)
        {
            if (hasher == NULL)
                hasher = engine->idle_hashers[--engine->idle];
            if (step.role == ROLE_WALK)
                end_walk(engine, &step);
            else if (step.role == ROLE_PRINT)
                end_print(engine, &step);
            else if (step.role == ROLE_HASH)
                end_hash(engine, &step, done);
            step = choose(engine);
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
            done = hash(engine, &step, hasher);
    } while (step.role != ROLE_NONE);
}

/* Half of the descriptors are left to the walk, the files and the rest of the program. */
static size_t directories_allowed(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur > 512)
        return 256;
    return limit.rlim_cur < 4 ? 1 : (size_t)limit.rlim_cur / 2;
}

static bool allocate(struct engine *engine)
{
    engine->slots = calloc(RING_SIZE, sizeof *engine->slots);
    engine->hashers = calloc((size_t)engine->threads, sizeof *engine->hashers);
    engine->idle_hashers = calloc((size_t)engine->threads, sizeof *engine->idle_hashers);
    if (engine->threads > 1)
        engine->pool = block_pool_new(engine->threads);
    if (engine->slots == NULL || engine->hashers == NULL || engine->idle_hashers == NULL ||
        (engine->threads > 1 && engine->pool == NULL))
        return false;
    for (int i = 0; i < engine->threads; i++) {
        if (!hasher_init(&engine->hashers[i], engine->settings, engine->pool))
            return false;
        engine->idle_hashers[engine->idle++] = &engine->hashers[i];
    }
    return true;
}

static void release(struct engine *engine)
{
    for (size_t i = 0; engine->slots != NULL && i < RING_SIZE; i++)
        job_free(&engine->slots[i].job);
    for (int i = 0; engine->hashers != NULL && i < engine->threads; i++)
        hasher_free(&engine->hashers[i]);
    block_pool_free(engine->pool);
    free(engine->slots);
    free(engine->hashers);
    free(engine->idle_hashers);
}

bool engine_run(const struct engine_work *engine_work, const struct hash_settings *settings, int threads)
{
#ifndef _OPENMP
    threads = 1;
#endif
    struct engine engine = {.work = engine_work,
                            .settings = settings,
                            .threads = threads,
                            .active = 1,
                            .directories_max = directories_allowed()};
    const bool ready = allocate(&engine);

    if (ready) {
        struct engine *shared = &engine;
#pragma omp parallel num_threads(threads) default(none) firstprivate(shared)
#pragma omp single
        work(shared);
    } else {
        message_error(NULL, strerror(ENOMEM));
    }
    release(&engine);
    return ready;
}
