/* SPDX-License-Identifier: Apache-2.0 */
/* What all searches of an index have in common: they find entries that may be near, and see which ones are. */
#ifndef ISCC_INDEX_SEARCH_H
#define ISCC_INDEX_SEARCH_H

#include "index/plan.h"

/* Entries and digests that are looked at together; what is found of them has room on the stack. */
#define ISCC_SEARCH_ROOM 1024u

struct iscc_search {
    const iscc_index *index;
    const struct iscc_plan *plan;
    const uint8_t *queries; /* the digest that is searched for, or the index's own */
    unsigned limit;         /* the radius; `found` may lower it during a scan */
    iscc_pair_function *found;
    void *context;
    bool is_ended;          /* by `found` */
    const uint32_t *labels; /* pairs of the same label are not wanted; NULL: all are */
    /* Pairs of which the sketches match in a part. They wait here until there are many: then the digests, which lie
     * anywhere, come from memory several at a time. */
    size_t waiting;
    uint32_t lefts[ISCC_SEARCH_ROOM]; /* numbers in `queries` */
    uint32_t rights[ISCC_SEARCH_ROOM];
    uint8_t parts[ISCC_SEARCH_ROOM];
};

/* Begins a search. With a plan of tables iscc_search_flush ends it. */
void iscc_search_init(struct iscc_search *search, const iscc_index *index, const uint8_t *queries, unsigned radius,
                      iscc_pair_function *found, void *context);

/*
 * Searches `count` ranges of a part's entries, whose keys are at `distance` from that of the queries. These are
 * `query_count` (at most ISCC_SEARCH_ROOM) sketches, and their numbers. The ranges are used up.
 */
void iscc_search_match(struct iscc_search *search, size_t part, unsigned distance, struct iscc_range *ranges,
                       size_t count, const uint32_t *sketches, const uint32_t *numbers, size_t query_count);

/* Measures what waits, and tells what is near, if no earlier part has found it. */
void iscc_search_flush(struct iscc_search *search);

/* Compares with the digests from `begin` to `end`, at most ISCC_SEARCH_ROOM; leaves out what the first `part_count`
 * parts have found. */
void iscc_search_scan(struct iscc_search *search, uint32_t query, size_t begin, size_t end, size_t part_count);

#endif
