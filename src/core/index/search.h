/* SPDX-License-Identifier: Apache-2.0 */
/* The core of all searches: matches sketches, and compares the digests of those that match. */
#ifndef ISCC_INDEX_SEARCH_H
#define ISCC_INDEX_SEARCH_H

#include "index/plan.h"

/* Entries or digests that are compared at once. Their matches are on the stack. */
#define ISCC_SEARCH_BATCH 1024u

struct iscc_search {
    const iscc_index *index;
    const struct iscc_plan *plan;
    const uint8_t *queries; /* the digest to search for, or the digests of the index */
    unsigned limit;         /* the radius; `found` may lower it during a scan */
    iscc_pair_function *found;
    void *context;
    bool is_ended;          /* `found` stopped the search */
    const uint32_t *labels; /* if not NULL, pairs with the same label are omitted */
    /* Pairs whose sketches match in a part. They are collected until there are many, because their digests lie anywhere
     * in memory and several can be loaded at a time. */
    size_t pending;
    uint32_t lefts[ISCC_SEARCH_BATCH]; /* numbers in `queries` */
    uint32_t rights[ISCC_SEARCH_BATCH];
    uint8_t parts[ISCC_SEARCH_BATCH];
};

/* Starts a search. If its plan is not a scan, iscc_search_flush must end it. */
void iscc_search_init(struct iscc_search *search, const iscc_index *index, const uint8_t *queries, unsigned radius,
                      iscc_pair_function *found, void *context);

/*
 * Matches queries with `count` ranges of a part's entries, whose keys are at `distance` from the key of the queries.
 * There are `query_count` queries, at most ISCC_SEARCH_BATCH, given by their sketches and numbers. Modifies `ranges`.
 */
void iscc_search_match(struct iscc_search *search, size_t part, unsigned distance, struct iscc_range *ranges,
                       size_t count, const uint32_t *sketches, const uint32_t *numbers, size_t query_count);

/* Compares the pending pairs, and reports those that are near, unless an earlier part has found them. */
void iscc_search_flush(struct iscc_search *search);

/* Compares query number `query` with the digests [begin, end), at most ISCC_SEARCH_BATCH, and reports those that are
 * near, unless one of the first `part_count` parts finds them. */
void iscc_search_scan(struct iscc_search *search, uint32_t query, size_t begin, size_t end, size_t part_count);

#endif
