/* SPDX-License-Identifier: Apache-2.0 */
/* Matches of sketches become pairs of near digests, each told once. */
#include "index/search.h"

void iscc_search_init(struct iscc_search *search, const iscc_index *index, const uint8_t *queries, unsigned radius,
                      iscc_pair_function *found, void *context)
{
    /* The arrays stay as they are. */
    search->index = index;
    search->plan = iscc_plan_of(index, radius);
    search->queries = queries;
    search->limit = radius;
    search->found = found;
    search->context = context;
    search->is_ended = false;
    search->labels = NULL;
    search->waiting = 0;
}

static bool is_wanted(const struct iscc_search *search, uint32_t left, uint32_t right)
{
    return search->labels == NULL || search->labels[left] != search->labels[right];
}

/* Whether two digests are within its radius in one of the first parts: then they have been found there. */
static bool is_repeated(const struct iscc_search *search, size_t part_count, const uint8_t *a, const uint8_t *b)
{
    for (size_t i = 0; i < part_count; i++) {
        const struct iscc_part *part = &search->index->parts[i];
        const uint32_t left = iscc_part_key(part, a, search->index->size);
        const uint32_t right = iscc_part_key(part, b, search->index->size);
        if (__builtin_popcount(left ^ right) <= search->plan->radii[i])
            return true;
    }
    return false;
}

void iscc_search_flush(struct iscc_search *search)
{
    const iscc_index *index = search->index;
    const size_t size = index->size;
    uint16_t distances[ISCC_SEARCH_ROOM];

    index->kernels->measure_pairs(search->queries, search->lefts, index->digests, search->rights, size, search->waiting,
                                  distances);
    for (size_t i = 0; i < search->waiting && !search->is_ended; i++)
        if (distances[i] <= search->limit &&
            !is_repeated(search, search->parts[i], search->queries + search->lefts[i] * size,
                         index->digests + search->rights[i] * size))
            search->is_ended = search->found(search->context, search->lefts[i], search->rights[i], distances[i]) != 0;
    search->waiting = 0;
}

/* Puts matches with the others that wait. */
static void add_matches(struct iscc_search *search, size_t part, const uint32_t *numbers, const uint32_t *found,
                        const uint32_t *places, size_t matches)
{
    const uint32_t *entries = search->index->parts[part].numbers;

    if (search->waiting + matches > ISCC_SEARCH_ROOM)
        iscc_search_flush(search);
    for (size_t i = 0; i < matches; i++) {
        const uint32_t left = numbers[found[i]];
        const uint32_t right = entries[places[i]];
        search->lefts[search->waiting] = left;
        search->rights[search->waiting] = right;
        search->parts[search->waiting] = (uint8_t)part;
        search->waiting += is_wanted(search, left, right);
    }
}

void iscc_search_match(struct iscc_search *search, size_t part, unsigned distance, struct iscc_range *ranges,
                       size_t count, const uint32_t *sketches, const uint32_t *numbers, size_t query_count)
{
    const size_t room = ISCC_SEARCH_ROOM / query_count;
    uint32_t found[ISCC_SEARCH_ROOM + ISCC_SEARCH_SLACK];
    uint32_t places[ISCC_SEARCH_ROOM + ISCC_SEARCH_SLACK];

    for (struct iscc_range *end = ranges + count; ranges != end && !search->is_ended;) {
        struct iscc_range first = *ranges; /* as much of it as there is room for */
        size_t taken = 0;
        size_t entries = 0;
        while (ranges + taken != end && entries + ranges[taken].end - ranges[taken].begin <= room) {
            entries += ranges[taken].end - ranges[taken].begin;
            taken++;
        }
        if (taken == 0) {
            first.end = first.begin + (uint32_t)room;
            ranges->begin = first.end;
        }
        const size_t matches = search->index->kernels->match_sketches(
            search->index->parts[part].sketches, taken == 0 ? &first : ranges, taken == 0 ? 1 : taken, sketches,
            query_count, search->limit - distance, found, places);
        add_matches(search, part, numbers, found, places, matches);
        ranges += taken;
    }
}

void iscc_search_scan(struct iscc_search *search, uint32_t query, size_t begin, size_t end, size_t part_count)
{
    const iscc_index *index = search->index;
    const uint8_t *digest = search->queries + query * index->size;
    const uint8_t *digests = index->digests + begin * index->size;
    uint32_t numbers[ISCC_SEARCH_ROOM + ISCC_SEARCH_SLACK];

    const size_t near = index->kernels->find_near(digests, index->size, end - begin, digest, search->limit, numbers);
    for (size_t i = 0; i < near && !search->is_ended; i++) {
        const uint32_t number = (uint32_t)begin + numbers[i];
        const uint8_t *other = digests + numbers[i] * index->size;
        if (!is_wanted(search, query, number) || is_repeated(search, part_count, digest, other))
            continue;
        const unsigned distance = index->kernels->hamming(digest, other, index->size);
        search->is_ended = search->found(search->context, query, number, distance) != 0;
    }
}
