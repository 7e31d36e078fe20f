/* SPDX-License-Identifier: Apache-2.0 */
/* Counts processors, and tries out threads. */
#include "util/threads.h"

#include <stdlib.h>

#ifdef _OPENMP
#include <omp.h>
#include <pthread.h>
#endif

int threads_processors(void)
{
#ifdef _OPENMP
    return omp_get_num_procs();
#else
    return 1;
#endif
}

#ifdef _OPENMP

static void *pass(void *gate)
{
    pthread_mutex_lock(gate);
    pthread_mutex_unlock(gate);
    return NULL;
}

/* Starts as many threads as there can be at once besides this one, at most `most`, and ends them. */
static int try_threads(pthread_t *threads, int most)
{
    pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
    int count = 0;

    pthread_mutex_lock(&gate);
    while (count < most && pthread_create(&threads[count], NULL, pass, &gate) == 0)
        count++;
    pthread_mutex_unlock(&gate);
    for (int i = 0; i < count; i++)
        pthread_join(threads[i], NULL);
    return count;
}

/* What there was stays, as runtimes keep their threads. Where the limit was met only half of it is taken: threads need
 * memory besides, and other processes may be at the same limit. */
int threads_available(int wanted)
{
    static int known = 1;

    if (wanted <= known)
        return wanted;
    pthread_t *threads = calloc((size_t)wanted, sizeof *threads);
    const int found = threads == NULL ? 1 : 1 + try_threads(threads, wanted - 1);
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
