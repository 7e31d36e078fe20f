/* SPDX-License-Identifier: Apache-2.0 */
/* Searches the tables of an index for one digest, or compares it with all others. */
#include "index/query.h"

/* Ranges of entries of one part, all at the same distance from the digest's key. */
struct group {
    size_t part;
    unsigned distance;
    size_t begin;
    size_t end;
};

/* Looked up ahead: while the entries of the last range are on their way from memory, the first ones have come. There is
 * room for the ranges of one more part, however many it has. */
struct batch {
    struct iscc_range ranges[2 * ISCC_PART_PROBES_MAX];
    size_t count;
    struct group groups[ISCC_PARTS_MAX * (ISCC_PART_RADIUS_MAX + 1)];
    size_t group_count;
    double cost; /* of all entries that were looked up */
};

/* Adds the ranges of all keys at one distance. Returns the number of their entries. */
static size_t look_up(struct batch *batch, const struct iscc_part *part, uint32_t key, unsigned distance)
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

/* Looks all keys of a part up. False, and no group is added, where so many digests share them that with those of the
 * parts before they cost more than a scan. */
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
        const size_t entries = look_up(batch, part, key, distance);
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

/* Searches part by part. Returns how many were: all, or those before one that is worse than a scan. */
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
    for (size_t begin = 0; begin < count && !search->is_ended; begin += ISCC_SEARCH_ROOM)
        iscc_search_scan(search, 0, begin, begin + ISCC_SEARCH_ROOM < count ? begin + ISCC_SEARCH_ROOM : count,
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
