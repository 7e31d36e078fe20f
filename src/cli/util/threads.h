/* SPDX-License-Identifier: Apache-2.0 */
/* The number of processors, and the number of threads that the system allows. */
#ifndef THREADS_H
#define THREADS_H

/* The number of processors available to this process. */
int threads_processors(void);

/* How many of `wanted` threads can be started, including the current one. Call this before entering a parallel region,
 * since OpenMP runtimes abort the program if they cannot start their threads. Not thread-safe. */
int threads_available(int wanted);

#endif
