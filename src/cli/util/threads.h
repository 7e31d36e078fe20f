/* SPDX-License-Identifier: Apache-2.0 */
/* How many threads to use, and how many the system allows. */
#ifndef THREADS_H
#define THREADS_H

#include <stdbool.h>
#include <stddef.h>

enum { THREADS_MAX = 1024 };

/* The most threads that read files at once where storage makes them wait, if the user leaves the number to the program.
 * More did not help on any storage that was tried (docs/performance.md). */
enum { READERS_MAX = 16 };

/* The number of threads to use unless the user says otherwise: OMP_NUM_THREADS if it is set, else the number of
 * processors available to this process. */
int threads_default(void);

/* The user has chosen the number of threads. Call this before any work starts. */
void threads_choose(void);

bool threads_are_chosen(void);

/* How many threads may be used where storage makes them wait: READERS_MAX, or `threads` if that is more or if the user
 * has chosen, by -j or by OMP_NUM_THREADS. */
int threads_readers_max(int threads);

/* How often the calling thread has waited so far: nearly never for files in the cache, about once for each on a disk. 0
 * where the system does not count that, and where -j leaves nothing to be decided by it. */
size_t threads_waits(void);

/* How many of `wanted` threads can be started, including the current one. Call this before entering a parallel region,
 * since OpenMP runtimes abort the program if they cannot start their threads. Not thread-safe. */
int threads_available(int wanted);

#endif
