/* SPDX-License-Identifier: Apache-2.0 */
/* Counts processors and tries out threads. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* RUSAGE_THREAD */
#endif
#include "util/threads.h"

#include <stdlib.h>
#include <sys/resource.h>

#ifdef _OPENMP
#include <omp.h>
#include <pthread.h>
#endif

int threads_default(void)
{
#ifdef _OPENMP
    const int threads = omp_get_max_threads();
    return threads < THREADS_MAX ? threads : THREADS_MAX;
#else
    return 1;
#endif
}

static bool are_chosen;

void threads_choose(void)
{
    are_chosen = true;
}

bool threads_are_chosen(void)
{
    return are_chosen;
}

int threads_readers_max(int threads)
{
#ifdef _OPENMP
    if (!are_chosen && getenv("OMP_NUM_THREADS") == NULL && threads < READERS_MAX)
        return READERS_MAX;
#endif
    return threads;
}

size_t threads_waits(void)
{
    struct rusage usage = {.ru_nvcsw = 0};
#ifdef RUSAGE_THREAD
    if (!are_chosen)
        getrusage(RUSAGE_THREAD, &usage);
#endif
    return (size_t)usage.ru_nvcsw;
}

#ifdef _OPENMP

static void *wait_at_gate(void *gate)
{
    pthread_mutex_lock(gate);
    pthread_mutex_unlock(gate);
    return NULL;
}

/* Starts up to `limit` threads that all run at once, ends them, and returns how many could be started. */
static int count_startable(pthread_t *threads, int limit)
{
    pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
    int count = 0;

    pthread_mutex_lock(&gate);
    while (count < limit && pthread_create(&threads[count], NULL, wait_at_gate, &gate) == 0)
        count++;
    pthread_mutex_unlock(&gate);
    for (int i = 0; i < count; i++)
        pthread_join(threads[i], NULL);
    return count;
}

/* A count that succeeded once is remembered, because OpenMP runtimes keep their threads. If the system's limit was hit,
 * only half the threads are used: threads also need memory, and other processes may be close to the same limit. */
int threads_available(int wanted)
{
    static int known = 1;

    if (wanted <= known)
        return wanted;
    pthread_t *threads = calloc((size_t)wanted, sizeof *threads);
    const int found = threads == NULL ? 1 : 1 + count_startable(threads, wanted - 1);
    free(threads);
    if (found == wanted)
        known = wanted;
    return found == wanted ? wanted : (found + 1) / 2;
}

#else

int threads_available(int wanted)
{
    (void)wanted;
    return 1;
}

#endif
