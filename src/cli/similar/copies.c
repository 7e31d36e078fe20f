/* SPDX-License-Identifier: Apache-2.0 */
/* Finds equal files by sorting, which crafted codes cannot slow down. */
#include "similar/copies.h"

#include <stdlib.h>
#include <string.h>

typedef const struct file_record *file_pointer;

/* Unknown bits are zeros, so the code with the fewest bits comes before all that continue it. */
static int compare_content(const void *a, const void *b)
{
    const file_pointer x = *(const file_pointer *)a;
    const file_pointer y = *(const file_pointer *)b;
    int order = memcmp(x->instance, y->instance, sizeof x->instance);

    if (order == 0)
        order = x->instance_bits - y->instance_bits;
    return order != 0 ? order : (x > y) - (x < y);
}

static int compare_identity(const void *a, const void *b)
{
    const file_pointer x = *(const file_pointer *)a;
    const file_pointer y = *(const file_pointer *)b;
    int order = (x->identity.device > y->identity.device) - (x->identity.device < y->identity.device);

    if (order == 0)
        order = (x->identity.inode > y->identity.inode) - (x->identity.inode < y->identity.inode);
    return order != 0 ? order : (x > y) - (x < y);
}

static bool has_same_content(file_pointer a, file_pointer b)
{
    return a->instance_bits > 0 && b->instance_bits > 0 && file_record_same_content(a, b);
}

static bool has_same_identity(file_pointer a, file_pointer b)
{
    return file_identity_equal(&a->identity, &b->identity);
}

/* Gives each of the sorted files the number of the first one, in the catalogue, of those that are the same as the first
 * one in this order. */
static void number_files(const struct catalogue *catalogue, const file_pointer *sorted, size_t count,
                         bool (*is_same)(file_pointer, file_pointer), uint32_t *numbers)
{
    for (size_t i = 0, end; i < count; i = end) {
        file_pointer first = sorted[i];
        for (end = i + 1; end < count && is_same(sorted[i], sorted[end]); end++)
            first = sorted[end] < first ? sorted[end] : first;
        for (size_t k = i; k < end; k++)
            numbers[sorted[k] - catalogue->files] = (uint32_t)(first - catalogue->files);
    }
}

bool copies_find(const struct catalogue *catalogue, struct copies *copies)
{
    const size_t count = catalogue->count;
    file_pointer *sorted = calloc(count + 1, sizeof *sorted);
    size_t identified = 0;

    *copies = (struct copies){.content = calloc(count + 1, sizeof *copies->content),
                              .file = calloc(count + 1, sizeof *copies->file)};
    if (sorted == NULL || copies->content == NULL || copies->file == NULL) {
        free(sorted);
        return false;
    }
    for (size_t i = 0; i < count; i++)
        sorted[i] = &catalogue->files[i];
    qsort(sorted, count, sizeof *sorted, compare_content);
    number_files(catalogue, sorted, count, has_same_content, copies->content);
    for (size_t i = 0; i < count; i++) {
        copies->file[i] = (uint32_t)i;
        if (catalogue->files[i].has_identity)
            sorted[identified++] = &catalogue->files[i];
    }
    qsort(sorted, identified, sizeof *sorted, compare_identity);
    number_files(catalogue, sorted, identified, has_same_identity, copies->file);
    free(sorted);
    return true;
}

void copies_free(struct copies *copies)
{
    free(copies->content);
    free(copies->file);
    *copies = (struct copies){NULL, NULL};
}
