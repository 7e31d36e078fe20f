/* SPDX-License-Identifier: Apache-2.0 */
/* Independent pieces of work on several threads. */
#ifndef PARALLEL_H
#define PARALLEL_H

#include <stddef.h>

typedef void piece_function(void *context, size_t piece);

/* Runs pieces 0 to `pieces` - 1, in any order and as many at once as there are threads; returns when all are done. */
void parallel_run(size_t pieces, int threads, piece_function *run, void *context);

#endif
