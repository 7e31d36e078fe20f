/* SPDX-License-Identifier: Apache-2.0 */
/* References compared with all later digests, tile by tile. */
#include "bench/brute_force.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "hash/parallel.h"

/* Digests that stay in the first-level cache while some references are compared with them. */
enum { TILE = 1024, BATCH = 64 };

#define NONE UINT32_MAX

struct brute_force {
    const struct groups_task *task;
    iscc_index **tiles; /* an index without tables compares with all its digests */
    size_t tile_count;
    /* The work at hand: */
    const uint32_t *references;
    size_t count;
    size_t first_tile;
    struct group_assignment *places;      /* that are found out, or */
    const struct group_assignment *given; /* that are judged */
    atomic_size_t wrong;                  /* pairs of a reference and a digest near it in a later group */
};

struct brute_force *brute_force_new(const struct groups_task *task)
{
    const size_t size = task->bits / 8;
    struct brute_force *comparison = calloc(1, sizeof *comparison);

    if (comparison == NULL)
        return NULL;
    comparison->task = task;
    comparison->tile_count = (task->count + TILE - 1) / TILE;
    comparison->tiles = calloc(comparison->tile_count + 1, sizeof *comparison->tiles);
    for (size_t i = 0; i < comparison->tile_count; i++) {
        const size_t rest = task->count - i * TILE;
        if (comparison->tiles == NULL || iscc_index_new(&comparison->tiles[i], task->bits) != ISCC_OK ||
            iscc_index_use(comparison->tiles[i], task->digests + i * TILE * size, rest < TILE ? rest : TILE) !=
                ISCC_OK) {
            brute_force_free(comparison);
            return NULL;
        }
    }
    return comparison;
}

void brute_force_free(struct brute_force *comparison)
{
    if (comparison == NULL)
        return;
    for (size_t i = 0; comparison->tiles != NULL && i < comparison->tile_count; i++)
        iscc_index_free(comparison->tiles[i]);
    free(comparison->tiles);
    free(comparison);
}

/* One reference and one tile. */
struct meeting {
    struct brute_force *comparison;
    uint32_t reference;
    uint32_t begin; /* of the tile */
};

/* A digest belongs to the first reference near it: references meet a tile in order. */
static int assign(void *context, uint32_t first, uint32_t second, unsigned distance)
{
    const struct meeting *meeting = context;
    struct group_assignment *place = &meeting->comparison->places[meeting->begin + second];

    (void)first;
    if (meeting->begin + second > meeting->reference && place->reference == NONE)
        *place = (struct group_assignment){meeting->reference, distance};
    return 0;
}

static int judge(void *context, uint32_t first, uint32_t second, unsigned distance)
{
    const struct meeting *meeting = context;
    const struct group_assignment *place = &meeting->comparison->given[meeting->begin + second];

    (void)first;
    (void)distance;
    if (meeting->begin + second > meeting->reference && place->reference > meeting->reference)
        atomic_fetch_add_explicit(&meeting->comparison->wrong, 1, memory_order_relaxed);
    return 0;
}

static void compare_tile(void *context, size_t piece)
{
    struct brute_force *comparison = context;
    const struct groups_task *task = comparison->task;
    const size_t tile = comparison->first_tile + piece;
    struct meeting meeting = {.comparison = comparison, .begin = (uint32_t)(tile * TILE)};

    for (size_t i = 0; i < comparison->count && comparison->references[i] / TILE <= tile; i++) {
        meeting.reference = comparison->references[i];
        iscc_index_each(comparison->tiles[tile], task->digests + (size_t)meeting.reference * (task->bits / 8),
                        task->threshold, comparison->places != NULL ? assign : judge, &meeting);
    }
}

/* Compares some references, in order, with all that comes after them. Returns the number of comparisons. */
static double compare(struct brute_force *comparison, const uint32_t *references, size_t count)
{
    double comparisons = 0;

    comparison->references = references;
    comparison->count = count;
    comparison->first_tile = references[0] / TILE;
    parallel_for(comparison->tile_count - comparison->first_tile, comparison->task->threads, compare_tile, comparison);
    for (size_t i = 0; i < count; i++)
        comparisons += (double)(comparison->task->count - references[i] - 1);
    return comparisons;
}

/* Finds the references among the next digests that are in no group: each takes what it is near to of them. */
static size_t find_references(struct brute_force *comparison, size_t *next, uint32_t references[BATCH])
{
    const struct groups_task *task = comparison->task;
    const size_t size = task->bits / 8;
    size_t count = 0;

    for (; *next < task->count && count < BATCH; ++*next) {
        struct group_assignment *place = &comparison->places[*next];
        const uint8_t *digest = task->digests + *next * size;
        for (size_t i = 0; i < count && place->reference == NONE; i++) {
            unsigned distance = 0;
            iscc_hamming_distance(task->digests + references[i] * size, digest, size, &distance);
            if (distance <= task->threshold)
                *place = (struct group_assignment){references[i], distance};
        }
        if (place->reference == NONE) {
            *place = (struct group_assignment){(uint32_t)*next, 0};
            references[count++] = (uint32_t)*next;
        }
    }
    return count;
}

double brute_force_group(struct brute_force *comparison, struct group_assignment *places)
{
    uint32_t references[BATCH];
    double comparisons = 0;
    size_t next = 0;
    size_t count;

    for (size_t i = 0; i < comparison->task->count; i++)
        places[i].reference = NONE;
    comparison->places = places;
    while ((count = find_references(comparison, &next, references)) > 0)
        comparisons += compare(comparison, references, count);
    comparison->places = NULL;
    return comparisons;
}

double brute_force_judge(struct brute_force *comparison, const uint32_t *references, size_t count,
                         const struct group_assignment *places, size_t *wrong)
{
    double comparisons = 0;

    comparison->given = places;
    atomic_store(&comparison->wrong, 0);
    for (size_t begin = 0; begin < count; begin += BATCH)
        comparisons += compare(comparison, references + begin, count - begin < BATCH ? count - begin : BATCH);
    *wrong = atomic_load(&comparison->wrong);
    return comparisons;
}
