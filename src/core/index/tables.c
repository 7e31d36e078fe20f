/* SPDX-License-Identifier: Apache-2.0 */
/* Builds the tables of an index. */
#include <stdlib.h>
#include <string.h>

#include "index/tables.h"

/* Sampled digests whose neighbours are counted, to estimate how evenly a table is filled; those whose sketches are
 * compared as well; and the entries of each key that these are compared with. */
enum { SAMPLES = 256, SKETCH_SAMPLES = 64, SKETCH_ENTRIES = 8 };

void iscc_tables_drop(iscc_index *index)
{
    for (size_t i = 0; i < ISCC_PARTS_MAX; i++) {
        free(index->parts[i].offsets);
        free(index->parts[i].numbers);
        free(index->parts[i].sketches);
    }
    memset(index->parts, 0, sizeof index->parts);
    index->part_count = 0;
}

size_t iscc_tables_memory(const iscc_index *index)
{
    size_t words = 0;
    for (size_t i = 0; i < index->part_count; i++)
        words += ((size_t)1 << index->parts[i].width) + 2 + 2 * index->count + ISCC_SEARCH_SLACK;
    return words * sizeof(uint32_t);
}

/* Sets the shares that random sketches would have: the distribution of the distance is binomial. */
static void assume_shares(struct iscc_part *part)
{
    double binomial = 1;
    double sum = 0;
    for (unsigned i = 0; i < part->sketch_bits; i++)
        binomial /= 2;
    for (unsigned i = 0; i <= part->sketch_bits; i++) {
        sum += binomial;
        for (unsigned distance = 0; distance <= ISCC_PART_RADIUS_MAX; distance++)
            part->shares[distance][i] = sum;
        binomial *= (double)(part->sketch_bits - i) / (i + 1);
    }
}

/* The largest width of a part: it has no more values than there are digests. */
static unsigned width_max(size_t count)
{
    unsigned width = 1;
    while (width < ISCC_PART_WIDTH_MAX && (size_t)2 << width <= count)
        width++;
    return width;
}

void iscc_tables_layout(struct iscc_part parts[], size_t part_count, size_t bits, size_t count)
{
    const unsigned limit = width_max(count);

    for (size_t i = 0; i < part_count; i++) {
        const size_t start = i * bits / part_count;
        const size_t width = (i + 1) * bits / part_count - start;
        parts[i].start = (unsigned)start;
        parts[i].width = width < limit ? (unsigned)width : limit;
        parts[i].sketch_bits = (unsigned)bits - parts[i].width;
        if (parts[i].sketch_bits > ISCC_SKETCH_BITS)
            parts[i].sketch_bits = ISCC_SKETCH_BITS;
        assume_shares(&parts[i]);
    }
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
 * Entries are sorted in two passes, by the first bits of the key and then by the others. Each pass writes to so few
 * places at a time that they stay in the cache, which takes half as long as a single counting sort. Between the passes
 * the entries are in a temporary buffer. To keep it small, the values of the first bits are processed in batches of
 * about half of the entries.
 */
enum { FIRST_BITS = 9, FIRST_VALUES = 1 << FIRST_BITS };

struct entry {
    uint32_t key;
    uint32_t number;
    uint32_t sketch;
};

struct sorting {
    struct entry *entries;
    size_t capacity; /* of `entries`, not counting one more that receives unwanted entries */
    unsigned shift;  /* number of key bits after the first ones */
    /* The number of entries of each value of the first bits; in the first pass, where they end in the buffer. */
    size_t ends[FIRST_VALUES];
};

static void count_values(struct sorting *sorting, const struct iscc_part *part, const iscc_index *index)
{
    memset(sorting->ends, 0, sizeof sorting->ends);
    for (size_t i = 0; i < index->count; i++)
        sorting->ends[iscc_part_key(part, index->digests + i * index->size, index->size) >> sorting->shift]++;
}

/* Sets `last` to the end of the batch of values that starts with `first`: about half of all entries, but at least one
 * value. Returns false if there is no memory for its entries. */
static bool choose_batch(struct sorting *sorting, size_t count, uint32_t values, uint32_t first, uint32_t *last)
{
    size_t entries = sorting->ends[first];
    for (*last = first + 1; *last < values && entries + sorting->ends[*last] <= count / 2 + 1; ++*last)
        entries += sorting->ends[*last];
    if (sorting->entries != NULL && entries <= sorting->capacity)
        return true;
    if (entries >= SIZE_MAX / sizeof *sorting->entries)
        return false;
    free(sorting->entries);
    sorting->capacity = entries;
    sorting->entries = malloc((entries + 1) * sizeof *sorting->entries);
    return sorting->entries != NULL;
}

/* The first pass, for the values [first, last). */
static void sort_by_first_bits(struct sorting *sorting, const struct iscc_part *part, const iscc_index *index,
                               uint32_t first, uint32_t last)
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
        /* Without a branch, which could not be predicted: unwanted entries are stored after the others. */
        const bool is_wanted = value >= first && value < last;
        const size_t position = is_wanted ? sorting->ends[value] : begin;
        sorting->entries[position] = (struct entry){key, (uint32_t)i, iscc_part_sketch(part, digest, index->size)};
        sorting->ends[value] += is_wanted;
    }
}

/* The second pass, a counting sort of the keys [first, last). While entries are stored, offsets[k + 1] is the position
 * of the next one of key k. In the end that is where key k + 1 starts, so the offsets need no shift afterwards. */
static void sort_by_key(struct iscc_part *part, uint32_t first, uint32_t last, const struct entry *entries,
                        size_t count)
{
    uint32_t *const next = part->offsets + 1;

    for (size_t i = 0; i < count; i++)
        next[entries[i].key + 1]++;
    for (uint32_t key = first + 1; key <= last; key++)
        next[key] += next[key - 1];
    for (size_t i = 0; i < count; i++) {
        const uint32_t position = next[entries[i].key]++;
        part->numbers[position] = entries[i].number;
        part->sketches[position] = entries[i].sketch;
    }
}

/* Fills the tables of a part. Returns false if there is not enough memory. */
static bool fill_part(struct sorting *sorting, struct iscc_part *part, const iscc_index *index)
{
    uint32_t last;

    sorting->shift = part->width > FIRST_BITS ? part->width - FIRST_BITS : 0;
    count_values(sorting, part, index);
    for (uint32_t first = 0; first < UINT32_C(1) << (part->width - sorting->shift); first = last) {
        size_t begin = 0;
        if (!choose_batch(sorting, index->count, UINT32_C(1) << (part->width - sorting->shift), first, &last))
            return false;
        sort_by_first_bits(sorting, part, index, first, last);
        for (uint32_t value = first; value < last; value++) {
            sort_by_key(part, value << sorting->shift, (value + 1) << sorting->shift, sorting->entries + begin,
                        sorting->ends[value] - begin);
            begin = sorting->ends[value];
        }
    }
    return true;
}

/* The number of entries whose sketch has each distance from that of a sample, and the number of entries compared. An
 * entry that is compared also counts for those of its key that are not. */
struct sketch_counts {
    double counts[ISCC_SKETCH_BITS + 1];
    double compared;
};

static void count_sketches(struct sketch_counts *counted, const struct iscc_part *part, uint32_t key, uint32_t sample,
                           uint32_t sketch)
{
    const uint32_t begin = part->offsets[key];
    const uint32_t entries = part->offsets[key + 1] - begin;
    const uint32_t compared = entries < SKETCH_ENTRIES ? entries : SKETCH_ENTRIES;

    for (uint32_t i = 0; i < compared; i++) {
        const uint32_t entry = begin + (uint32_t)((uint64_t)entries * i / compared);
        if (part->numbers[entry] == sample)
            continue;
        counted->counts[__builtin_popcount(part->sketches[entry] ^ sketch)] += (double)entries / compared;
        counted->compared++;
    }
}

/* Replaces the assumed shares by those that were counted, if enough entries were compared. */
static void set_shares(struct iscc_part *part, unsigned distance, const struct sketch_counts *counted)
{
    double total = 0;
    double sum = 0;

    for (unsigned i = 0; i <= part->sketch_bits; i++)
        total += counted->counts[i];
    for (unsigned i = 0; i <= part->sketch_bits && counted->compared >= SAMPLES; i++) {
        sum += counted->counts[i];
        part->shares[distance][i] = sum / total;
    }
}

/* Returns the number of entries of a key, and counts their sketches if `sketch`, that of the sample, is not NULL. */
static double sample_key(struct sketch_counts *counted, const struct iscc_part *part, uint32_t key, uint32_t sample,
                         const uint32_t *sketch)
{
    if (sketch != NULL)
        count_sketches(counted, part, key, sample, *sketch);
    return part->offsets[key + 1] - part->offsets[key];
}

/*
 * The `i`-th of `samples` samples, at most as many as there are digests: one at a pseudo-random position in each
 * interval. The seed depends on all digests. So the same digests have the same samples, but an attacker cannot easily
 * make digests whose clusters the samples miss.
 */
static size_t choose_sample(const iscc_index *index, size_t i, size_t samples)
{
    const size_t interval = index->count / samples;
    uint64_t mixed = (index->seed + i) * UINT64_C(0x9e3779b97f4a7c15);
    mixed = (mixed ^ mixed >> 32) * UINT64_C(0xbf58476d1ce4e5b9);
    return i * interval + (size_t)((mixed ^ mixed >> 32) % interval);
}

/* Sets the populations and shares of a part: counts the entries within distance 0, 1 and 2 of the samples, and
 * extrapolates to distance 3 as for evenly distributed digests. */
static void count_neighbours(struct iscc_part *part, const iscc_index *index)
{
    const size_t samples = index->count < SAMPLES ? index->count : SAMPLES;
    double sums[3] = {0};
    struct sketch_counts counted[3] = {0};

    for (size_t i = 0; i < samples; i++) {
        const uint32_t sample = (uint32_t)choose_sample(index, i, samples);
        const uint8_t *digest = index->digests + sample * index->size;
        const uint32_t key = iscc_part_key(part, digest, index->size);
        const uint32_t its_sketch = iscc_part_sketch(part, digest, index->size);
        const uint32_t *sketch = i % (SAMPLES / SKETCH_SAMPLES) == 0 ? &its_sketch : NULL;
        sums[0] += sample_key(&counted[0], part, key, sample, sketch);
        for (unsigned high = 0; high < part->width; high++) {
            const uint32_t neighbour = key ^ UINT32_C(1) << high;
            sums[1] += sample_key(&counted[1], part, neighbour, sample, sketch);
            for (unsigned low = 0; low < high; low++)
                sums[2] += sample_key(&counted[2], part, neighbour ^ UINT32_C(1) << low, sample, sketch);
        }
    }
    part->populations[0] = sums[0] / (double)samples;
    part->populations[1] = part->populations[0] + sums[1] / (double)samples;
    part->populations[2] = part->populations[1] + sums[2] / (double)samples;
    part->populations[3] = part->populations[2] + sums[2] / (double)samples * ((double)part->width - 2) / 3;
    for (unsigned distance = 0; distance <= ISCC_PART_RADIUS_MAX; distance++)
        set_shares(part, distance, &counted[distance < 2 ? distance : 2]);
}

/* A seed that depends on every bit of every digest. */
static uint64_t mix_digests(const iscc_index *index)
{
    uint64_t seed = 0;
    for (size_t i = 0; i < index->count; i++)
        for (unsigned start = 0; start < 8 * index->size; start += 64)
            seed = (seed ^ iscc_window(index->digests + i * index->size, index->size, start)) *
                   UINT64_C(0x9e3779b97f4a7c15);
    return seed;
}

iscc_status iscc_tables_build(iscc_index *index, size_t part_count)
{
    struct sorting sorting = {0};
    iscc_status status = ISCC_OK;

    iscc_tables_drop(index);
    if (part_count == 0 || index->count == 0)
        return ISCC_OK;
    index->seed = mix_digests(index);
    index->part_count = part_count;
    iscc_tables_layout(index->parts, part_count, 8 * index->size, index->count);
    for (size_t i = 0; i < part_count && status == ISCC_OK; i++) {
        struct iscc_part *part = &index->parts[i];
        if (allocate(part, index->count) && fill_part(&sorting, part, index))
            count_neighbours(part, index);
        else
            status = ISCC_ERROR_MEMORY;
    }
    free(sorting.entries);
    if (status != ISCC_OK)
        iscc_tables_drop(index);
    return status;
}
