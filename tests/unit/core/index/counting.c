/* SPDX-License-Identifier: Apache-2.0 */
/* What a search looks at: kernels that count it. */
#include "counting.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

struct work counted;

void counting_reset(void)
{
    memset(&counted, 0, sizeof counted);
}

void counting_assert(const struct work *expected)
{
    assert_int_equal(counted.scanned, expected->scanned);
    assert_int_equal(counted.scans, expected->scans);
    assert_int_equal(counted.compared, expected->compared);
    assert_int_equal(counted.sketches, expected->sketches);
    assert_int_equal(counted.searches, expected->searches);
    assert_int_equal(counted.empty, expected->empty);
    assert_int_equal(counted.measured, expected->measured);
    assert_int_equal(counted.measures, expected->measures);
}

static unsigned hamming(const uint8_t *a, const uint8_t *b, size_t size)
{
    counted.compared++;
    return iscc_kernels_portable.hamming(a, b, size);
}

static size_t find_near(const uint8_t *digests, size_t size, size_t count, const uint8_t *digest, unsigned limit,
                        uint32_t *numbers)
{
    counted.scanned += count;
    counted.scans++;
    return iscc_kernels_portable.find_near(digests, size, count, digest, limit, numbers);
}

static size_t match_sketches(const uint32_t *words, const struct iscc_range *ranges, size_t count,
                             const uint32_t *queries, size_t query_count, unsigned limit, uint32_t *found,
                             uint32_t *places)
{
    for (size_t i = 0; i < count; i++) {
        counted.sketches += query_count * (ranges[i].end - ranges[i].begin);
        counted.empty += ranges[i].begin == ranges[i].end;
    }
    counted.searches++;
    return iscc_kernels_portable.match_sketches(words, ranges, count, queries, query_count, limit, found, places);
}

static void measure_pairs(const uint8_t *left, const uint32_t *lefts, const uint8_t *right, const uint32_t *rights,
                          size_t size, size_t count, uint16_t *distances)
{
    counted.measured += count;
    counted.measures += count > 0;
    iscc_kernels_portable.measure_pairs(left, lefts, right, rights, size, count, distances);
}

const struct iscc_kernels counting_kernels = {
    .name = "counting",
    .hamming = hamming,
    .find_near = find_near,
    .match_sketches = match_sketches,
    .measure_pairs = measure_pairs,
};

void counting_use(iscc_index *index)
{
    index->kernels = &counting_kernels;
    for (size_t i = 0; i < index->piece_count; i++)
        counting_use(index->pieces[i].index);
}
