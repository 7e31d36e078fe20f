/* SPDX-License-Identifier: Apache-2.0 */
/* What a search of an index finds, in the order of the distance. */
#include "hits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static int by_distance(const void *a, const void *b)
{
    const struct iscc_hit *x = a;
    const struct iscc_hit *y = b;
    if (x->distance != y->distance)
        return x->distance < y->distance ? -1 : 1;
    return (x->number > y->number) - (x->number < y->number);
}

void hits_sort(struct iscc_hit *hits, size_t count)
{
    qsort(hits, count, sizeof *hits, by_distance);
}

void hits_assert_equal(const struct iscc_hit *hits, const struct iscc_hit *expected, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(hits[i].number, expected[i].number);
        assert_int_equal(hits[i].distance, expected[i].distance);
    }
}
