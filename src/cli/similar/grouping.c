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
    const struct file_record *reference = &catalogue->files[neighbour->reference];
    const struct file_record *file = &catalogue->files[neighbour->file];

    /* A lone Data-Code has no Instance-Code. */
    return neighbour->distance == 0 && reference->instance_bits > 0 && file_record_same_content(reference, file);
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
    if (x->same_file != y->same_file)
        return x->same_file < y->same_file ? -1 : 1;
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
            neighbours[i] =
                (struct neighbour){assignments[i].reference, assignments[i].distance, (uint32_t)i, (uint32_t)i};
        qsort(neighbours, count, sizeof *neighbours, compare_neighbours);
    }
    free(assignments);
    if (status != ISCC_OK)
        grouping_fail(status);
    return neighbours;
}

struct neighbour *grouping_of_copies(const struct catalogue *catalogue)
{
    struct copies copies = {NULL, NULL};
    struct neighbour *neighbours = calloc(catalogue->count + 1, sizeof *neighbours);
    iscc_status status = neighbours != NULL && copies_find(catalogue, &copies) ? ISCC_OK : ISCC_ERROR_MEMORY;

    if (catalogue->count > ISCC_INDEX_MAX)
        status = ISCC_ERROR_ARGUMENT;
    for (size_t i = 0; status == ISCC_OK && i < catalogue->count; i++)
        neighbours[i] = (struct neighbour){copies.content[i], 0, (uint32_t)i, copies.file[i]};
    copies_free(&copies);
    if (status != ISCC_OK) {
        free(neighbours);
        return grouping_fail(status);
    }
    qsort(neighbours, catalogue->count, sizeof *neighbours, compare_neighbours);
    return neighbours;
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
