/* SPDX-License-Identifier: Apache-2.0 */
/* One loop on one thread: print, walk, offer, receive, and hash what only rank 0 can. */
#include "cluster/coordinator.h"

#include <errno.h>
#include <inttypes.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>

#include "archive/archive_settings.h"
#include "cluster/answer.h"
#include "cluster/channel.h"
#include "cluster/offer.h"
#include "cluster/window.h"
#include "hash/engine.h"
#include "progress/progress.h"
#include "util/message.h"
#include "util/threads.h"

/* Jobs in flight: enough that a file that takes long does not keep others from being hashed behind it. */
enum { WINDOW_JOBS_MIN = 4096, WINDOW_JOBS_MAX = 65536, WINDOW_JOBS_PER_WORKER = 1024 };

/* What is done between two looks at the socket. */
enum { WALK_JOBS = 64, STEP_NANOSECONDS = 1000000, WAIT_MILLISECONDS = 50 };

/* While more files may come, a worker that has a batch waits for this many. */
enum { BATCH_JOBS_MIN = 16 };

struct run {
    struct crew *crew;
    const struct engine_work *work;
    const struct hash_settings *settings;
    struct window window;
    struct offering offering;
    struct hasher hasher;
    atomic_bool *is_cancelled;
    size_t round; /* of offers */
    bool is_exhausted;
    bool is_broken; /* after a message */
};

/* ---- Walking and printing ---- */

static int64_t since(const struct timespec *start)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return ((int64_t)time.tv_sec - start->tv_sec) * 1000000000 + time.tv_nsec - start->tv_nsec;
}

/* Jobs that rank 0 must hash may hold a directory open each, so these come first. */
static bool may_walk(const struct run *run)
{
    return !run->is_exhausted && run->window.count[WINDOW_LOCAL] == 0 && window_has_room(&run->window);
}

static void walk(struct run *run)
{
    struct timespec start;

    clock_gettime(CLOCK_MONOTONIC, &start);
    for (size_t i = 0; i < WALK_JOBS && may_walk(run) && since(&start) < STEP_NANOSECONDS; i++) {
        struct job *job = window_job(&run->window, run->window.tail);
        if (!run->work->next(run->work->context, job)) {
            run->is_exhausted = true;
            return;
        }
        window_add(&run->window, job->failure != 0                        ? WINDOW_DONE
                                 : offering_prepares(&run->offering, job) ? WINDOW_READY
                                                                          : WINDOW_LOCAL);
    }
}

static void print(struct run *run)
{
    const size_t head = run->window.head;

    while (window_is_head_done(&run->window)) {
        run->work->print(run->work->context, window_job(&run->window, run->window.head));
        window_remove(&run->window);
    }
    if (run->window.head != head && !run->work->flush(run->work->context))
        atomic_store(run->is_cancelled, true);
}

static void count(const struct job *job, bool is_long)
{
    struct progress_state done = {0};

    job_count(job, is_long, &done);
    progress_add(done.files, done.bytes, done.bytes_read);
}

static void hash_job(struct run *run, size_t number)
{
    struct job *job = window_job(&run->window, number);

    job_open(job, run->settings);
    const bool is_long = job_is_long(job);
    job_hash(job, &run->hasher);
    hasher_finish(&run->hasher);
    count(job, is_long);
    window_set(&run->window, number, WINDOW_DONE);
}

/* Hashes for a moment what cannot be offered, or has no worker left. Returns whether there was anything. */
static bool hash_here(struct run *run)
{
    struct timespec start;
    bool has_hashed = false;
    size_t number;

    clock_gettime(CLOCK_MONOTONIC, &start);
    while (since(&start) < STEP_NANOSECONDS &&
           (window_find(&run->window, WINDOW_LOCAL, &number) ||
            (run->crew->present == 0 && window_find(&run->window, WINDOW_READY, &number)))) {
        hash_job(run, number);
        has_hashed = true;
    }
    return has_hashed;
}

/* ---- Offering ---- */

/* So many jobs that all workers finish at about the same time; 0 to wait for more. */
static size_t share_of(const struct run *run, const struct worker_state *worker)
{
    const size_t ready = run->window.count[WINDOW_READY];
    size_t share = ready / (2 * run->crew->present) + 1;

    if (ready == 0 || (!run->is_exhausted && ready < BATCH_JOBS_MIN && worker->outstanding > 0))
        return 0;
    if (!run->is_exhausted && share < BATCH_JOBS_MIN)
        share = BATCH_JOBS_MIN;
    return share < worker->share ? share : worker->share;
}

static void lose(struct run *run, struct worker_state *worker)
{
    worker->is_lost = true;
    run->crew->present--;
    for (size_t i = 0; i < worker->outstanding; i++)
        for (size_t j = 0; j < worker->offered[i].count && !worker->offered[i].is_void; j++)
            window_set(&run->window, worker->offered[i].jobs[j].number, WINDOW_READY);
    worker->outstanding = 0;
}

/* The MPI process has ended, and this one is about to. */
static void lose_all(struct run *run)
{
    struct worker_state *worker;

    for (uint32_t rank = 1; rank <= run->crew->count; rank++)
        if ((worker = crew_worker(run->crew, rank)) != NULL)
            lose(run, worker);
}

static void offer_batch(struct run *run, uint32_t rank, struct worker_state *worker)
{
    struct offered *offered = &worker->offered[worker->outstanding];
    enum offering_result result = OFFERING_ADDED;
    const size_t share = share_of(run, worker);
    size_t number;

    offered->number = run->crew->next_number;
    offered->count = 0;
    offered->is_void = false;
    offering_begin(&run->offering, run->crew->packet, offered->number);
    while (offered->count < share && result != OFFERING_FULL && window_find(&run->window, WINDOW_READY, &number)) {
        struct offered_job *job = &offered->jobs[offered->count];
        job->number = number;
        result = offering_add(&run->offering, run->crew->packet, window_job(&run->window, number), &job->device);
        if (result == OFFERING_ADDED)
            window_set(&run->window, number, WINDOW_OFFERED);
        else if (result == OFFERING_IMPOSSIBLE)
            window_set(&run->window, number, WINDOW_LOCAL);
        offered->count += result == OFFERING_ADDED;
    }
    if (offered->count == 0)
        return;
    run->crew->next_number++;
    worker->outstanding++;
    if (!crew_send(run->crew, rank))
        lose_all(run);
}

/* Whoever has nothing to do comes first; among these another one each time, so that none can give back what no other
 * is ever offered. */
static void offer(struct run *run)
{
    const size_t count = run->crew->count;

    run->round++;
    for (size_t outstanding = 0; outstanding < CREW_BATCHES; outstanding++)
        for (size_t i = 0; i < count && run->window.count[WINDOW_READY] > 0; i++) {
            const uint32_t rank = (uint32_t)((run->round + i) % count) + 1;
            struct worker_state *worker = crew_worker(run->crew, rank);
            if (worker != NULL && worker->outstanding == outstanding)
                offer_batch(run, rank, worker);
        }
}

/* ---- Answers ---- */

/* If the root has gone for all, rank 0 says so for each file. */
static void reject_root(struct run *run, uint32_t rank, size_t number)
{
    char root[BATCH_PATH_MAX + 1];

    if (!run->is_broken && offering_sees_root(&run->offering, window_job(&run->window, number), root)) {
        message_finding(STATUS_TROUBLE, root, "rank %" PRIu32 " sees another directory there, or none", rank);
        run->is_broken = true;
    }
    window_set(&run->window, number, WINDOW_LOCAL);
}

/* Returns false if the worker sends what it may not. */
static bool accept_result(struct run *run, uint32_t rank, const struct offered_job *offered, size_t *given_back)
{
    struct batch_result result;
    struct job *job = window_job(&run->window, offered->number);

    if (!batch_next_result(run->crew->packet, &result))
        return false;
    switch (answer_accept(job, &result, offered->device, run->settings)) {
    case ANSWER_DONE:
        count(job, false);
        window_set(&run->window, offered->number, WINDOW_DONE);
        break;
    case ANSWER_AGAIN:
        ++*given_back;
        window_set(&run->window, offered->number, WINDOW_READY);
        break;
    case ANSWER_LOCAL:
        window_set(&run->window, offered->number, WINDOW_LOCAL);
        break;
    case ANSWER_OTHER_ROOT:
        reject_root(run, rank, offered->number);
        break;
    }
    return true;
}

static bool accept_results(struct run *run, uint32_t rank, struct worker_state *worker)
{
    uint32_t number;
    size_t given_back = 0;
    size_t done = 0;

    if (!batch_open_result(run->crew->packet, &number))
        return false;
    struct offered *offered = crew_find(worker, number);
    if (offered == NULL)
        return false;
    while (!offered->is_void && done < offered->count)
        if (!accept_result(run, rank, &offered->jobs[done], &given_back))
            break;
        else
            done++;
    if (offered->is_void || done == offered->count) {
        worker->share = given_back > 0 ? 2 * (done - given_back) : 2 * worker->share;
        if (worker->share > BATCH_JOBS_MAX || worker->share == 0)
            worker->share = worker->share == 0 ? 1 : BATCH_JOBS_MAX;
        crew_finish(worker, offered);
        return true;
    }
    /* What was accepted stays so; lose() offers the rest again. */
    memmove(offered->jobs, offered->jobs + done, (offered->count - done) * sizeof *offered->jobs);
    offered->count -= done;
    return false;
}

/* Handles what has come, after waiting for it up to so many milliseconds. */
static void receive(struct run *run, int milliseconds)
{
    struct packet *packet = run->crew->packet;
    enum channel_event event;

    while ((event = channel_receive(run->crew->socket, milliseconds, packet)) == CHANNEL_PACKET) {
        const unsigned kind = packet_open(packet);
        const uint32_t rank = packet_rank(packet);
        struct worker_state *worker = crew_worker(run->crew, rank);
        if (worker != NULL && (kind != PACKET_RESULT || !accept_results(run, rank, worker)))
            lose(run, worker);
        milliseconds = 0;
    }
    if (event == CHANNEL_CLOSED)
        lose_all(run);
}

/* ---- The run ---- */

static bool accepts(void *context, const struct hash_settings *settings)
{
    const struct crew *crew = context;
    return crew->present > 0 && settings->examine == NULL &&
           (settings->archives == NULL || !settings->archives->wanted);
}

static void announce(struct run *run, int threads)
{
    const struct hash_settings *settings = run->settings;
    const struct batch_settings sent = {.flags = settings->flags,
                                        .text = settings->text,
                                        .records_times = settings->records_times,
                                        .trusts_times = settings->trusts_times,
                                        .threads = threads_are_chosen() ? (uint32_t)threads : 0};

    batch_put_settings(run->crew->packet, &sent);
    if (!crew_send_all(run->crew))
        lose_all(run);
}

static bool is_over(const struct run *run)
{
    return run->is_broken || atomic_load(run->is_cancelled) ||
           (run->is_exhausted && run->window.head == run->window.tail);
}

static void work(struct run *run)
{
    while (!is_over(run)) {
        walk(run);
        offer(run);
        const bool has_hashed = hash_here(run);
        receive(run, has_hashed || may_walk(run) || window_is_head_done(&run->window) ? 0 : WAIT_MILLISECONDS);
        if (!atomic_load(run->is_cancelled))
            print(run);
    }
}

static size_t window_jobs(const struct crew *crew)
{
    const size_t jobs = crew->present * WINDOW_JOBS_PER_WORKER;
    return jobs < WINDOW_JOBS_MIN ? WINDOW_JOBS_MIN : jobs > WINDOW_JOBS_MAX ? WINDOW_JOBS_MAX : jobs;
}

static bool run_work(void *context, const struct engine_work *engine_work, const struct hash_settings *settings,
                     int threads)
{
    atomic_bool own_stop = false;
    struct run run = {.crew = context,
                      .work = engine_work,
                      .settings = settings,
                      .offering = {.settings = settings},
                      .is_cancelled = engine_work->stop != NULL ? engine_work->stop : &own_stop};
    const struct progress_work progress = {.count = engine_work->count, .context = engine_work->context};
    const bool has_window = window_init(&run.window, window_jobs(run.crew));
    const bool is_ready = hasher_init(&run.hasher, settings, run.is_cancelled) && has_window;

    clock_gettime(CLOCK_REALTIME, &run.offering.started);
    if (is_ready) {
        announce(&run, threads);
        progress_begin(&progress);
        work(&run);
        progress_end();
    } else {
        message_error(NULL, strerror(ENOMEM));
    }
    crew_void(run.crew);
    offering_free(&run.offering);
    hasher_free(&run.hasher);
    window_free(&run.window);
    return is_ready && !run.is_broken;
}

struct engine_elsewhere coordinator_of(struct crew *crew)
{
    return (struct engine_elsewhere){.accepts = accepts, .run = run_work, .context = crew};
}
