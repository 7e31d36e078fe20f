/* SPDX-License-Identifier: Apache-2.0 */
/* How a radius is shared out among parts: every plan must find all, whatever it is made for. */
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "index.h"

/* Two digests that differ in r_i + 1 bits in each part must be beyond the radius, and the parts must be bits of their
 * own. */
static void check_plan(size_t bits, size_t part_count, size_t digest_count, unsigned radius)
{
    struct iscc_part parts[ISCC_PARTS_MAX] = {0};
    struct iscc_plan plan;
    unsigned end = 0;
    unsigned sum = 0;

    iscc_plan_layout(parts, part_count, bits, digest_count);
    for (size_t i = 0; i < part_count; i++) {
        for (unsigned j = 0; j <= ISCC_PART_RADIUS_MAX; j++)
            parts[i].populations[j] = (double)((i * 7 + digest_count) % 13) * (j + 1);
        assert_in_range(parts[i].width, 1, ISCC_PART_WIDTH_MAX);
        assert_in_range(parts[i].start, end, bits);
        end = parts[i].start + parts[i].width;
        assert_in_range(end, 1, bits);
    }
    iscc_plan_make(parts, part_count, bits, digest_count, radius, &plan);
    for (size_t i = 0; i < part_count; i++) {
        assert_in_range(plan.radii[i] + 1, 0, ISCC_PART_RADIUS_MAX + 1);
        sum += (unsigned)(plan.radii[i] + 1);
    }
    if (plan.is_scan)
        assert_int_equal(sum, 0);
    else
        assert_int_equal(sum, radius + 1);
    if (radius >= part_count * (ISCC_PART_RADIUS_MAX + 1))
        assert_true(plan.is_scan);
}

static void every_plan_finds_all(void **state)
{
    static const size_t counts[] = {1, 1000, 1000000, (size_t)1 << 31};

    (void)state;
    double cost = 0;
    assert_true(iscc_plan_parts(128, 1000000, 12, &cost) > 0);
    assert_true(cost < iscc_plan_scan_cost(128, 1000000));
    assert_int_equal(iscc_plan_parts(128, 1000000, UINT_MAX, &cost), 0);
    assert_true(cost == iscc_plan_scan_cost(128, 1000000));
    for (size_t bits = 32; bits <= 256; bits += 32)
        for (size_t part_count = 1; part_count <= ISCC_PARTS_MAX; part_count++)
            for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
                for (unsigned radius = 0; radius <= bits; radius++)
                    check_plan(bits, part_count, counts[i], radius);
                check_plan(bits, part_count, counts[i], UINT_MAX);
            }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_plan_finds_all),
    };
    return cmocka_run_group_tests_name("index_plan", tests, NULL, NULL);
}
