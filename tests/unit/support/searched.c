/* SPDX-License-Identifier: Apache-2.0 */
/* Digests in an index that counts what is looked at. */
#include "searched.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

struct searched searched;

void searched_make(size_t part_count)
{
    assert_int_equal(iscc_index_new(&searched.index, 8 * (unsigned)searched.size), ISCC_OK);
    assert_int_equal(iscc_index_use(searched.index, searched.digests, searched.count), ISCC_OK);
    assert_int_equal(iscc_index_build_parts(searched.index, part_count), ISCC_OK);
    counting_use(searched.index);
    counting_reset();
}

const uint8_t *searched_digest(size_t number)
{
    return searched.digests + number * searched.size;
}

void searched_assert_work(const struct work *expected)
{
    assert_int_equal(counted.scanned, expected->scanned);
    assert_int_equal(counted.compared, expected->compared);
    assert_int_equal(counted.sketches, expected->sketches);
    assert_int_equal(counted.measured, expected->measured);
    assert_int_equal(counted.empty, 0);
}

int searched_count_hit(void *context, uint32_t first, uint32_t second, unsigned distance)
{
    (void)first;
    (void)second;
    (void)distance;
    ++*(size_t *)context;
    return 0;
}

struct differences searched_compare(size_t number, const uint8_t *a, const uint8_t *b)
{
    const struct iscc_part *part = &searched.index->parts[number];
    const size_t size = searched.size;
    const struct differences differences = {
        (unsigned)__builtin_popcount(iscc_part_key(part, a, size) ^ iscc_part_key(part, b, size)),
        (unsigned)__builtin_popcount(iscc_part_sketch(part, a, size) ^ iscc_part_sketch(part, b, size)),
    };
    return differences;
}

bool searched_is_within(size_t part, const struct iscc_plan *plan, unsigned radius, struct differences differences)
{
    return (int)differences.key <= plan->radii[part] && differences.key <= radius;
}
