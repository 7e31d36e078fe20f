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

/* A counting sort. While entries are placed, offsets[k + 1] is where the next one of key k goes, and in the end where
 * those of k + 1 begin: so nothing is moved afterwards. */
static void fill(struct iscc_part *part, const uint8_t *digests, size_t size, size_t count)
{
    const size_t keys = (size_t)1 << part->width;
    uint32_t *const next = part->offsets + 1;

    for (size_t i = 0; i < count; i++)
        next[iscc_part_key(part, digests + i * size, size) + 1]++;
    for (size_t key = 1; key <= keys; key++)
        next[key] += next[key - 1];
    for (size_t i = 0; i < count; i++) {
        const uint8_t *digest = digests + i * size;
        const uint32_t place = next[iscc_part_key(part, digest, size)]++;
        part->numbers[place] = (uint32_t)i;
        part->sketches[place] = iscc_part_sketch(part, digest, size);
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
    iscc_index_drop_parts(index);
    iscc_plan_layout(index->parts, part_count, 8 * index->size, index->count);
    for (size_t i = 0; i < part_count; i++) {
        struct iscc_part *part = &index->parts[i];
        if (!allocate(part, index->count)) {
            iscc_index_drop_parts(index);
            return ISCC_ERROR_MEMORY;
        }
        fill(part, index->digests, index->size, index->count);
        take_samples(part, index->digests, index->size, index->count);
    }
    for (unsigned radius = 0; radius < ISCC_PLANS; radius++)
        iscc_plan_make(index->parts, part_count, 8 * index->size, index->count, radius, &index->plans[radius]);
    index->part_count = part_count;
    return ISCC_OK;
}

iscc_status iscc_index_build(iscc_index *index, unsigned radius)
{
    if (index == NULL)
        return ISCC_ERROR_ARGUMENT;
    return iscc_index_build_parts(index, iscc_plan_parts(8 * index->size, index->count, radius));
}
