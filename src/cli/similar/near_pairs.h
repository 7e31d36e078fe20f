/* SPDX-License-Identifier: Apache-2.0 */
/* Finds the near pairs among digests on several threads. */
#ifndef NEAR_PAIRS_H
#define NEAR_PAIRS_H

#include <iscc/iscc.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct near_pair {
    uint32_t first; /* the smaller index */
    uint32_t second;
};

struct near_pairs {
    struct near_pair *pairs; /* in no particular order */
    size_t count;
    bool is_complete; /* false: there are more than the limit, and `count` is 0 */
};

/* Builds an index of `count` digests of `bits` bits for searches within `radius`. It uses the digests in place: they
 * must outlive it. The caller frees it with iscc_index_free(). After an error `*index` is unchanged. */
iscc_status near_index_make(iscc_index **index, const uint8_t *digests, size_t count, unsigned bits, unsigned radius);

/* The number of slices that a search for all pairs of an index is split in. */
size_t near_pairs_slice_count(const iscc_index *index);

struct near_slices {
    const iscc_index *index;
    unsigned radius;
    const uint32_t *labels; /* one for each digest, or NULL: skip pairs of digests with the same label */
    size_t begin;           /* the first slice */
    size_t end;             /* one past the last slice */
};

/* Calls `found` for each pair in the slices, from several threads at once and in no particular order. */
void near_pairs_visit(const struct near_slices *slices, int threads, iscc_pair_function *found, void *context);

/* Collects all pairs of an index within `radius`, unless there are more than `limit`. Free the result with
 * near_pairs_free(), also after an error. */
iscc_status near_pairs_collect(struct near_pairs *near, const iscc_index *index, unsigned radius, size_t limit,
                               int threads);

void near_pairs_free(struct near_pairs *near);

#endif
