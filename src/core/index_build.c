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
 * to that they all stay in the cache, which takes half the time of one step with a place for each key.
 */
enum { FIRST_BITS = 9 };

struct entry {
    uint32_t key;
    uint32_t number;
    uint32_t sketch;
};

/* The first step: `ends` gets where the entries of each value of the first bits end. */
static void sort_roughly(const struct iscc_part *part, const iscc_index *index, unsigned shift, struct entry *entries,
                         size_t ends[(size_t)1 << FIRST_BITS])
{
    size_t begin = 0;

    memset(ends, 0, sizeof *ends << FIRST_BITS);
    for (size_t i = 0; i < index->count; i++)
        ends[iscc_part_key(part, index->digests + i * index->size, index->size) >> shift]++;
    for (size_t i = 0; i < (size_t)1 << FIRST_BITS; i++) {
        const size_t count = ends[i];
        ends[i] = begin;
        begin += count;
    }
    for (size_t i = 0; i < index->count; i++) {
        const uint8_t *digest = index->digests + i * index->size;
        const uint32_t key = iscc_part_key(part, digest, index->size);
        entries[ends[key >> shift]++] = (struct entry){key, (uint32_t)i, iscc_part_sketch(part, digest, index->size)};
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

/* Fills a part's tables. `entries` has room for all. */
static void fill(struct iscc_part *part, const iscc_index *index, struct entry *entries)
{
    const unsigned shift = part->width > FIRST_BITS ? part->width - FIRST_BITS : 0;
    size_t ends[(size_t)1 << FIRST_BITS];
    size_t begin = 0;

    sort_roughly(part, index, shift, entries, ends);
    for (uint32_t i = 0; i < UINT32_C(1) << (part->width - shift); i++) {
        sort_finely(part, i << shift, (i + 1) << shift, entries + begin, ends[i] - begin);
        begin = ends[i];
    }
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
    struct entry *entries = NULL;
    iscc_status status = ISCC_ERROR_MEMORY;

    iscc_index_drop_parts(index);
    if (part_count == 0 || index->count == 0)
        return ISCC_OK;
    if (index->count <= SIZE_MAX / sizeof *entries)
        entries = malloc(index->count * sizeof *entries);
    iscc_plan_layout(index->parts, part_count, bits, index->count);
    for (size_t i = 0; i < part_count; i++) {
        struct iscc_part *part = &index->parts[i];
        if (entries == NULL || !allocate(part, index->count))
            goto out;
        fill(part, index, entries);
        take_samples(part, index->digests, index->size, index->count);
    }
    for (unsigned radius = 0; radius < ISCC_PLANS; radius++)
        iscc_plan_make(index->parts, part_count, bits, index->count, radius, &index->plans[radius]);
    index->part_count = part_count;
    status = ISCC_OK;
out:
    if (status != ISCC_OK)
        iscc_index_drop_parts(index);
    free(entries);
    return status;
}

iscc_status iscc_index_build(iscc_index *index, unsigned radius)
{
    if (index == NULL)
        return ISCC_ERROR_ARGUMENT;
    return iscc_index_build_parts(index, iscc_plan_parts(8 * index->size, index->count, radius));
}
