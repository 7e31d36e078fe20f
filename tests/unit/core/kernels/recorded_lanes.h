/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A search in lanes that records its calls, to show how bytes are searched, which the cuts do not. Whether chains
 * resynchronize is a matter of chance, so the random bytes here are always the same.
 */
#ifndef RECORDED_LANES_H
#define RECORDED_LANES_H

#include "kernels/lanes.h"

#define KIB ((size_t)1 << 10)
#define AREA_SIZE (4096 * KIB)
#define COUNT(array) (sizeof(array) / sizeof *(array))

/* How far a lane overruns into the next one. */
enum { OVERRUN = 3000 };

/* The shortest block for 16 lanes, and for 4. */
#define BLOCK_MIN_16 (32 * KIB)
#define BLOCK_MIN_4 (16 * KIB)

/* A block that was searched in lanes. */
struct block {
    size_t begin;
    size_t stride;
    unsigned lanes;
};

extern uint8_t *area; /* AREA_SIZE bytes */
extern uint32_t *cuts;
extern struct block blocks[256]; /* of the last search */
extern size_t block_count;

/* 16 lanes, and 4 for blocks that are too short for them. */
extern const struct iscc_lanes_search search_16;

/* The `run` of a search in four lanes: records the call, and searches the lanes sequentially. */
void run_4(struct iscc_lanes *lanes);

/* Searches the first `size` bytes of the area, and asserts that the cuts are right. */
void search_with(const struct iscc_lanes_search *lanes_search, size_t size, struct iscc_speculation *speculation);

/* The same with search_16. */
void search(size_t size, struct iscc_speculation *speculation);

/* The first cut of the last search at or after `offset`. */
size_t cut_from(size_t offset);

void assert_block(size_t number, size_t begin, size_t stride, unsigned lanes);
void assert_speculation(const struct iscc_speculation *speculation, size_t block, size_t backoff, unsigned failures);

void fill_random(size_t begin, size_t size);
void fill_period(size_t period);

/* Fixtures of a group. */
int recorded_set_up(void **state);
int recorded_tear_down(void **state);

#endif
