/* SPDX-License-Identifier: Apache-2.0 */
/* The codes of many inputs at once are those of each alone. */
#include <iscc/iscc.h>
#include <stdlib.h>
#include <string.h>

#include "support/canary.h"
#include "support/random.h"
#include "support/unit.h"

enum { COUNT_MAX = 1500, SIZE_MAX_TESTED = 4 << 20 };

static void assert_codes(const uint8_t *bytes, const size_t *ends, size_t count, unsigned flags)
{
    struct iscc_sum_code *codes = calloc(count + 1, sizeof *codes);

    assert_non_null(codes);
    memset(&codes[count], 0x5a, sizeof *codes);
    const struct iscc_sum_code canary = codes[count];
    assert_int_equal(iscc_gen_sum_codes_v0(bytes, ends, count, flags, codes), ISCC_OK);
    for (size_t i = 0; i < count; i++) {
        const size_t begin = i > 0 ? ends[i - 1] : 0;
        struct iscc_sum_code alone;
        assert_int_equal(iscc_gen_sum_code_v0(bytes + begin, ends[i] - begin, flags, &alone), ISCC_OK);
        assert_string_equal(codes[i].iscc, alone.iscc);
        assert_string_equal(codes[i].data_code, alone.data_code);
        assert_string_equal(codes[i].instance_code, alone.instance_code);
        assert_string_equal(codes[i].datahash, alone.datahash);
        assert_int_equal(codes[i].filesize, alone.filesize);
    }
    assert_memory_equal(&codes[count], &canary, sizeof canary);
    free(codes);
}

/* Short ones, more than a batch has, and long ones among them. */
static void any_inputs(void **state)
{
    uint64_t random = random_seed();
    uint8_t *bytes = malloc(SIZE_MAX_TESTED);
    static size_t ends[COUNT_MAX];

    (void)state;
    assert_non_null(bytes);
    random_fill(&random, bytes, SIZE_MAX_TESTED);
    for (unsigned round = 0; round < 12; round++) {
        const size_t wanted = random_below(&random, COUNT_MAX);
        const size_t limit = round % 3 == 0 ? 100000 : round % 3 == 1 ? 3000 : 300;
        size_t size = 0;
        size_t count = 0;
        for (; count < wanted && size + limit < SIZE_MAX_TESTED; count++)
            ends[count] = size += random_below(&random, limit);
        assert_codes(bytes, ends, count, round % 2 == 0 ? ISCC_WIDE : ISCC_NARROW);
    }
    free(bytes);
}

static void nothing(void **state)
{
    const size_t ends[] = {0, 0, 0};

    (void)state;
    assert_int_equal(iscc_gen_sum_codes_v0(NULL, NULL, 0, ISCC_WIDE, NULL), ISCC_OK);
    assert_codes((const uint8_t *)"", ends, 3, ISCC_WIDE);
}

static void refuse(iscc_status status)
{
    assert_int_equal(status, ISCC_ERROR_ARGUMENT);
}

static void arguments(void **state)
{
    static const char bytes[] = "ab";
    const size_t ends[] = {1, 0};
    struct iscc_sum_code sum;

    (void)state;
    CANARY_SET(sum);
    refuse(iscc_gen_sum_codes_v0(NULL, ends, 1, ISCC_WIDE, &sum));
    refuse(iscc_gen_sum_codes_v0(bytes, NULL, 1, ISCC_WIDE, &sum));
    refuse(iscc_gen_sum_codes_v0(bytes, ends, 1, ISCC_WIDE, NULL));
    refuse(iscc_gen_sum_codes_v0(bytes, ends, 2, ISCC_WIDE, &sum)); /* the second end is less */
    for (unsigned flags = 2; flags != 0; flags <<= 1)
        refuse(iscc_gen_sum_codes_v0(bytes, ends, 1, flags, &sum));
    CANARY_CHECK(sum);
}

TEST_FILE(sum_batch)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_inputs),
        cmocka_unit_test(nothing),
        cmocka_unit_test(arguments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
