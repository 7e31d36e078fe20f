/* SPDX-License-Identifier: Apache-2.0 */
/* Compares references with all later digests, one tile of digests at a time. */
#include "bench/brute_force.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "hash/parallel.h"

/* TILE digests stay in the first-level cache while BATCH references are compared with them. */
enum { TILE = 1024, BATCH = 64 };

#define NO_REFERENCE UINT32_MAX

struct brute_force {
    const struct groups_task *task;
    iscc_index **tiles; /* indexes without tables, which compare a query with all their digests */
    size_t tile_count;
    /* The current batch: */
    const uint32_t *references;
    size_t count;
    size_t first_tile;
    struct group_assignment *assignments; /* the result, or NULL when checking */
    const struct group_assignment *given; /* the assignments to check */
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

struct pairing {
    struct brute_force *comparison;
    uint32_t reference;
    uint32_t begin; /* of the tile */
};

/* References meet a tile in order, so a digest goes to the first reference near it. */
static int assign(void *context, uint32_t first, uint32_t second, unsigned distance)
{
    const struct pairing *pairing = context;
    struct group_assignment *assignment = &pairing->comparison->assignments[pairing->begin + second];

    (void)first;
    if (pairing->begin + second > pairing->reference && assignment->reference == NO_REFERENCE)
        *assignment = (struct group_assignment){pairing->reference, distance};
    return 0;
}

static int count_wrong(void *context, uint32_t first, uint32_t second, unsigned distance)
{
    const struct pairing *pairing = context;
    const struct group_assignment *assignment = &pairing->comparison->given[pairing->begin + second];

    (void)first;
    (void)distance;
    if (pairing->begin + second > pairing->reference && assignment->reference > pairing->reference)
        atomic_fetch_add_explicit(&pairing->comparison->wrong, 1, memory_order_relaxed);
    return 0;
}

static void compare_tile(void *context, size_t piece)
{
    struct brute_force *comparison = context;
    const struct groups_task *task = comparison->task;
    const size_t tile = comparison->first_tile + piece;
    struct pairing pairing = {.comparison = comparison, .begin = (uint32_t)(tile * TILE)};

    for (size_t i = 0; i < comparison->count && comparison->references[i] / TILE <= tile; i++) {
        pairing.reference = comparison->references[i];
        iscc_index_each(comparison->tiles[tile], task->digests + (size_t)pairing.reference * (task->bits / 8),
                        task->threshold, comparison->assignments != NULL ? assign : count_wrong, &pairing);
    }
}

/* Compares references, which are in order, with all later digests. Returns the number of comparisons. */
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

/* Finds the next references among the digests in no group, and assigns the digests up to there that are near one. */
static size_t find_references(struct brute_force *comparison, size_t *next, uint32_t references[BATCH])
{
    const struct groups_task *task = comparison->task;
    const size_t size = task->bits / 8;
    size_t count = 0;

    for (; *next < task->count && count < BATCH; ++*next) {
        struct group_assignment *assignment = &comparison->assignments[*next];
        const uint8_t *digest = task->digests + *next * size;
        for (size_t i = 0; i < count && assignment->reference == NO_REFERENCE; i++) {
            unsigned distance = 0;
            iscc_hamming_distance(task->digests + references[i] * size, digest, size, &distance);
            if (distance <= task->threshold)
                *assignment = (struct group_assignment){references[i], distance};
        }
        if (assignment->reference == NO_REFERENCE) {
            *assignment = (struct group_assignment){(uint32_t)*next, 0};
            references[count++] = (uint32_t)*next;
        }
    }
    return count;
}

double brute_force_group(struct brute_force *comparison, struct group_assignment *assignments)
{
    uint32_t references[BATCH];
    double comparisons = 0;
    size_t next = 0;
    size_t count;

    for (size_t i = 0; i < comparison->task->count; i++)
        assignments[i].reference = NO_REFERENCE;
    comparison->assignments = assignments;
    while ((count = find_references(comparison, &next, references)) > 0)
        comparisons += compare(comparison, references, count);
    comparison->assignments = NULL;
    return comparisons;
}

double brute_force_check(struct brute_force *comparison, const uint32_t *references, size_t count,
                         const struct group_assignment *assignments, size_t *wrong)
{
    double comparisons = 0;

    comparison->given = assignments;
    atomic_store(&comparison->wrong, 0);
    for (size_t begin = 0; begin < count; begin += BATCH)
        comparisons += compare(comparison, references + begin, count - begin < BATCH ? count - begin : BATCH);
    *wrong = atomic_load(&comparison->wrong);
    return comparisons;
}
