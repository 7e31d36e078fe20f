/* SPDX-License-Identifier: Apache-2.0 */
/* Hamming distances of digests and of units. */
#include <iscc/iscc.h>
#include <limits.h>

#include "kernels/kernels.h"

iscc_status iscc_hamming_distance(const void *a, const void *b, size_t size, unsigned *distance)
{
    /* The distance is at most 8 * size, which must fit in an unsigned. */
    if (a == NULL || b == NULL || distance == NULL || size > UINT_MAX / 8)
        return ISCC_ERROR_ARGUMENT;
    const struct iscc_kernels *kernels = iscc_kernels_selected();
    if (kernels == NULL)
        return ISCC_ERROR_BACKEND;
    *distance = kernels->hamming(a, b, size);
    return ISCC_OK;
}

iscc_status iscc_distance(const char *a, const char *b, unsigned *distance, unsigned *bits)
{
    struct iscc_decoded first;
    struct iscc_decoded second;

    if (distance == NULL)
        return ISCC_ERROR_ARGUMENT;
    iscc_status status = iscc_decode(a, &first, NULL);
    if (status == ISCC_OK)
        status = iscc_decode(b, &second, NULL);
    if (status != ISCC_OK)
        return status;
    if (first.main_type == ISCC_ISCC || first.main_type != second.main_type || first.sub_type != second.sub_type ||
        first.version != second.version)
        return ISCC_ERROR_MISMATCH;
    unsigned shorter = first.bits < second.bits ? first.bits : second.bits;
    status = iscc_hamming_distance(first.digest, second.digest, shorter / 8, distance);
    if (status == ISCC_OK && bits != NULL)
        *bits = shorter;
    return status;
}
