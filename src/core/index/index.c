/* SPDX-License-Identifier: Apache-2.0 */
/* Creates, fills and frees an index of digests. */
#include "index/plan.h"

#include <stdlib.h>
#include <string.h>

enum { CAPACITY_FIRST = 64 };

iscc_status iscc_index_new(iscc_index **index, unsigned bits)
{
    if (index == NULL)
        return ISCC_ERROR_ARGUMENT;
    if (bits < 32 || bits > 256 || bits % 32 != 0)
        return ISCC_ERROR_BITS;
    const struct iscc_kernels *kernels = iscc_kernels_selected();
    if (kernels == NULL)
        return ISCC_ERROR_BACKEND;
    iscc_index *created = calloc(1, sizeof *created);
    if (created == NULL)
        return ISCC_ERROR_MEMORY;
    created->kernels = kernels;
    created->size = bits / 8;
    *index = created;
    return ISCC_OK;
}

/* Reserves memory for `count` more digests. The capacity at least doubles, so that adding one by one is linear. */
static iscc_status reserve(iscc_index *index, size_t count)
{
    const size_t capacity_max = ISCC_INDEX_MAX < SIZE_MAX / index->size ? ISCC_INDEX_MAX : SIZE_MAX / index->size;
    const size_t needed = index->count + count;
    size_t capacity = index->capacity < CAPACITY_FIRST ? CAPACITY_FIRST : index->capacity;

    if (needed > capacity_max)
        return ISCC_ERROR_MEMORY;
    if (needed <= index->capacity)
        return ISCC_OK;
    capacity = capacity < capacity_max / 2 ? 2 * capacity : capacity_max;
    if (capacity < needed)
        capacity = needed;
    uint8_t *grown = realloc(index->own, capacity * index->size);
    if (grown == NULL)
        return ISCC_ERROR_MEMORY;
    index->own = grown;
    index->digests = grown;
    index->capacity = capacity;
    return ISCC_OK;
}

iscc_status iscc_index_add(iscc_index *index, const void *digests, size_t count)
{
    if (index == NULL || (digests == NULL && count > 0) || index->digests != index->own ||
        count > ISCC_INDEX_MAX - index->count)
        return ISCC_ERROR_ARGUMENT;
    if (count == 0)
        return ISCC_OK;
    const iscc_status status = reserve(index, count);
    if (status != ISCC_OK)
        return status;
    iscc_tables_drop(index);
    memcpy(index->own + index->count * index->size, digests, count * index->size);
    index->count += count;
    return ISCC_OK;
}

iscc_status iscc_index_use(iscc_index *index, const void *digests, size_t count)
{
    if (index == NULL || (digests == NULL && count > 0) || index->count > 0 || count > ISCC_INDEX_MAX)
        return ISCC_ERROR_ARGUMENT;
    /* An empty index owns no digests that would have to be freed. */
    index->digests = digests;
    index->count = count;
    return ISCC_OK;
}

iscc_status iscc_index_build(iscc_index *index, unsigned radius)
{
    if (index == NULL)
        return ISCC_ERROR_ARGUMENT;
    return iscc_plan_build(index, iscc_plan_parts(8 * index->size, index->count, radius));
}

size_t iscc_index_count(const iscc_index *index)
{
    return index == NULL ? 0 : index->count;
}

size_t iscc_index_memory(const iscc_index *index)
{
    if (index == NULL)
        return 0;
    return sizeof *index + index->capacity * index->size + iscc_tables_memory(index);
}

void iscc_index_free(iscc_index *index)
{
    if (index == NULL)
        return;
    iscc_tables_drop(index);
    free(index->own);
    free(index);
}
