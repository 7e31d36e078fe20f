/* SPDX-License-Identifier: Apache-2.0 */
/* Searches that return the nearest hits, sorted. */
#include "index/query.h"

/* The best hits so far, as a heap whose root is the worst of them, which the next better hit replaces. In the end a
 * heapsort puts them in order. */
struct best {
    struct iscc_hit *hits;
    size_t capacity;
    size_t used;
    size_t count;               /* of all hits found so far, the best and the others */
    struct iscc_search *search; /* if not NULL, its limit is lowered to the distance of the worst hit */
};

static bool is_worse(struct iscc_hit a, struct iscc_hit b)
{
    return a.distance != b.distance ? a.distance > b.distance : a.number > b.number;
}

/* Inserts a hit at the free node `node` or below it, moving worse ones up. */
static void sift_down(struct iscc_hit *hits, size_t used, size_t node, struct iscc_hit hit)
{
    for (size_t child; (child = 2 * node + 1) < used; node = child) {
        if (child + 1 < used && is_worse(hits[child + 1], hits[child]))
            child++;
        if (!is_worse(hits[child], hit))
            break;
        hits[node] = hits[child];
    }
    hits[node] = hit;
}

/* Inserts a hit at the free node `node` or above it, moving better ones down. */
static void sift_up(struct iscc_hit *hits, size_t node, struct iscc_hit hit)
{
    for (size_t parent; node > 0 && is_worse(hit, hits[parent = (node - 1) / 2]); node = parent)
        hits[node] = hits[parent];
    hits[node] = hit;
}

static int add_hit(void *context, uint32_t first, uint32_t second, unsigned distance)
{
    struct best *best = context;
    const struct iscc_hit hit = {second, distance};

    (void)first;
    best->count++;
    if (best->used < best->capacity)
        sift_up(best->hits, best->used++, hit);
    else if (best->capacity > 0 && is_worse(best->hits[0], hit))
        sift_down(best->hits, best->used, 0, hit);
    if (best->search != NULL && best->used == best->capacity)
        best->search->limit = best->hits[0].distance;
    return 0;
}

static void sort_best(struct best *best)
{
    for (size_t used = best->used; used > 1; used--) {
        const struct iscc_hit last = best->hits[used - 1];
        best->hits[used - 1] = best->hits[0];
        sift_down(best->hits, used - 1, 0, last);
    }
}

iscc_status iscc_index_query(const iscc_index *index, const void *digest, unsigned radius, struct iscc_hit *hits,
                             size_t capacity, size_t *count)
{
    if (index == NULL || digest == NULL || (hits == NULL && capacity > 0) || count == NULL)
        return ISCC_ERROR_ARGUMENT;
    struct best best = {.hits = hits, .capacity = capacity};
    const iscc_status status = iscc_index_each(index, digest, radius, add_hit, &best);
    sort_best(&best);
    *count = best.count;
    return status;
}

/* Searches the tables with increasing radii, each of which adds one bit to the radius of every part, until there are
 * enough hits; the best of them are then the nearest of all. Returns false when a scan is faster, which it is from the
 * start if there are no tables. */
static bool find_in_tables(const iscc_index *index, const uint8_t *digest, struct best *best)
{
    struct iscc_search search;

    for (size_t reach = index->part_count;; reach += index->part_count) {
        iscc_search_init(&search, index, digest, (unsigned)reach - 1, add_hit, best);
        if (search.plan->is_scan)
            return false;
        best->used = 0;
        best->count = 0;
        iscc_query_run(&search);
        if (best->count >= best->capacity)
            return true;
    }
}

/* Scans all digests. The limit falls to the distance of the worst of the best hits, so that fewer and fewer match. */
static void find_by_scan(const iscc_index *index, const uint8_t *digest, struct best *best)
{
    struct iscc_search scan;

    iscc_search_init(&scan, index, digest, 8 * (unsigned)index->size, add_hit, best);
    best->used = 0;
    best->search = &scan;
    iscc_query_scan(&scan, 0);
    best->search = NULL;
}

iscc_status iscc_index_nearest(const iscc_index *index, const void *digest, struct iscc_hit *hits, size_t capacity,
                               size_t *count)
{
    if (index == NULL || digest == NULL || (hits == NULL && capacity > 0) || count == NULL)
        return ISCC_ERROR_ARGUMENT;
    struct best best = {.hits = hits, .capacity = capacity};
    if (capacity > 0 && !find_in_tables(index, digest, &best))
        find_by_scan(index, digest, &best);
    sort_best(&best);
    *count = best.used;
    return ISCC_OK;
}
