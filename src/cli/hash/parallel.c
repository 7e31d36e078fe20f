/* SPDX-License-Identifier: Apache-2.0 */
/* A parallel loop by OpenMP. */
#include "hash/parallel.h"

#include "util/threads.h"

void parallel_for(size_t count, int threads, parallel_body *body, void *context)
{
    threads = threads_available(threads);
    if (threads == 1) { /* does not start the OpenMP runtime, which ends the program if memory is short */
        for (size_t i = 0; i < count; i++)
            body(context, i);
        return;
    }
#pragma omp parallel for schedule(dynamic) num_threads(threads)
    for (size_t i = 0; i < count; i++)
        body(context, i);
}
