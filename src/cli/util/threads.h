/* SPDX-License-Identifier: Apache-2.0 */
/* How many threads: the option --threads, and what the system lets a process have. */
#ifndef THREADS_H
#define THREADS_H

#include <stdbool.h>

/* Reads the value of -j. False after a usage error. */
bool threads_parse(const char *command, const char *value, int *threads);

/* The processors that this process may use. */
int threads_processors(void);

/*
 * How many of so many threads there can be, this one included. Asked before an OpenMP runtime is, as that ends the
 * program where it cannot have its threads. Not to be called by several threads at once.
 */
int threads_available(int wanted);

#endif
