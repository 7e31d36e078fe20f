/* SPDX-License-Identifier: Apache-2.0 */
/* Turns batches into jobs of the engine, and their results into answers. */
#include "cluster/worker.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "cluster/batch.h"
#include "cluster/channel.h"
#include "cluster/seen_root.h"
#include "hash/engine.h"
#include "util/message.h"
#include "util/threads.h"

/* A job that is not begun this long after the first of its batch is given back, so that no run waits for a machine that
 * is slower than it was. */
#define PATIENCE_NANOSECONDS ((int64_t)50 * 1000 * 1000)

/* The engine asks again; meanwhile threads may be wanted elsewhere. */
enum { WAIT_MILLISECONDS = 20 };

/* Rank 0 leaves two with a worker; a power of two. */
enum { BATCHES_MAX = 4 };

/* ---- State ---- */

struct accepted {
    uint32_t number;
    size_t jobs;
    atomic_int_least64_t begun; /* nanoseconds when the first job was, or 0 */
};

/* What is kept of a job until it is answered. */
struct asked {
    bool is_root_same;
    dev_t device; /* of its root */
    bool may_be_known;
    struct file_record record; /* of a list, as far as the worker gets it */
};

struct worker {
    int socket;
    atomic_bool is_over; /* the socket is closed, or what comes from it is wrong */
    bool has_settings;   /* a run comes after this one */
    struct batch_settings settings;
    struct packet *input; /* a batch, as far as it has not become jobs */
    bool has_input;
    size_t received; /* batches */
    atomic_size_t answered;
    struct accepted *batches; /* BATCHES_MAX; number `n` is in place `n % BATCHES_MAX` */
    struct seen_root root;
    struct packet *output; /* the results of the batch that is answered next */
    size_t results;
    struct asked *asked; /* BATCHES_MAX * BATCH_JOBS_MAX, in the order of the jobs */
    size_t made;         /* jobs made of the current batch */
};

static int64_t now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec + 1;
}

/* ---- Batches become jobs ---- */

static void accept_batch(struct worker *worker)
{
    struct accepted *batch = &worker->batches[worker->received % BATCHES_MAX];

    if (worker->received - worker->answered == BATCHES_MAX ||
        !batch_open(worker->input, &batch->number, &batch->jobs)) {
        worker->is_over = true;
        return;
    }
    atomic_store(&batch->begun, 0);
    worker->received++;
    worker->made = 0;
    worker->has_input = true;
}

/* Receives the next packet. Returns whether there was one, or will be none. */
static bool receive(struct worker *worker, int milliseconds)
{
    const enum channel_event event = channel_receive(worker->socket, milliseconds, worker->input);

    if (event == CHANNEL_NOTHING)
        return false;
    const unsigned kind = event == CHANNEL_CLOSED ? 0 : packet_open(worker->input);
    if (kind == PACKET_BATCH)
        accept_batch(worker);
    else if (kind == PACKET_RUN && batch_get_settings(worker->input, &worker->settings))
        worker->has_settings = true;
    else
        worker->is_over = true;
    return true;
}

static bool has_next(void *context, bool may_wait)
{
    struct worker *worker = context;
    return worker->has_input || worker->is_over || worker->has_settings ||
           receive(worker, may_wait ? WAIT_MILLISECONDS : 0);
}

static struct asked *asked_of(const struct worker *worker, size_t batch, size_t job)
{
    return &worker->asked[batch % BATCHES_MAX * BATCH_JOBS_MAX + job];
}

/* Keeps what will be needed of the job later. */
static struct asked *keep(const struct worker *worker, const struct batch_job *job)
{
    struct asked *asked = asked_of(worker, worker->received - 1, worker->made);

    *asked = (struct asked){.is_root_same = worker->root.is_same,
                            .device = worker->root.status.st_dev,
                            .may_be_known = job->may_be_known,
                            .record = {.name = "",
                                       .has_filesize = job->has_times,
                                       .has_times = job->has_times,
                                       .filesize = job->filesize,
                                       .times = job->times,
                                       .text_bits = job->wants_text ? 256 : 0}};
    return asked;
}

static void make_job(struct worker *worker, struct job *job, const struct batch_job *wanted)
{
    const struct seen_root *root = &worker->root;
    const struct asked *asked = keep(worker, wanted);
    const int failure = root->is_same ? 0 : ESTALE;
    char path[BATCH_PATH_MAX + 1];

    if (wanted->is_entry) {
        job_set(job, JOB_ENTRY, wanted->name, wanted->name_size, failure);
        if (job->failure == 0)
            job->directory = directory_hold(root->directory);
    } else {
        memcpy(path, root->path, root->path_size);
        memcpy(path + root->path_size, wanted->name, wanted->name_size);
        job_set(job, JOB_LISTED, path, root->path_size + wanted->name_size, failure);
    }
    job->operand = worker->received - 1;
    if (wanted->has_times || wanted->wants_text)
        job->listed = &asked->record;
    worker->made++;
}

static bool next(void *context, struct job *job)
{
    struct worker *worker = context;
    struct batch_root root;
    struct batch_job wanted;

    if (!worker->has_input)
        return false;
    while (batch_next(worker->input, &root, &wanted) == BATCH_ROOT)
        seen_root_open(&worker->root, &root);
    make_job(worker, job, &wanted);
    worker->has_input = worker->made < worker->batches[(worker->received - 1) % BATCHES_MAX].jobs;
    return true;
}

/* ---- While they are hashed ---- */

static bool gives_back(const void *context, const struct job *job)
{
    const struct worker *worker = context;
    struct accepted *batch = &worker->batches[job->operand % BATCHES_MAX];
    const int64_t time = now();
    int_least64_t begun = 0;

    return !atomic_compare_exchange_strong(&batch->begun, &begun, time) && time - begun > PATIENCE_NANOSECONDS;
}

static bool is_up_to_date(const void *context, const struct file_record *listed, const struct stat *status)
{
    const char *record = (const char *)listed;
    const struct asked *asked = (const struct asked *)(const void *)(record - offsetof(struct asked, record));

    (void)context;
    return asked->may_be_known && file_record_same_stat(listed, status);
}

/* ---- Jobs become answers ---- */

static enum batch_outcome outcome_of(const struct asked *asked, const struct job *job)
{
    if (job->failure != 0)
        return !asked->is_root_same ? OUTCOME_OTHER_ROOT : OUTCOME_FAILED;
    return job->kind == JOB_SKIPPED ? OUTCOME_GIVEN_BACK : job->kind == JOB_KNOWN ? OUTCOME_KNOWN : OUTCOME_HASHED;
}

static void set_codes(struct batch_result *result, const struct file_record *record)
{
    result->filesize = record->filesize;
    result->has_text = record->text_bits == 256;
    memcpy(result->data, record->data, sizeof record->data);
    memcpy(result->instance, record->instance, sizeof record->instance);
    memcpy(result->text, record->text, sizeof record->text);
}

static void set_content(struct batch_result *result, const struct job *job)
{
    const struct file_record record = job_record(job, ISCC_WIDE);

    set_codes(result, &record);
    result->times_are_trusted = job->times_are_trusted;
    result->times_may_stand_still = job->times_may_stand_still;
    result->opened = job->opened;
}

static void print(void *context, struct job *job)
{
    struct worker *worker = context;
    const size_t number = atomic_load(&worker->answered);
    const struct accepted *batch = &worker->batches[number % BATCHES_MAX];
    const struct asked *asked = asked_of(worker, number, worker->results);
    struct batch_result result = {.outcome = outcome_of(asked, job)};

    if (worker->results++ == 0)
        batch_begin_result(worker->output, batch->number);
    if (result.outcome == OUTCOME_HASHED || result.outcome == OUTCOME_KNOWN) {
        result.inode = job->status.st_ino;
        result.size = (uint64_t)job->status.st_size;
        result.times = file_times_of(&job->status);
        result.has_links = job->status.st_nlink > 1;
        result.is_on_device = job->status.st_dev == asked->device;
    }
    if (result.outcome == OUTCOME_HASHED)
        set_content(&result, job);
    batch_add_result(worker->output, &result);
    if (worker->results < batch->jobs)
        return;
    worker->results = 0;
    atomic_store(&worker->answered, number + 1);
    if (!channel_send(worker->socket, worker->output))
        atomic_store(&worker->is_over, true);
}

static bool flush(void *context)
{
    (void)context;
    return true;
}

/* ---- The process ---- */

/* Hashes until other settings come, or the end. */
static bool run_once(struct worker *worker)
{
    const struct engine_work work = {
        .next = next, .has_next = has_next, .print = print, .flush = flush, .context = worker};
    const struct batch_settings *asked = &worker->settings;
    const struct hash_settings settings = {.flags = asked->flags,
                                           .text = asked->text,
                                           .records_times = asked->records_times,
                                           .trusts_times = asked->trusts_times,
                                           .is_up_to_date = is_up_to_date,
                                           .gives_back = gives_back,
                                           .context = worker};

    worker->has_settings = false;
    if (asked->threads > 0 && asked->threads <= THREADS_MAX)
        threads_choose();
    return engine_run(&work, &settings,
                      asked->threads > 0 && asked->threads <= THREADS_MAX ? (int)asked->threads : threads_default());
}

int worker_run(int socket)
{
    struct worker *worker = calloc(1, sizeof *worker);
    int status = STATUS_TROUBLE;

    if (worker == NULL)
        return status;
    worker->socket = socket;
    worker->input = malloc(sizeof *worker->input);
    worker->output = malloc(sizeof *worker->output);
    worker->batches = calloc(BATCHES_MAX, sizeof *worker->batches);
    worker->asked = calloc((size_t)BATCHES_MAX * BATCH_JOBS_MAX, sizeof *worker->asked);
    if (worker->input == NULL || worker->output == NULL || worker->batches == NULL || worker->asked == NULL) {
        message_error(NULL, strerror(ENOMEM));
        goto out;
    }
    while (!worker->is_over && !worker->has_settings)
        receive(worker, -1);
    while (!worker->is_over && worker->has_settings && run_once(worker))
        continue;
    status = STATUS_OK;
out:
    seen_root_close(&worker->root);
    free(worker->input);
    free(worker->output);
    free(worker->asked);
    free(worker->batches);
    free(worker);
    return status;
}
