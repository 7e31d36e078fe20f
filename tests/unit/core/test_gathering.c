/* SPDX-License-Identifier: Apache-2.0 */
/* A hasher that gathers small updates gives the codes of the whole, whatever comes between them. */
#include <inttypes.h>
#include <iscc/iscc.h>
#include <stdlib.h>
#include <string.h>

#include "hashers.h"
#include "support/random.h"
#include "support/unit.h"

#define STREAM_MAX ((size_t)4 << 20)
#define STEPS 30u

static uint8_t *bytes;
static iscc_sum_hasher *hasher;
static iscc_data_block *block;

/* Tiny, about what is gathered at once, or any. */
static size_t random_length(uint64_t *numbers)
{
    switch (random_below(numbers, 4)) {
    case 0:
        return random_below(numbers, 20);
    case 1:
        return ISCC_GATHER_SIZE / (1 + random_below(numbers, 3)) + random_below(numbers, 3) - 1;
    case 2:
        return random_below(numbers, 20000);
    default:
        return random_below(numbers, 2 * ISCC_GATHER_SIZE);
    }
}

static void assert_code(size_t size)
{
    struct iscc_sum_code code;
    struct iscc_sum_code expected;

    assert_int_equal(iscc_sum_hasher_finalize(hasher, ISCC_WIDE, &code), ISCC_OK);
    assert_int_equal(iscc_gen_sum_code_v0(bytes, size, ISCC_WIDE, &expected), ISCC_OK);
    if (code.filesize != size || strcmp(code.iscc, expected.iscc) != 0)
        fail_msg("%zu bytes: %s of %" PRIu64 " bytes, not %s", size, code.iscc, code.filesize, expected.iscc);
}

/* Appends `size` bytes in one of the ways that there are. */
static void append(uint64_t *numbers, size_t from, size_t size)
{
    switch (size > 0 ? random_below(numbers, 6) : 3) {
    case 0:
        memset(bytes + from, 0, size);
        assert_int_equal(iscc_sum_hasher_update_zeros(hasher, size), ISCC_OK);
        break;
    case 1:
        assert_int_equal(iscc_data_block_prepare(block, bytes + from, size), ISCC_OK);
        assert_int_equal(iscc_data_hasher_join(iscc_sum_hasher_data(hasher), block, NULL), ISCC_OK);
        iscc_instance_hasher_update(iscc_sum_hasher_instance(hasher), bytes + from, size);
        break;
    default:
        assert_int_equal(iscc_sum_hasher_update(hasher, bytes + from, size), ISCC_OK);
    }
}

static void anything_between_updates(void **state)
{
    uint64_t numbers = random_seed();

    (void)state;
    for (unsigned round = 0; round < 6; round++) {
        size_t size = 0;
        random_fill(&numbers, bytes, STREAM_MAX);
        iscc_sum_hasher_reset(hasher);
        for (unsigned i = 0; i < STEPS; i++) {
            const size_t length = random_length(&numbers);
            if (length > STREAM_MAX - size)
                break;
            append(&numbers, size, length);
            size += length;
            if (random_below(&numbers, 8) == 0)
                assert_code(size); /* after which the stream continues */
        }
        assert_code(size);
    }
}

static int make_hasher(void **state)
{
    (void)state;
    bytes = malloc(STREAM_MAX);
    return bytes == NULL || iscc_sum_hasher_new(&hasher) != ISCC_OK ||
           iscc_data_block_new(&block, 2 * ISCC_GATHER_SIZE) != ISCC_OK;
}

static int free_hasher(void **state)
{
    (void)state;
    iscc_sum_hasher_free(hasher);
    iscc_data_block_free(block);
    free(bytes);
    return 0;
}

TEST_FILE(gathering)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(anything_between_updates),
    };
    return cmocka_run_group_tests(tests, make_hasher, free_hasher);
}
