/* SPDX-License-Identifier: Apache-2.0 */
/* Independent pieces of work by an OpenMP loop. */
#include "hash/parallel.h"

#include "util/threads.h"

void parallel_run(size_t pieces, int threads, piece_function *run, void *context)
{
    threads = threads_available(threads);
    if (threads == 1) { /* the runtime, which ends the program where memory is short, has no part in it */
        for (size_t piece = 0; piece < pieces; piece++)
            run(context, piece);
        return;
    }
#pragma omp parallel for schedule(dynamic) num_threads(threads)
    for (size_t piece = 0; piece < pieces; piece++)
        run(context, piece);
}
