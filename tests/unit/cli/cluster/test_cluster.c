/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A coordinator and workers without MPI: a process for each worker, and one that passes packets on between them. The
 * results must be those of one process, in the same order, whatever the workers do.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "cluster/channel.h"
#include "cluster/coordinator.h"
#include "cluster/seen_root.h"
#include "cluster/worker.h"
#include "hash/engine.h"
#include "support/folder.h"
#include "support/unit.h"
#include "util/child.h"
#include "util/message.h"

enum { WORKERS = 3, FILES = 500, UNREADABLE = 77, SLOW_MILLISECONDS = 120 };

/* ---- Kinds of workers ---- */

enum kind {
    GOOD,
    DEAD,        /* ends when its second batch comes, with the first unanswered */
    GIVING_BACK, /* begins nothing in time */
    WRONG,       /* answers with bytes that mean nothing */
    ELSEWHERE,   /* sees other directories */
    SLOW         /* answers late */
};

/* Answers each job of a batch with one outcome. */
static void answer_all(int socket, struct packet *batch, enum batch_outcome outcome)
{
    static struct packet answer;
    const struct batch_result result = {.outcome = outcome};
    uint32_t number;
    size_t jobs;

    assert_true(batch_open(batch, &number, &jobs));
    batch_begin_result(&answer, number);
    for (size_t i = 0; i < jobs; i++)
        batch_add_result(&answer, &result);
    channel_send(socket, &answer);
}

static void answer_wrongly(int socket)
{
    static struct packet answer;

    packet_begin(&answer, PACKET_RESULT);
    packet_put64(&answer, UINT64_MAX);
    channel_send(socket, &answer);
}

/* A worker that answers as its kind says, without hashing anything. */
static void run_odd(int socket, enum kind kind)
{
    static struct packet packet;
    bool is_first = true;

    for (;;) {
        const enum channel_event event = channel_receive(socket, -1, &packet);
        if (event == CHANNEL_CLOSED)
            return;
        if (event == CHANNEL_NOTHING || packet_open(&packet) != PACKET_BATCH)
            continue;
        if (kind == DEAD && !is_first)
            return;
        is_first = false;
        if (kind == GIVING_BACK)
            answer_all(socket, &packet, OUTCOME_GIVEN_BACK);
        else if (kind == ELSEWHERE)
            answer_all(socket, &packet, OUTCOME_OTHER_ROOT);
        else if (kind == WRONG)
            answer_wrongly(socket);
    }
}

/* ---- The processes ---- */

static pid_t fork_worker(enum kind kind, int *socket)
{
    const pid_t own = getpid();
    int sockets[2];

    assert_true(channel_pair(sockets));
    const pid_t child = fork();
    if (child == 0) {
        child_end_with(own);
        close(sockets[0]);
        if (kind == GOOD || kind == SLOW)
            worker_run(sockets[1]);
        else
            run_odd(sockets[1], kind);
        _exit(0);
    }
    close(sockets[1]);
    *socket = sockets[0];
    return child;
}

static void pause_for(long milliseconds)
{
    const struct timespec pause = {.tv_nsec = milliseconds * 1000000};
    nanosleep(&pause, NULL);
}

/* What the MPI processes do. Rank 0 gets to know of the end of a worker. */
static void relay(int coordinator, const enum kind kinds[WORKERS])
{
    static struct packet packet;
    struct pollfd ends[WORKERS + 1] = {{.fd = coordinator, .events = POLLIN}};

    for (size_t i = 1; i <= WORKERS; i++) {
        ends[i].events = POLLIN;
        fork_worker(kinds[i - 1], &ends[i].fd);
    }
    while (poll(ends, WORKERS + 1, -1) > 0)
        for (size_t i = 0; i <= WORKERS; i++) {
            if (ends[i].fd < 0 || ends[i].revents == 0)
                continue;
            const enum channel_event event = channel_receive(ends[i].fd, 0, &packet);
            if (event == CHANNEL_CLOSED && i == 0)
                return;
            if (event == CHANNEL_CLOSED) {
                ends[i].fd = -1;
                packet_begin(&packet, PACKET_LOST);
            }
            if (i > 0 && kinds[i - 1] == SLOW)
                pause_for(SLOW_MILLISECONDS);
            const int to = i == 0 ? ends[packet_rank(&packet)].fd : coordinator;
            packet_set_rank(&packet, (uint32_t)i);
            if (to >= 0 && event != CHANNEL_NOTHING)
                channel_send(to, &packet);
        }
}

/* ---- A run ---- */

struct listing {
    size_t next;
    size_t printed;
    size_t failures;
    struct iscc_sum_code codes[FILES];
};

static bool next_file(void *context, struct job *job)
{
    struct listing *listing = context;
    char name[32];

    if (listing->next == FILES)
        return false;
    snprintf(name, sizeof name, "f%zu", listing->next++);
    char *path = folder_path(name);
    job_set(job, JOB_LISTED, path, strlen(path), 0);
    free(path);
    return true;
}

static void print_file(void *context, struct job *job)
{
    struct listing *listing = context;

    if (job->failure == 0)
        listing->codes[listing->printed] = job->code;
    else
        assert_true(listing->printed == UNREADABLE && job->failure == ENOENT);
    listing->failures += job->failure != 0;
    listing->printed++;
}

static bool flush(void *context)
{
    (void)context;
    return true;
}

static bool run(struct listing *listing)
{
    static const struct hash_settings settings = {.flags = ISCC_WIDE};
    const struct engine_work work = {.next = next_file, .print = print_file, .flush = flush, .context = listing};

    memset(listing, 0, sizeof *listing);
    return engine_run(&work, &settings, 1);
}

static bool run_with(const enum kind kinds[WORKERS], struct listing *listing, size_t *left)
{
    const pid_t own = getpid();
    struct crew crew;
    int sockets[2];

    assert_true(channel_pair(sockets));
    fflush(NULL);
    const pid_t child = fork();
    if (child == 0) {
        child_end_with(own);
        close(sockets[0]);
        relay(sockets[1], kinds);
        _exit(0);
    }
    close(sockets[1]);
    assert_true(crew_init(&crew, sockets[0], WORKERS));
    const struct engine_elsewhere elsewhere = coordinator_of(&crew);
    engine_go_elsewhere(&elsewhere);
    const bool result = run(listing);
    engine_go_elsewhere(NULL);
    *left = crew.present;
    crew_free(&crew);
    close(sockets[0]);
    waitpid(child, NULL, 0);
    return result;
}

/* ---- Tests ---- */

static int make_files(void **state)
{
    char name[32];

    if (folder_make(state) != 0)
        return 1;
    for (size_t i = 0; i < FILES; i++) {
        snprintf(name, sizeof name, "f%zu", i);
        if (i != UNREADABLE)
            folder_write(name, name, strlen(name));
    }
    return 0;
}

static void assert_same(const enum kind kinds[WORKERS], size_t left_expected)
{
    static struct listing expected;
    static struct listing got;
    size_t left;

    assert_true(run(&expected));
    assert_true(run_with(kinds, &got, &left));
    assert_int_equal(got.printed, FILES);
    assert_int_equal(got.failures, 1);
    for (size_t i = 0; i < FILES; i++) {
        const struct iscc_sum_code *a = &got.codes[i];
        const struct iscc_sum_code *b = &expected.codes[i];
        assert_int_equal(a->filesize, b->filesize);
        assert_string_equal(a->iscc, b->iscc);
        assert_string_equal(a->datahash, b->datahash);
        assert_string_equal(a->data_code, b->data_code);
        assert_string_equal(a->instance_code, b->instance_code);
    }
    assert_int_equal(left, left_expected);
}

static void test_good_workers(void **state)
{
    (void)state;
    assert_same((enum kind[]){GOOD, GOOD, GOOD}, 3);
}

static void test_dead_workers(void **state)
{
    (void)state;
    assert_same((enum kind[]){DEAD, GOOD, GOOD}, 2);
    assert_same((enum kind[]){DEAD, DEAD, DEAD}, 0); /* rank 0 does the rest */
}

static void test_giving_back(void **state)
{
    (void)state;
    assert_same((enum kind[]){GIVING_BACK, GOOD, GIVING_BACK}, 3);
}

static void test_slow_worker(void **state)
{
    (void)state;
    assert_same((enum kind[]){GOOD, SLOW, GOOD}, 3);
}

static void test_wrong_answers(void **state)
{
    (void)state;
    assert_same((enum kind[]){GOOD, WRONG, WRONG}, 1);
}

static void test_other_files(void **state)
{
    static struct listing got;
    size_t left;

    (void)state;
    fputs("The next message is part of the test: ", stderr);
    assert_false(run_with((enum kind[]){ELSEWHERE, GOOD, GOOD}, &got, &left));
    assert_int_equal(left, WORKERS);
    assert_int_equal(status_get(), STATUS_TROUBLE);
}

/* Sets the time of the root's last change, and what rank 0 sees then. */
static void modify_root(const char *path, time_t seconds, struct batch_root *root)
{
    const struct timespec times[2] = {{.tv_sec = seconds}, {.tv_sec = seconds}};
    struct stat status;

    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
    assert_int_equal(stat(path, &status), 0);
    root->inode = status.st_ino;
    root->modified = status.st_mtim;
}

/* A run does not end because somebody makes a file in the directory. */
static void test_modified_root(void **state)
{
    static struct seen_root seen;
    char *path = folder_path("");
    struct batch_root root = {.path = path, .path_size = strlen(path), .started = {.tv_sec = 1700000000}};

    (void)state;
    for (time_t seconds = 1000000000; seconds < 1000000003; seconds++) {
        modify_root(path, seconds, &root);
        seen_root_open(&seen, &root);
        assert_true(seen.is_same);
    }
    root.modified.tv_sec--;
    seen_root_open(&seen, &root);
    assert_false(seen.is_same);
    seen_root_close(&seen);
    free(path);
}

TEST_FILE(cluster)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_good_workers),  cmocka_unit_test(test_dead_workers),
                                       cmocka_unit_test(test_giving_back),   cmocka_unit_test(test_slow_worker),
                                       cmocka_unit_test(test_wrong_answers), cmocka_unit_test(test_other_files),
                                       cmocka_unit_test(test_modified_root)};
    return cmocka_run_group_tests(tests, make_files, folder_remove);
}
