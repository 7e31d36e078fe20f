/* SPDX-License-Identifier: Apache-2.0 */
/* The near pairs among digests, found on several threads. */
#ifndef NEAR_PAIRS_H
#define NEAR_PAIRS_H

#include <iscc/iscc.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct near_pair {
    uint32_t first; /* the smaller number */
    uint32_t second;
};

struct near_pairs {
    struct near_pair *pairs; /* in no particular order */
    size_t count;
    bool are_all; /* there are no more */
};

/* An index with tables on digests that stay where they are. */
iscc_status near_index_make(iscc_index **index, const uint8_t *digests, size_t count, unsigned bits, unsigned radius);

/* In how many slices the pairs of an index are searched for. */
size_t near_pairs_slices(const iscc_index *index);

/* Tells a function of the pairs of the slices from `begin` to `end`, on any thread, but not of those with the same
 * label, unless `labels` is NULL. */
struct near_slices {
    const iscc_index *index;
    unsigned radius;
    const uint32_t *labels;
    size_t begin;
    size_t end;
};
void near_pairs_tell(const struct near_slices *slices, int threads, iscc_pair_function *found, void *context);

/* Collects the pairs of an index, unless there are more than `most`: then some of them. */
iscc_status near_pairs_collect(struct near_pairs *near, const iscc_index *index, unsigned radius, size_t most,
                               int threads);

void near_pairs_free(struct near_pairs *near);

#endif
