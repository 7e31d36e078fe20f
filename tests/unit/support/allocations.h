/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What memory a library takes: for tests whose malloc, calloc, realloc and free the linker leads here. What is taken is
 * full of rubbish, and has a border that nobody may write to.
 */
#ifndef ALLOCATIONS_H
#define ALLOCATIONS_H

#include <stddef.h>

/* Blocks that are taken from now on are counted, until allocations_end. */
void allocations_begin(void);

/* The bytes that are held, and the most that were held at a time. */
size_t allocations_held(void);
size_t allocations_most(void);

/* How many blocks were taken, of which some may have been given back. */
size_t allocations_taken(void);

/* Fails where a border was written to, or where anything is still held. */
void allocations_end(void);

#endif
