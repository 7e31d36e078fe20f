/* SPDX-License-Identifier: Apache-2.0 */
/* Sorts groups and nearest files into the order of the output. */
#include "similar/grouping.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "util/message.h"

enum { BITS_MAX = 8 * CATALOGUE_DIGEST_SIZE };

static void *fail(iscc_status status)
{
    message_error(NULL, status == ISCC_ERROR_MEMORY ? strerror(ENOMEM) : iscc_strerror(status));
    return NULL;
}

unsigned grouping_bits(const struct catalogue *catalogue, bool narrow)
{
    unsigned bits = narrow ? 64 : 128;

    for (size_t i = 0; i < catalogue->count; i++)
        if (catalogue->files[i].data_bits < bits)
            bits = catalogue->files[i].data_bits;
    return bits;
}

bool neighbour_is_identical(const struct catalogue *catalogue, const struct neighbour *neighbour)
{
    const struct catalogue_file *reference = &catalogue->files[neighbour->reference];
    const struct catalogue_file *file = &catalogue->files[neighbour->file];

    /* A lone Data-Code has no Instance-Code. */
    return neighbour->distance == 0 && reference->instance_bits > 0 && catalogue_same_content(reference, file);
}

/* ---- Groups ---- */

static iscc_status assign_groups(const struct catalogue *catalogue, const struct groups_task *task,
                                 struct group_assignment *assignments)
{
    const size_t size = task->bits / 8;
    uint8_t *digests = calloc(catalogue->count + 1, size);
    struct groups_task whole = *task;

    if (digests == NULL)
        return ISCC_ERROR_MEMORY;
    for (size_t i = 0; i < catalogue->count; i++)
        memcpy(digests + i * size, catalogue->files[i].data, size);
    whole.digests = digests;
    whole.count = catalogue->count;
    const iscc_status status = groups_make(&whole, assignments);
    free(digests);
    return status;
}

/* A reference sorts first in its group: no file of the group comes before it in the catalogue, and its distance is 0.
 */
static int compare_neighbours(const void *a, const void *b)
{
    const struct neighbour *x = a;
    const struct neighbour *y = b;

    if (x->reference != y->reference)
        return x->reference < y->reference ? -1 : 1;
    if (x->distance != y->distance)
        return x->distance < y->distance ? -1 : 1;
    return (x->file > y->file) - (x->file < y->file);
}

struct neighbour *grouping_make(const struct catalogue *catalogue, const struct groups_task *task)
{
    const size_t count = catalogue->count;
    /* One more than needed, as calloc(0, ...) may return NULL. */
    struct group_assignment *assignments = calloc(count + 1, sizeof *assignments);
    struct neighbour *neighbours = NULL;
    iscc_status status = ISCC_ERROR_MEMORY;

    if (assignments != NULL)
        status = assign_groups(catalogue, task, assignments);
    if (status == ISCC_OK && (neighbours = calloc(count + 1, sizeof *neighbours)) == NULL)
        status = ISCC_ERROR_MEMORY;
    if (status == ISCC_OK) {
        for (size_t i = 0; i < count; i++)
            neighbours[i] = (struct neighbour){assignments[i].reference, assignments[i].distance, (uint32_t)i};
        qsort(neighbours, count, sizeof *neighbours, compare_neighbours);
    }
    free(assignments);
    if (status != ISCC_OK)
        fail(status);
    return neighbours;
}

size_t grouping_size(const struct neighbour *first, size_t count)
{
    size_t size = 1;

    while (size < count && first[size].reference == first->reference)
        size++;
    return size;
}

/* ---- The nearest ---- */

/* A counting sort: rank 0 is for files with the content of file 0, all others have their distance plus 1. Files of the
 * same rank keep the order of the catalogue. */
enum { RANKS = BITS_MAX + 2 };

static iscc_status count_ranks(const struct catalogue *catalogue, unsigned bits, uint16_t *ranks, size_t counts[RANKS])
{
    for (size_t i = 1; i < catalogue->count; i++) {
        struct neighbour neighbour = {.file = (uint32_t)i};
        unsigned distance;
        const iscc_status status =
            iscc_hamming_distance(catalogue->files[0].data, catalogue->files[i].data, bits / 8, &distance);
        if (status != ISCC_OK)
            return status;
        neighbour.distance = distance;
        ranks[i] = neighbour_is_identical(catalogue, &neighbour) ? 0 : (uint16_t)(distance + 1);
        counts[ranks[i]]++;
    }
    return ISCC_OK;
}

/* Replaces each rank's count by the offset of its first file in the result. Returns the size of the result, `limit` at
 * most. */
static size_t rank_offsets(size_t counts[RANKS], unsigned threshold, size_t limit)
{
    size_t offset = 0;

    for (unsigned rank = 0; rank < RANKS; rank++) {
        const size_t count = rank <= threshold + 1 ? counts[rank] : 0;
        counts[rank] = offset;
        offset += count < limit - offset ? count : limit - offset;
    }
    return offset;
}

struct neighbour *grouping_nearest(const struct catalogue *catalogue, unsigned bits, unsigned threshold, size_t limit,
                                   size_t *count)
{
    size_t offsets[RANKS] = {0};
    uint16_t *ranks = calloc(catalogue->count + 1, sizeof *ranks);
    struct neighbour *nearest = NULL;
    iscc_status status = ISCC_ERROR_MEMORY;

    if (ranks != NULL)
        status = count_ranks(catalogue, bits, ranks, offsets);
    if (status == ISCC_OK) {
        *count = rank_offsets(offsets, threshold, limit);
        nearest = calloc(*count + 1, sizeof *nearest);
        if (nearest == NULL)
            status = ISCC_ERROR_MEMORY;
    }
    for (size_t i = 1; status == ISCC_OK && i < catalogue->count; i++) {
        const unsigned rank = ranks[i];
        if (rank <= threshold + 1 && offsets[rank] < *count)
            nearest[offsets[rank]++] = (struct neighbour){0, rank == 0 ? 0 : rank - 1, (uint32_t)i};
    }
    free(ranks);
    return status == ISCC_OK ? nearest : fail(status);
}
