/* SPDX-License-Identifier: Apache-2.0 */
/* How many threads the machine has use for, and how many the system lets a process have. */
#ifndef THREADS_H
#define THREADS_H

/* The processors that this process may use. */
int threads_processors(void);

/*
 * How many of so many threads there can be, this one included. Asked before an OpenMP runtime is, as that ends the
 * program where it cannot have its threads. Not to be called by several threads at once.
 */
int threads_available(int wanted);

#endif
