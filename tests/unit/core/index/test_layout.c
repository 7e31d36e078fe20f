/* SPDX-License-Identifier: Apache-2.0 */
/* Where the parts of an index stand, how wide they are, and what is assumed of them. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "index/index.h"
#include "plan_model.h"

/* What is behind the parts must stay as it is. */
struct layout {
    struct iscc_part parts[ISCC_PARTS_MAX + 1];
};

static void check_part(const struct iscc_part *part, size_t width, size_t bits, size_t count)
{
    size_t widest = 1;
    while (widest < ISCC_PART_WIDTH_MAX && exp2((double)widest + 1) <= (double)count)
        widest++;
    if (width > widest)
        width = widest;
    assert_int_equal(part->width, width);
    assert_int_equal(part->sketch_bits, bits - width < ISCC_SKETCH_BITS ? bits - width : ISCC_SKETCH_BITS);
    double within = 0;
    for (size_t i = 0; i <= part->sketch_bits; i++) {
        within += plan_model_choose(part->sketch_bits, i);
        for (size_t distance = 0; distance <= ISCC_PART_RADIUS_MAX; distance++)
            plan_assert_near(part->shares[distance][i], within / exp2(part->sketch_bits));
    }
}

/* Part i of n begins at floor(i * bits / n), and ends before the next one or where it has as many values as there are
 * digests. */
static void check_layout(size_t bits, size_t part_count, size_t count)
{
    struct layout layout;
    struct layout untouched;

    memset(&untouched, 0x55, sizeof untouched);
    memcpy(&layout, &untouched, sizeof layout);
    iscc_plan_layout(layout.parts, part_count, bits, count);
    for (size_t i = 0; i < part_count; i++) {
        const struct iscc_part *part = &layout.parts[i];
        const size_t end = i + 1 < part_count ? layout.parts[i + 1].start : bits;
        assert_in_range(i * bits, part->start * part_count, (part->start + 1) * part_count - 1);
        check_part(part, end - part->start, bits, count);
    }
    assert_memory_equal(&layout.parts[part_count], &untouched.parts[part_count], sizeof layout.parts[0]);
}

static void parts_have_as_many_values_as_there_are_digests(void **state)
{
    (void)state;
    for (size_t bits = 32; bits <= 256; bits += 32)
        for (size_t part_count = 1; part_count <= ISCC_PARTS_MAX; part_count++)
            for (size_t power = 1; power < 32; power++)
                for (size_t count = ((size_t)1 << power) - 1; count <= ((size_t)1 << power) + 1; count++)
                    check_layout(bits, part_count, count);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_have_as_many_values_as_there_are_digests),
    };
    return cmocka_run_group_tests_name("index_layout", tests, NULL, NULL);
}
