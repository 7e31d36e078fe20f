/* SPDX-License-Identifier: Apache-2.0 */
/* --stats: what a run did and what it took. */
#ifndef STATS_H
#define STATS_H

#include <stdbool.h>

/* The number of threads that worked at once, if it is the highest so far. */
void stats_threads(int threads);

/* Prints the figures on standard error, as text or as an object. */
void stats_print(bool json);

#endif
