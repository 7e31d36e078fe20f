/* SPDX-License-Identifier: Apache-2.0 */
/* Sorts groups into the order of the output. */
#include "similar/grouping.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "similar/copies.h"
#include "util/message.h"

void *grouping_fail(iscc_status status)
{
    message_error(NULL, status == ISCC_ERROR_MEMORY ? strerror(ENOMEM) : iscc_strerror(status));
    return NULL;
}

unsigned grouping_bits(const struct catalogue *catalogue, enum near_by by, bool narrow)
{
    unsigned bits = narrow ? 64 : 128;

    for (size_t i = 0; i < catalogue->count; i++) {
        unsigned known;
        file_record_digest(&catalogue->files[i], by, &known);
        bits = known < bits ? known : bits;
    }
    return bits;
}

bool neighbour_is_identical(const struct catalogue *catalogue, const struct neighbour *neighbour)
{
    const struct file_record *reference = &catalogue->files[neighbour->reference];
    const struct file_record *file = &catalogue->files[neighbour->file];

    /* A lone Data-Code has no Instance-Code. */
    return neighbour->distance == 0 && reference->instance_bits > 0 && file_record_same_content(reference, file);
}

bool neighbour_is_copy(const struct neighbour *neighbour)
{
    return neighbour->original != neighbour->file && neighbour->original != neighbour->reference;
}

/* ---- Groups ---- */

static iscc_status assign_groups(const struct catalogue *catalogue, enum near_by by, const struct groups_task *task,
                                 struct group_assignment *assignments)
{
    const size_t size = task->bits / 8;
    uint8_t *digests = calloc(catalogue->count + 1, size);
    struct groups_task whole = *task;
    unsigned known;

    if (digests == NULL)
        return ISCC_ERROR_MEMORY;
    for (size_t i = 0; i < catalogue->count; i++)
        memcpy(digests + i * size, file_record_digest(&catalogue->files[i], by, &known), size);
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
    if (x->original != y->original)
        return x->original < y->original ? -1 : 1;
    if (x->same_file != y->same_file)
        return x->same_file < y->same_file ? -1 : 1;
    return (x->file > y->file) - (x->file < y->file);
}

/* Codes of a list that contradict each other can have equal content in different groups. */
static bool is_together(const struct group_assignment *assignments, uint32_t a, uint32_t b)
{
    return assignments[a].reference == assignments[b].reference && assignments[a].distance == assignments[b].distance;
}

static struct neighbour make_neighbour(const struct group_assignment *assignments, const struct copies *copies,
                                       uint32_t file)
{
    const uint32_t original = copies->content[file];
    const uint32_t first = copies->file[file];
    struct neighbour neighbour = {assignments[file].reference, assignments[file].distance, file, file, file};

    if (is_together(assignments, original, file))
        neighbour.original = original;
    if (is_together(assignments, first, file) && copies->content[first] == original)
        neighbour.same_file = first;
    return neighbour;
}

/* Frees the assignments. */
static struct neighbour *sort_neighbours(const struct catalogue *catalogue, struct group_assignment *assignments)
{
    const size_t count = catalogue->count;
    struct copies copies = {NULL, NULL};
    struct neighbour *neighbours = calloc(count + 1, sizeof *neighbours);
    const bool has_memory = neighbours != NULL && copies_find(catalogue, &copies);

    for (size_t i = 0; has_memory && i < count; i++)
        neighbours[i] = make_neighbour(assignments, &copies, (uint32_t)i);
    copies_free(&copies);
    free(assignments);
    if (!has_memory) {
        free(neighbours);
        return grouping_fail(ISCC_ERROR_MEMORY);
    }
    qsort(neighbours, count, sizeof *neighbours, compare_neighbours);
    return neighbours;
}

struct neighbour *grouping_make(const struct catalogue *catalogue, enum near_by by, const struct groups_task *task)
{
    /* One more than needed, as calloc(0, ...) may return NULL. */
    struct group_assignment *assignments = calloc(catalogue->count + 1, sizeof *assignments);
    const iscc_status status =
        assignments == NULL ? ISCC_ERROR_MEMORY : assign_groups(catalogue, by, task, assignments);

    if (status == ISCC_OK)
        return sort_neighbours(catalogue, assignments);
    free(assignments);
    return grouping_fail(status);
}

struct neighbour *grouping_of_copies(const struct catalogue *catalogue)
{
    const size_t count = catalogue->count;
    struct group_assignment *assignments = calloc(count + 1, sizeof *assignments);
    struct copies copies = {NULL, NULL};
    iscc_status status = assignments != NULL && copies_find(catalogue, &copies) ? ISCC_OK : ISCC_ERROR_MEMORY;

    if (count > ISCC_INDEX_MAX)
        status = ISCC_ERROR_ARGUMENT;
    for (size_t i = 0; status == ISCC_OK && i < count; i++)
        assignments[i] = (struct group_assignment){copies.content[i], 0};
    copies_free(&copies);
    if (status == ISCC_OK)
        return sort_neighbours(catalogue, assignments);
    free(assignments);
    return grouping_fail(status);
}

size_t grouping_files(const struct neighbour *group, size_t size)
{
    size_t files = 0;

    for (size_t i = 0; i < size; i++)
        files += group[i].same_file == group[i].file;
    return files;
}

size_t grouping_size(const struct neighbour *first, size_t count)
{
    size_t size = 1;

    while (size < count && first[size].reference == first->reference)
        size++;
    return size;
}
