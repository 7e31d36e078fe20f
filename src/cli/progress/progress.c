/* SPDX-License-Identifier: Apache-2.0 */
/* Counters, the thread that shows them, and the thread that counts ahead. */
#include "progress/progress.h"

#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "util/message.h"
#include "util/terminal_line.h"

/* Seconds. A shorter run needs no progress, and a log no line more often. */
#define QUIET_SECONDS 1.0
#define LOG_INTERVAL 10.0
#define TERMINAL_INTERVAL 0.1

struct counters {
    uint64_t files;
    uint64_t bytes;
    uint64_t bytes_read;
};

static atomic_uint_least64_t files_done;
static atomic_uint_least64_t bytes_done;
static atomic_uint_least64_t bytes_read;
static atomic_uint_least64_t files_expected;
static atomic_uint_least64_t bytes_expected;

static atomic_bool is_running; /* between progress_begin() and progress_end(); changed under the lock */
static atomic_bool has_total;
static atomic_bool is_asked; /* by SIGUSR1 */
static atomic_bool is_over;
static sem_t wake;

static bool is_shown; /* set once by progress_configure() */
static bool is_on_terminal;
static double program_start;

/* Under this lock the watcher and the thread that runs the engine share the rest. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct progress_work work;
static struct counters run_base; /* what earlier runs had done */
static double run_start;
static double last_shown;
static bool has_counter;
static bool has_watcher;
static pthread_t counter;
static pthread_t watcher;

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static struct counters get_counters(void)
{
    return (struct counters){atomic_load(&files_done), atomic_load(&bytes_done), atomic_load(&bytes_read)};
}

static struct progress_state get_state(const struct counters *base, double start)
{
    const struct counters counters = get_counters();

    return (struct progress_state){.files = counters.files - base->files,
                                   .bytes = counters.bytes - base->bytes,
                                   .bytes_read = counters.bytes_read - base->bytes_read,
                                   .has_total = atomic_load(&has_total),
                                   .total_files = atomic_load(&files_expected),
                                   .total_bytes = atomic_load(&bytes_expected),
                                   .seconds = now() - start};
}

struct progress_state progress_get(void)
{
    static const struct counters none;
    return get_state(&none, program_start);
}

void progress_add(uint64_t files, uint64_t bytes, uint64_t read)
{
    atomic_fetch_add_explicit(&files_done, files, memory_order_relaxed);
    atomic_fetch_add_explicit(&bytes_done, bytes, memory_order_relaxed);
    atomic_fetch_add_explicit(&bytes_read, read, memory_order_relaxed);
}

bool progress_expect(uint64_t files, uint64_t bytes)
{
    atomic_fetch_add_explicit(&files_expected, files, memory_order_relaxed);
    atomic_fetch_add_explicit(&bytes_expected, bytes, memory_order_relaxed);
    return atomic_load(&is_running);
}

/* ---- Counting ahead ---- */

static void *count(void *context)
{
    const struct progress_work *counted = context;

    if (counted->count(counted->context))
        atomic_store(&has_total, true);
    return NULL;
}

/* Under the lock. Without memory for a thread there is no total. */
static void start_counter(void)
{
    if (!has_counter && work.count != NULL)
        has_counter = pthread_create(&counter, NULL, count, &work) == 0;
}

/* ---- Showing ---- */

/* Under the lock. */
static void print_state(bool whole_line)
{
    char text[PROGRESS_TEXT_SIZE];
    const struct progress_state state = get_state(&run_base, run_start);

    progress_text(text, &state);
    if (whole_line)
        message_finding(STATUS_OK, NULL, "%s", text);
    else
        terminal_line_show(text);
}

/* Under the lock. */
static void show_if_due(void)
{
    const double interval = is_on_terminal ? TERMINAL_INTERVAL : LOG_INTERVAL;
    const double time = now();

    if (!is_shown || !atomic_load(&is_running) || time - program_start < QUIET_SECONDS)
        return;
    start_counter();
    if (time - last_shown < interval)
        return;
    last_shown = time;
    print_state(!is_on_terminal);
}

static void wait_until_due(void)
{
    struct timespec end;

    if (!is_shown) {
        sem_wait(&wake);
        return;
    }
    clock_gettime(CLOCK_REALTIME, &end);
    end.tv_nsec += (long)(TERMINAL_INTERVAL * 1e9);
    end.tv_sec += end.tv_nsec / 1000000000;
    end.tv_nsec %= 1000000000;
    sem_timedwait(&wake, &end);
}

static void *watch(void *unused)
{
    while (!atomic_load(&is_over)) {
        wait_until_due();
        pthread_mutex_lock(&lock);
        if (atomic_exchange(&is_asked, false)) {
            print_state(true);
            if (atomic_load(&is_running))
                start_counter();
        }
        show_if_due();
        pthread_mutex_unlock(&lock);
    }
    return unused;
}

/* atomic_store and sem_post are async-signal-safe. */
static void ask(int signal_number)
{
    (void)signal_number;
    atomic_store(&is_asked, true);
    sem_post(&wake);
}

/* ---- The interface ---- */

void progress_init(void)
{
    struct sigaction action = {.sa_handler = ask, .sa_flags = SA_RESTART};

    program_start = now();
    last_shown = program_start;
    sem_init(&wake, 0, 0);
    sigaction(SIGUSR1, &action, NULL);
#ifdef SIGINFO /* BSD and macOS: control-T */
    sigaction(SIGINFO, &action, NULL);
#endif
}

void progress_configure(unsigned when)
{
    const char *terminal = getenv("TERM");

    is_on_terminal = isatty(STDERR_FILENO) && terminal != NULL && *terminal != '\0' && strcmp(terminal, "dumb") != 0;
    is_shown = when == PROGRESS_ALWAYS || (when == PROGRESS_AUTO && is_on_terminal);
}

void progress_begin(const struct progress_work *begun)
{
    pthread_mutex_lock(&lock);
    work = *begun;
    run_base = get_counters();
    run_start = now();
    atomic_store(&has_total, false);
    atomic_store(&files_expected, 0);
    atomic_store(&bytes_expected, 0);
    atomic_store(&is_running, true);
    if (!has_watcher)
        has_watcher = pthread_create(&watcher, NULL, watch, NULL) == 0;
    pthread_mutex_unlock(&lock);
}

void progress_end(void)
{
    pthread_mutex_lock(&lock);
    atomic_store(&is_running, false);
    const bool is_counting = has_counter;
    has_counter = false;
    pthread_mutex_unlock(&lock);
    if (is_counting)
        pthread_join(counter, NULL);
    terminal_line_hold();
    terminal_line_release();
}

void progress_stop(void)
{
    if (!has_watcher)
        return;
    atomic_store(&is_over, true);
    sem_post(&wake);
    pthread_join(watcher, NULL);
    has_watcher = false;
}
