/* SPDX-License-Identifier: Apache-2.0 */
/* Builds the tables of an index. */
#include <stdlib.h>
#include <string.h>

#include "index.h"

/* Digests whose neighbourhood is counted, to see how evenly a table is filled. */
enum { SAMPLES = 256 };

void iscc_index_drop_parts(iscc_index *index)
{
    for (size_t i = 0; i < ISCC_PARTS_MAX; i++) {
        free(index->parts[i].offsets);
        free(index->parts[i].numbers);
        free(index->parts[i].sketches);
    }
    memset(index->parts, 0, sizeof index->parts);
    index->part_count = 0;
}

static bool allocate(struct iscc_part *part, size_t count)
{
    part->offsets = calloc(((size_t)1 << part->width) + 2, sizeof *part->offsets);
    part->numbers = malloc(count * sizeof *part->numbers);
    part->sketches = malloc((count + ISCC_SEARCH_SLACK) * sizeof *part->sketches);
    if (part->offsets == NULL || part->numbers == NULL || part->sketches == NULL)
        return false;
    memset(part->sketches + count, 0, ISCC_SEARCH_SLACK * sizeof *part->sketches);
    return true;
}

/*
 * Entries are sorted in two steps, by the key's first bits and then by the others: each step has so few places to write
 * to that they all stay in the cache, which takes half the time of one step with a place for each key. Between the
 * steps they stand in memory of their own; so that it need not be large, half of them go through it at a time.
 */
enum { FIRST_BITS = 9, FIRST_VALUES = 1 << FIRST_BITS };

struct entry {
    uint32_t key;
    uint32_t number;
    uint32_t sketch;
};

struct sorting {
    struct entry *entries;
    size_t room;    /* there is one entry more, for what is not wanted */
    unsigned shift; /* what is right of the first bits */
    size_t
        ends[FIRST_VALUES]; /* where the entries of each value of the first bits end; before the step, their number */
};

static void count_values(struct sorting *sorting, const struct iscc_part *part, const iscc_index *index)
{
    memset(sorting->ends, 0, sizeof sorting->ends);
    for (size_t i = 0; i < index->count; i++)
        sorting->ends[iscc_part_key(part, index->digests + i * index->size, index->size) >> sorting->shift]++;
}

/* How many values from `first` on go through the memory together: half of all entries, or those of one value. */
static bool take_values(struct sorting *sorting, size_t count, uint32_t values, uint32_t first, uint32_t *last)
{
    size_t entries = sorting->ends[first];
    for (*last = first + 1; *last < values && entries + sorting->ends[*last] <= count / 2 + 1; ++*last)
        entries += sorting->ends[*last];
    if (sorting->entries != NULL && entries <= sorting->room)
        return true;
    if (entries >= SIZE_MAX / sizeof *sorting->entries)
        return false;
    free(sorting->entries);
    sorting->room = entries;
    sorting->entries = malloc((entries + 1) * sizeof *sorting->entries);
    return sorting->entries != NULL;
}

/* The first step, for the values from `first` to before `last`. */
static void sort_roughly(struct sorting *sorting, const struct iscc_part *part, const iscc_index *index, uint32_t first,
                         uint32_t last)
{
    size_t begin = 0;

    for (uint32_t value = first; value < last; value++) {
        const size_t count = sorting->ends[value];
        sorting->ends[value] = begin;
        begin += count;
    }
    for (size_t i = 0; i < index->count; i++) {
        const uint8_t *digest = index->digests + i * index->size;
        const uint32_t key = iscc_part_key(part, digest, index->size);
        const uint32_t value = key >> sorting->shift;
        /* Nobody can predict which values these are: the others are written behind them. */
        const bool is_wanted = value >= first && value < last;
        const size_t place = is_wanted ? sorting->ends[value] : begin;
        sorting->entries[place] = (struct entry){key, (uint32_t)i, iscc_part_sketch(part, digest, index->size)};
        sorting->ends[value] += is_wanted;
    }
}

/* The second step, a counting sort of the keys from `first` to before `last`. While entries are placed, offsets[k + 1]
 * is where the next one of key k goes, and in the end where those of k + 1 begin: so nothing is moved afterwards. */
static void sort_finely(struct iscc_part *part, uint32_t first, uint32_t last, const struct entry *entries,
                        size_t count)
{
    uint32_t *const next = part->offsets + 1;

    for (size_t i = 0; i < count; i++)
        next[entries[i].key + 1]++;
    for (uint32_t key = first + 1; key <= last; key++)
        next[key] += next[key - 1];
    for (size_t i = 0; i < count; i++) {
        const uint32_t place = next[entries[i].key]++;
        part->numbers[place] = entries[i].number;
        part->sketches[place] = entries[i].sketch;
    }
}

/* Fills a part's tables. False if memory is short. */
static bool fill(struct sorting *sorting, struct iscc_part *part, const iscc_index *index)
{
    uint32_t last;

    sorting->shift = part->width > FIRST_BITS ? part->width - FIRST_BITS : 0;
    count_values(sorting, part, index);
    for (uint32_t first = 0; first < UINT32_C(1) << (part->width - sorting->shift); first = last) {
        size_t begin = 0;
        if (!take_values(sorting, index->count, UINT32_C(1) << (part->width - sorting->shift), first, &last))
            return false;
        sort_roughly(sorting, part, index, first, last);
        for (uint32_t value = first; value < last; value++) {
            sort_finely(part, value << sorting->shift, (value + 1) << sorting->shift, sorting->entries + begin,
                        sorting->ends[value] - begin);
            begin = sorting->ends[value];
        }
    }
    return true;
}

static double entries_at(const struct iscc_part *part, uint32_t key)
{
    return part->offsets[key + 1] - part->offsets[key];
}

/* Counts what is within distance 0, 1 and 2 of some digests in this part; what is within 3 grows from there as it does
 * where digests are evenly spread. */
static void take_samples(struct iscc_part *part, const uint8_t *digests, size_t size, size_t count)
{
    const size_t samples = count < SAMPLES ? count : SAMPLES;
    double sums[3] = {0};

    for (size_t i = 0; i < samples; i++) {
        const size_t number = i * (count / samples);
        const uint32_t key = iscc_part_key(part, digests + number * size, size);
        sums[0] += entries_at(part, key);
        for (unsigned high = 0; high < part->width; high++) {
            const uint32_t neighbour = key ^ UINT32_C(1) << high;
            sums[1] += entries_at(part, neighbour);
            for (unsigned low = 0; low < high; low++)
                sums[2] += entries_at(part, neighbour ^ UINT32_C(1) << low);
        }
    }
    part->populations[0] = sums[0] / (double)samples;
    part->populations[1] = part->populations[0] + sums[1] / (double)samples;
    part->populations[2] = part->populations[1] + sums[2] / (double)samples;
    part->populations[3] = part->populations[2] + sums[2] / (double)samples * ((double)part->width - 2) / 3;
}

iscc_status iscc_index_build_parts(iscc_index *index, size_t part_count)
{
    const size_t bits = 8 * index->size;
    struct sorting sorting = {0};

    iscc_index_drop_parts(index);
    if (part_count == 0 || index->count == 0)
        return ISCC_OK;
    iscc_plan_layout(index->parts, part_count, bits, index->count);
    for (size_t i = 0; i < part_count; i++) {
        struct iscc_part *part = &index->parts[i];
        if (!allocate(part, index->count) || !fill(&sorting, part, index)) {
            free(sorting.entries);
            iscc_index_drop_parts(index);
            return ISCC_ERROR_MEMORY;
        }
        take_samples(part, index->digests, index->size, index->count);
    }
    free(sorting.entries);
    for (unsigned radius = 0; radius < ISCC_PLANS; radius++)
        iscc_plan_make(index->parts, part_count, bits, index->count, radius, &index->plans[radius]);
    index->part_count = part_count;
    return ISCC_OK;
}

iscc_status iscc_index_build(iscc_index *index, unsigned radius)
{
    if (index == NULL)
        return ISCC_ERROR_ARGUMENT;
    return iscc_index_build_parts(index, iscc_plan_parts(8 * index->size, index->count, radius));
}
