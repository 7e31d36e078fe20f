/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lanes that note that they were searched: they show how a run of bytes is searched, which no result tells. Whether
 * chains meet is chance: so the random bytes are always the same here.
 */
#ifndef RECORDED_LANES_H
#define RECORDED_LANES_H

#include "kernels/lanes.h"

#define KIB ((size_t)1 << 10)
#define AREA_SIZE (4096 * KIB)
#define COUNT(array) (sizeof(array) / sizeof *(array))

/* How far a lane runs into the next one, at most. */
enum { OVERRUN = 3000 };

/* The least block for 16 lanes that pays, and for 4. */
#define LEAST_16 (32 * KIB)
#define LEAST_4 (16 * KIB)

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

/* In 16 lanes, and in 4 where the bytes do not suffice. */
extern const struct iscc_lanes_search search_16;

/* Searches four lanes plainly, and notes that it was asked to. */
void run_4(struct iscc_lanes *lanes);

/* Searches the first bytes of the area, and sees that the cuts are right whatever way it goes. */
void search_by(const struct iscc_lanes_search *way, size_t size, struct iscc_trust *trust);

/* By search_16. */
void search(size_t size, struct iscc_trust *trust);

/* Where the first chunk of the last search ends that ends at `offset` or behind. */
size_t cut_from(size_t offset);

void assert_block(size_t number, size_t begin, size_t stride, unsigned lanes);
void assert_trust(const struct iscc_trust *trust, size_t block, size_t pause, unsigned failures);

void fill_random(size_t begin, size_t size);
void fill_period(size_t period);

/* Fixtures of a group. */
int recorded_set_up(void **state);
int recorded_tear_down(void **state);

#endif
