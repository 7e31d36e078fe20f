/* SPDX-License-Identifier: Apache-2.0 */
/* A loop whose iterations are independent, on several threads. */
#ifndef PARALLEL_H
#define PARALLEL_H

#include <stddef.h>

typedef void parallel_body(void *context, size_t index);

/* Calls body(context, index) for each index below `count`, in any order, on up to `threads` threads, and waits for all
 * calls to return. */
void parallel_for(size_t count, int threads, parallel_body *body, void *context);

#endif
