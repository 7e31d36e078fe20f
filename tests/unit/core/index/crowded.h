/* SPDX-License-Identifier: Apache-2.0 */
/* Digests in crowds: for tests of how an index finds crowds and sets them apart. */
#ifndef CROWDED_H
#define CROWDED_H

#include <stddef.h>
#include <stdint.h>

enum { CROWDED_MAX = 20000, CROWDED_BYTES_MAX = 32 };

/* The digests of a case, and some room behind them. */
struct crowded {
    uint8_t digests[(CROWDED_MAX + 1) * CROWDED_BYTES_MAX];
    size_t size; /* of one */
    size_t count;
};

extern struct crowded crowded;

const uint8_t *crowded_digest(size_t number);

/* The Hamming distance of two digests of the case's size. */
unsigned crowded_distance(const uint8_t *a, const uint8_t *b);

/* Adds copies of a digest with as many bits changed. */
void crowded_add_copies(uint64_t *random, const uint8_t *centre, size_t copies, size_t least, size_t most);

void crowded_add_random(uint64_t *random, size_t number);

void crowded_shuffle(uint64_t *random);

#endif
