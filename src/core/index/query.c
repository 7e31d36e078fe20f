/* SPDX-License-Identifier: Apache-2.0 */
/* Searches an index for one digest, with the tables or by a scan. */
#include "index/query.h"

/* Ranges of a batch: the entries of one part whose keys are at one distance from that of the digest. */
struct group {
    size_t part;
    unsigned distance;
    size_t begin;
    size_t end;
};

/* Ranges that are looked up and prefetched together, so that the first ones have arrived from memory by the time the
 * last one is looked up. A batch of up to ISCC_PART_PROBES_MAX ranges can still hold those of one more part. */
struct batch {
    struct iscc_range ranges[2 * ISCC_PART_PROBES_MAX];
    size_t count;
    struct group groups[ISCC_PARTS_MAX * (ISCC_PART_RADIUS_MAX + 1)];
    size_t group_count;
    double cost; /* of all entries looked up so far, in this batch and before */
};

/* Adds the ranges of all keys at one distance, and returns the number of their entries. */
static size_t add_ranges(struct batch *batch, const struct iscc_part *part, uint32_t key, unsigned distance)
{
    const uint32_t keys = UINT32_C(1) << part->width;
    uint32_t mask = (UINT32_C(1) << distance) - 1;
    size_t entries = 0;

    while (mask < keys) {
        const uint32_t *offsets = part->offsets + (key ^ mask);
        const struct iscc_range range = {offsets[0], offsets[1]};
        batch->ranges[batch->count] = range;
        batch->count += range.end > range.begin;
        entries += range.end - range.begin;
        __builtin_prefetch(part->sketches + range.begin);
        if (mask == 0)
            break;
        mask = iscc_next_mask(mask);
    }
    return entries;
}

static void flush(struct iscc_search *search, struct batch *batch)
{
    static const uint32_t number = 0;

    for (size_t i = 0; i < batch->group_count && !search->is_ended; i++) {
        const struct group *group = &batch->groups[i];
        const uint32_t sketch =
            iscc_part_sketch(&search->index->parts[group->part], search->queries, search->index->size);
        iscc_search_match(search, group->part, group->distance, batch->ranges + group->begin, group->end - group->begin,
                          &sketch, &number, 1);
    }
    batch->count = 0;
    batch->group_count = 0;
}

/* Looks up all keys of a part. If they have so many entries that all so far cost more than a scan, adds none of them
 * and returns false. */
static bool add_part(struct iscc_search *search, struct batch *batch, size_t number)
{
    const iscc_index *index = search->index;
    const struct iscc_part *part = &index->parts[number];
    const uint32_t key = iscc_part_key(part, search->queries, index->size);
    const size_t groups_before = batch->group_count;
    double cost = batch->cost;

    for (unsigned distance = 0; (int)distance <= search->plan->radii[number] && distance <= search->limit; distance++) {
        struct group *group = &batch->groups[batch->group_count++];
        *group = (struct group){.part = number, .distance = distance, .begin = batch->count};
        const size_t entries = add_ranges(batch, part, key, distance);
        cost += iscc_plan_entries_cost(part, search->limit, distance, (double)entries, 1);
        group->end = batch->count;
    }
    if (cost <= iscc_plan_scan_cost(8 * index->size, index->count)) {
        batch->cost = cost;
        return true;
    }
    batch->group_count = groups_before;
    return false;
}

/* Searches part by part. Returns the number of parts searched: all, or those before a scan became cheaper. */
static size_t search_parts(struct iscc_search *search)
{
    const iscc_index *index = search->index;
    struct batch batch;
    size_t done = 0;

    batch.count = 0;
    batch.group_count = 0;
    batch.cost = 0;
    for (; done < index->part_count; done++) {
        if (batch.count > ISCC_PART_PROBES_MAX)
            flush(search, &batch);
        if (!add_part(search, &batch, done))
            break;
    }
    flush(search, &batch);
    iscc_search_flush(search);
    return done;
}

void iscc_query_scan(struct iscc_search *search, size_t part_count)
{
    const size_t count = search->index->count;
    for (size_t begin = 0; begin < count && !search->is_ended; begin += ISCC_SEARCH_BATCH)
        iscc_search_scan(search, 0, begin, begin + ISCC_SEARCH_BATCH < count ? begin + ISCC_SEARCH_BATCH : count,
                         part_count);
}

void iscc_query_run(struct iscc_search *search)
{
    size_t done = 0;
    if (!search->plan->is_scan)
        done = search_parts(search);
    if (search->plan->is_scan || done < search->index->part_count)
        iscc_query_scan(search, done);
}

iscc_status iscc_index_each(const iscc_index *index, const void *digest, unsigned radius, iscc_pair_function *found,
                            void *context)
{
    if (index == NULL || digest == NULL || found == NULL)
        return ISCC_ERROR_ARGUMENT;
    struct iscc_search search;
    iscc_search_init(&search, index, digest, radius, found, context);
    iscc_query_run(&search);
    return ISCC_OK;
}
