/* SPDX-License-Identifier: Apache-2.0 */
/* Shows whether an out-parameter was written. */
#ifndef CANARY_H
#define CANARY_H

#include <stddef.h>

/* Fills memory with a pattern that no result contains. */
void canary_set(void *memory, size_t size);

/* Fails the test if the pattern is no longer intact. */
void canary_check(const void *memory, size_t size);

#define CANARY_SET(variable) canary_set(&(variable), sizeof(variable))
#define CANARY_CHECK(variable) canary_check(&(variable), sizeof(variable))

#endif
