/* SPDX-License-Identifier: Apache-2.0 */
/* Random numbers of a test that can be run again with the same ones. */
#ifndef RANDOM_H
#define RANDOM_H

#include <stddef.h>
#include <stdint.h>

/* The seed of this run: ISCC_TEST_SEED, or the clock. The first call prints it, so that a failure can be repeated. */
uint64_t random_seed(void);

/* The next number of a generator, whose state may begin as any number. */
uint64_t random_next(uint64_t *state);

/* A number below `limit`, which is not 0. */
size_t random_below(uint64_t *state, size_t limit);

void random_fill(uint64_t *state, void *bytes, size_t size);

#endif
