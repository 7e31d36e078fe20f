/* SPDX-License-Identifier: Apache-2.0 */
/* Shows whether an out-parameter was written. */
#ifndef CANARY_H
#define CANARY_H

#include <stddef.h>

/* Fills memory with a pattern that no result is made of. */
void canary_set(void *memory, size_t size);

/* Fails the test where a byte of it is not that pattern any more. */
void canary_check(const void *memory, size_t size);

#define CANARY_SET(variable) canary_set(&(variable), sizeof(variable))
#define CANARY_CHECK(variable) canary_check(&(variable), sizeof(variable))

#endif
