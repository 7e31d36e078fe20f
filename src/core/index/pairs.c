/* SPDX-License-Identifier: Apache-2.0 */
/* Finds all pairs of near digests in an index, with its tables or by a scan, which compares all with all. */
#include "index/search.h"

/* A scan compares SCAN_ROWS digests with a tile of SCAN_TILE others, which stays in the first-level cache. */
enum { SCAN_ROWS = 64, SCAN_TILE = ISCC_SEARCH_BATCH };

/* The caller's function, which wants the smaller number first. */
struct ordered {
    iscc_pair_function *found;
    void *context;
};

static int report_ordered(void *context, uint32_t first, uint32_t second, unsigned distance)
{
    const struct ordered *ordered = context;
    return first < second ? ordered->found(ordered->context, first, second, distance)
                          : ordered->found(ordered->context, second, first, distance);
}

/* ---- With tables ---- */

/*
 * Matches the entries [begin, end), which all have the key `key`, with the entries of the greater keys within the
 * part's radius, and each with the later entries of its own key. So each pair of entries is matched once.
 */
static void search_around(struct iscc_search *search, size_t number, uint32_t key, uint32_t begin, uint32_t end)
{
    const struct iscc_part *part = &search->index->parts[number];
    const uint32_t keys = UINT32_C(1) << part->width;
    struct iscc_range ranges[ISCC_PART_PROBES_MAX];

    for (uint32_t entry = begin; entry < end && entry + 1 < part->offsets[key + 1]; entry++) {
        ranges[0] = (struct iscc_range){entry + 1, part->offsets[key + 1]};
        iscc_search_match(search, number, 0, ranges, 1, part->sketches + entry, part->numbers + entry, 1);
    }
    for (unsigned distance = 1; (int)distance <= search->plan->radii[number] && distance <= search->limit; distance++) {
        size_t count = 0;
        for (uint32_t mask = (UINT32_C(1) << distance) - 1; mask < keys; mask = iscc_next_mask(mask)) {
            const uint32_t other = key ^ mask;
            if (other < key)
                continue;
            ranges[count] = (struct iscc_range){part->offsets[other], part->offsets[other + 1]};
            __builtin_prefetch(part->sketches + ranges[count].begin);
            count += ranges[count].end > ranges[count].begin;
        }
        iscc_search_match(search, number, distance, ranges, count, part->sketches + begin, part->numbers + begin,
                          end - begin);
    }
}

/* The key of an entry, by binary search. */
static uint32_t find_key(const struct iscc_part *part, uint32_t entry)
{
    uint32_t low = 0;
    uint32_t high = UINT32_C(1) << part->width;
    while (high - low > 1) {
        const uint32_t middle = low + (high - low) / 2;
        if (part->offsets[middle] <= entry)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* Searches around the entries [begin, end) of one part. */
static void search_part(struct iscc_search *search, size_t number, uint32_t begin, uint32_t end)
{
    const struct iscc_part *part = &search->index->parts[number];

    if (begin == end || search->plan->radii[number] < 0)
        return;
    for (uint32_t key = find_key(part, begin); begin < end; key++) {
        const uint32_t key_end = part->offsets[key + 1] < end ? part->offsets[key + 1] : end;
        while (begin < key_end) {
            const uint32_t next = key_end - begin < ISCC_QUERIES_MAX ? key_end : begin + ISCC_QUERIES_MAX;
            search_around(search, number, key, begin, next);
            if (search->is_ended)
                return;
            begin = next;
        }
    }
}

/* ---- By a scan ---- */

/* Compares a digest with those of [begin, end), where numbers from `count` on wrap around to 0. */
static void scan_row(struct iscc_search *search, size_t row, size_t begin, size_t end)
{
    const size_t count = search->index->count;

    if (begin < end && begin < count)
        iscc_search_scan(search, (uint32_t)row, begin, end < count ? end : count, 0);
    if (begin < end && end > count && !search->is_ended)
        iscc_search_scan(search, (uint32_t)row, begin > count ? begin - count : 0, end - count, 0);
}

/* Whether all digests of [begin, end), with the same wrap-around, have the same label. */
static bool have_one_label(const struct iscc_search *search, size_t begin, size_t end, uint32_t *label)
{
    const size_t count = search->index->count;

    if (search->labels == NULL)
        return false;
    *label = search->labels[begin % count];
    while (++begin < end)
        if (search->labels[begin < count ? begin : begin - count] != *label)
            return false;
    return true;
}

/* Compares the digests [begin, end) with a tile of those that follow. */
static void scan_tile(struct iscc_search *search, size_t begin, size_t end, size_t tile)
{
    const size_t count = search->index->count;
    const size_t tile_end = tile + SCAN_TILE < end + count / 2 ? tile + SCAN_TILE : end + count / 2;
    uint32_t label;

    const bool one_label = have_one_label(search, tile, tile_end, &label);
    for (size_t row = begin; row < end && !search->is_ended; row++) {
        const size_t others_end = row + 1 + (row < count / 2 ? count / 2 : (count - 1) / 2);
        if (!one_label || search->labels[row] != label)
            scan_row(search, row, tile > row + 1 ? tile : row + 1, tile_end < others_end ? tile_end : others_end);
    }
}

/*
 * Compares each of the digests [begin, end) with the half of all others that follows it, so that each pair is compared
 * once and every digest costs the same. If the number of others is odd, the digests in the first half have one more.
 */
static void scan_rows(struct iscc_search *search, size_t begin, size_t end)
{
    const size_t count = search->index->count;

    for (size_t rows = begin; rows < end; rows += SCAN_ROWS) {
        const size_t rows_end = rows + SCAN_ROWS < end ? rows + SCAN_ROWS : end;
        for (size_t tile = rows + 1; tile < rows_end + count / 2 && !search->is_ended; tile += SCAN_TILE)
            scan_tile(search, rows, rows_end, tile);
    }
}

/* The first of `total` digests that belongs to a slice. */
static size_t slice_begin(size_t total, size_t slice, size_t slices)
{
    return total / slices * slice + (total % slices < slice ? total % slices : slice);
}

iscc_status iscc_index_pairs_across(const iscc_index *index, unsigned radius, const uint32_t *labels, size_t slice,
                                    size_t slices, iscc_pair_function *found, void *context)
{
    if (index == NULL || found == NULL || slice >= slices)
        return ISCC_ERROR_ARGUMENT;
    struct ordered ordered = {found, context};
    const size_t begin = slice_begin(index->count, slice, slices);
    const size_t end = slice_begin(index->count, slice + 1, slices);
    struct iscc_search search;

    iscc_search_init(&search, index, index->digests, radius, report_ordered, &ordered);
    search.labels = labels;
    if (search.plan->is_scan)
        scan_rows(&search, begin, end);
    for (size_t i = 0; i < index->part_count && !search.plan->is_scan && !search.is_ended; i++)
        search_part(&search, i, (uint32_t)begin, (uint32_t)end);
    if (!search.is_ended)
        iscc_search_flush(&search);
    return ISCC_OK;
}

iscc_status iscc_index_pairs(const iscc_index *index, unsigned radius, size_t slice, size_t slices,
                             iscc_pair_function *found, void *context)
{
    return iscc_index_pairs_across(index, radius, NULL, slice, slices, found, context);
}
