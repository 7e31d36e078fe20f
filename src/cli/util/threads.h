/* SPDX-License-Identifier: Apache-2.0 */
/* How many threads to use, and how many the system allows. */
#ifndef THREADS_H
#define THREADS_H

enum { THREADS_MAX = 1024 };

/* The number of threads to use unless the user says otherwise: OMP_NUM_THREADS if it is set, else the number of
 * processors available to this process. */
int threads_default(void);

/* How many of `wanted` threads can be started, including the current one. Call this before entering a parallel region,
 * since OpenMP runtimes abort the program if they cannot start their threads. Not thread-safe. */
int threads_available(int wanted);

#endif
