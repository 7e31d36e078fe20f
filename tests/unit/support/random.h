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

/* How many of `rounds` a test of random inputs makes: a quarter where sanitizers make each twenty times slower, unless
 * ISCC_TEST_THOROUGH is set. */
size_t random_rounds(size_t rounds);

void random_fill(uint64_t *state, void *bytes, size_t size);

#endif
