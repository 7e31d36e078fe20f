/* SPDX-License-Identifier: Apache-2.0 */
/* The number of threads: the --threads option, and what the system allows. */
#ifndef THREADS_H
#define THREADS_H

#include <stdbool.h>

/* Parses the value of -j. Returns false after reporting a usage error. */
bool threads_parse(const char *command, const char *value, int *threads);

/* The number of processors available to this process. */
int threads_processors(void);

/* How many of `wanted` threads can be started, including the current one. Call this before entering a parallel region,
 * since OpenMP runtimes abort the program if they cannot start their threads. Not thread-safe. */
int threads_available(int wanted);

#endif
