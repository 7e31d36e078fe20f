/* SPDX-License-Identifier: Apache-2.0 */
/* Turns matches of sketches into pairs of near digests, and reports each once. */
#include "index/search.h"

void iscc_search_init(struct iscc_search *search, const iscc_index *index, const uint8_t *queries, unsigned radius,
                      iscc_pair_function *found, void *context)
{
    /* Member by member, because the arrays need no initialization. */
    search->index = index;
    search->plan = iscc_plan_of(index, radius);
    search->queries = queries;
    search->limit = radius;
    search->found = found;
    search->context = context;
    search->is_ended = false;
    search->labels = NULL;
    search->pending = 0;
}

static bool is_wanted(const struct iscc_search *search, uint32_t left, uint32_t right)
{
    return search->labels == NULL || search->labels[left] != search->labels[right];
}

/* Whether one of the first `part_count` parts finds two digests, because they are within its radius there. */
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
    uint16_t distances[ISCC_SEARCH_BATCH];

    index->kernels->measure_pairs(search->queries, search->lefts, index->digests, search->rights, size, search->pending,
                                  distances);
    for (size_t i = 0; i < search->pending && !search->is_ended; i++)
        if (distances[i] <= search->limit &&
            !is_repeated(search, search->parts[i], search->queries + search->lefts[i] * size,
                         index->digests + search->rights[i] * size))
            search->is_ended = search->found(search->context, search->lefts[i], search->rights[i], distances[i]) != 0;
    search->pending = 0;
}

/* Adds the matches of wanted pairs to the pending ones. */
static void add_matches(struct iscc_search *search, size_t part, const uint32_t *numbers, const uint32_t *query_numbers,
                        const uint32_t *positions, size_t matches)
{
    const uint32_t *entries = search->index->parts[part].numbers;

    if (search->pending + matches > ISCC_SEARCH_BATCH)
        iscc_search_flush(search);
    for (size_t i = 0; i < matches; i++) {
        const uint32_t left = numbers[query_numbers[i]];
        const uint32_t right = entries[positions[i]];
        search->lefts[search->pending] = left;
        search->rights[search->pending] = right;
        search->parts[search->pending] = (uint8_t)part;
        search->pending += is_wanted(search, left, right);
    }
}

void iscc_search_match(struct iscc_search *search, size_t part, unsigned distance, struct iscc_range *ranges,
                       size_t count, const uint32_t *sketches, const uint32_t *numbers, size_t query_count)
{
    const size_t entries_max = ISCC_SEARCH_BATCH / query_count;
    uint32_t query_numbers[ISCC_SEARCH_BATCH + ISCC_SEARCH_SLACK];
    uint32_t positions[ISCC_SEARCH_BATCH + ISCC_SEARCH_SLACK];

    for (struct iscc_range *end = ranges + count; ranges != end && !search->is_ended;) {
        struct iscc_range part_of_first = *ranges; /* searched alone if the first range is too long */
        size_t range_count = 0;
        size_t entries = 0;
        while (ranges + range_count != end &&
               entries + ranges[range_count].end - ranges[range_count].begin <= entries_max) {
            entries += ranges[range_count].end - ranges[range_count].begin;
            range_count++;
        }
        if (range_count == 0) {
            part_of_first.end = part_of_first.begin + (uint32_t)entries_max;
            ranges->begin = part_of_first.end;
        }
        const size_t matches = search->index->kernels->match_sketches(
            search->index->parts[part].sketches, range_count == 0 ? &part_of_first : ranges,
            range_count == 0 ? 1 : range_count, sketches, query_count, search->limit - distance, query_numbers,
            positions);
        add_matches(search, part, numbers, query_numbers, positions, matches);
        ranges += range_count;
    }
}

void iscc_search_scan(struct iscc_search *search, uint32_t query, size_t begin, size_t end, size_t part_count)
{
    const iscc_index *index = search->index;
    const uint8_t *digest = search->queries + query * index->size;
    const uint8_t *digests = index->digests + begin * index->size;
    uint32_t numbers[ISCC_SEARCH_BATCH + ISCC_SEARCH_SLACK];

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
