/* SPDX-License-Identifier: Apache-2.0 */
/* Digests in an index that counts what is looked at, and what a model of the search needs of them. */
#ifndef SEARCHED_H
#define SEARCHED_H

#include "counting.h"

/* With MOST digests keys of 16 bits have two of them on the average, so that six of seven have some. */
enum { SEARCHED_BYTES_MAX = 32, FEW = 300, MANY = 3000, MOST = 131071 };

struct searched {
    uint8_t digests[MOST * SEARCHED_BYTES_MAX];
    size_t size; /* of one */
    size_t count;
    iscc_index *index;
};

extern struct searched searched;

/* Indexes the digests, in tables of so many parts. The test frees the index. */
void searched_make(size_t part_count);

const uint8_t *searched_digest(size_t number);

/* Makes a digest that differs from one of them in a few bits, or in none. */
void searched_near(uint64_t *random, uint8_t *digest);

/* What was counted is what was expected: how much, not in how many runs. */
void searched_assert_work(const struct work *expected);

/* An iscc_pair_function whose context is a size_t: how often it was called. */
int searched_count_hit(void *context, uint32_t first, uint32_t second, unsigned distance);

/* The bits in which the keys and the sketches of two digests differ in a part. */
struct differences {
    unsigned key;
    unsigned sketch;
};

struct differences searched_compare(size_t part, const uint8_t *a, const uint8_t *b);

/* Whether a plan has keys that differ so much looked up. */
bool searched_is_within(size_t part, const struct iscc_plan *plan, unsigned radius, struct differences differences);

/* Adds what a query looks at: part by part, until what they cost together is more than a scan costs: this takes the
 * place of the parts that are left. */
void searched_expect_query(const uint8_t *digest, unsigned radius, struct work *work);

#endif
