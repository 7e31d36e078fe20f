/* SPDX-License-Identifier: Apache-2.0 */
/* A stream that is prepared in blocks and joined has the code of the stream that is read in one go. */
#include <setjmp.h>
#include <stdbool.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "iscc.h"

enum { STREAM_MAX = 400000, BITS = 256 };

static uint64_t random_state;

static uint32_t random_below(uint32_t limit)
{
    random_state = random_state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(random_state >> 33) % limit;
}

static int choose_seed(void **state)
{
    (void)state;
    const char *wish = getenv("ISCC_TEST_SEED");
    random_state = wish == NULL ? 20240501u : strtoull(wish, NULL, 10);
    print_message("ISCC_TEST_SEED=%llu\n", (unsigned long long)random_state);
    return 0;
}

static void fill_random(uint8_t *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        bytes[i] = (uint8_t)random_below(256);
}

static void fill_periodic(uint8_t *bytes, size_t size, size_t period)
{
    fill_random(bytes, period);
    for (size_t i = period; i < size; i++)
        bytes[i] = bytes[i - period];
}

/* Some random bytes, then a long run of one value that is out of step with any block. */
static void fill_runs(uint8_t *bytes, size_t size)
{
    size_t i = 0;
    while (i < size) {
        size_t part = 1 + random_below(3000);
        size_t run = random_below(60000);
        part = part < size - i ? part : size - i;
        fill_random(bytes + i, part);
        i += part;
        run = run < size - i ? run : size - i;
        memset(bytes + i, (int)random_below(4), run);
        i += run;
    }
}

/* Joins blocks of up to block_max bytes; some are fed by update instead. Returns the bytes that were chunked again. */
static size_t code_by_blocks(const uint8_t *bytes, size_t size, size_t block_max, bool mixed, char *code)
{
    iscc_data_hasher *hasher;
    iscc_data_block *block;
    size_t total = 0;
    assert_int_equal(iscc_data_hasher_new(&hasher), ISCC_OK);
    assert_int_equal(iscc_data_block_new(&block, block_max), ISCC_OK);
    while (size > 0) {
        size_t part = mixed ? 1 + random_below((uint32_t)block_max) : block_max;
        part = part < size ? part : size;
        if (mixed && random_below(4) == 0) {
            assert_int_equal(iscc_data_hasher_update(hasher, bytes, part), ISCC_OK);
        } else {
            size_t repeated = 12345678;
            assert_int_equal(iscc_data_block_prepare(block, bytes, part), ISCC_OK);
            assert_int_equal(iscc_data_hasher_join(hasher, block, &repeated), ISCC_OK);
            assert_true(repeated <= part);
            total += repeated;
        }
        bytes += part;
        size -= part;
    }
    assert_int_equal(iscc_data_hasher_finalize(hasher, BITS, code), ISCC_OK);
    iscc_data_block_free(block);
    iscc_data_hasher_free(hasher);
    return total;
}

static void check_stream(const uint8_t *bytes, size_t size)
{
    static const size_t block_sizes[] = {1, 255, 256, 257, 640, 1000, 8191, 8192, 8193, 65536, 99991, STREAM_MAX};
    char expected[ISCC_CODE_SIZE];
    char code[ISCC_CODE_SIZE];

    assert_int_equal(iscc_gen_data_code_v0(bytes, size, BITS, expected), ISCC_OK);
    for (size_t i = size > 20000 ? 1 : 0; i < sizeof block_sizes / sizeof block_sizes[0]; i++) {
        code_by_blocks(bytes, size, block_sizes[i], false, code);
        assert_string_equal(code, expected);
        code_by_blocks(bytes, size, block_sizes[i], true, code);
        assert_string_equal(code, expected);
    }
}

static void test_random_streams(void **state)
{
    uint8_t *bytes = *state;
    for (int i = 0; i < 12; i++) {
        size_t size = random_below(STREAM_MAX + 1);
        fill_random(bytes, size);
        check_stream(bytes, size);
    }
}

static void test_every_short_stream(void **state)
{
    uint8_t *bytes = *state;
    fill_random(bytes, 1400);
    for (size_t size = 1; size < 1400; size += 13)
        check_stream(bytes, size);
}

static void test_periodic_streams(void **state)
{
    uint8_t *bytes = *state;
    for (size_t period = 1; period <= 300; period += 1 + random_below(12)) {
        fill_periodic(bytes, 120000, period);
        check_stream(bytes, 120000);
    }
}

static void test_runs(void **state)
{
    uint8_t *bytes = *state;
    for (int i = 0; i < 8; i++) {
        fill_runs(bytes, STREAM_MAX);
        check_stream(bytes, STREAM_MAX);
    }
}

/* On ordinary data the chains meet at once; on a long run out of step they do not, and the join says so. */
static void test_repeated_is_told(void **state)
{
    uint8_t *bytes = *state;
    char code[ISCC_CODE_SIZE];
    fill_random(bytes, STREAM_MAX);
    assert_true(code_by_blocks(bytes, STREAM_MAX, 65536, false, code) < STREAM_MAX / 4);
    memset(bytes + 1, 0, STREAM_MAX - 1);
    assert_true(code_by_blocks(bytes + 1, STREAM_MAX - 1, 65536, false, code) < 8192);
    assert_true(code_by_blocks(bytes + 1, STREAM_MAX - 1, 65537, false, code) > STREAM_MAX / 2);
}

static void test_errors(void **state)
{
    iscc_data_hasher *hasher;
    iscc_data_block *block = NULL;
    size_t repeated;
    (void)state;

    assert_int_equal(iscc_data_block_new(NULL, 1), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_data_block_new(&block, 0), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_data_block_new(&block, ((size_t)1 << 30) + 1), ISCC_ERROR_ARGUMENT);
    assert_null(block);
    assert_int_equal(iscc_data_hasher_new(&hasher), ISCC_OK);
    assert_int_equal(iscc_data_block_new(&block, 4), ISCC_OK);
    assert_int_equal(iscc_data_hasher_join(hasher, block, &repeated), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_data_block_prepare(block, "abcde", 5), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_data_block_prepare(block, "abcde", 0), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_data_block_prepare(block, NULL, 1), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_data_block_prepare(NULL, "abcde", 1), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_data_hasher_join(NULL, block, NULL), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_data_hasher_join(hasher, NULL, NULL), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_data_block_prepare(block, "abcd", 4), ISCC_OK);
    assert_int_equal(iscc_data_hasher_join(hasher, block, NULL), ISCC_OK);
    iscc_data_block_free(block);
    iscc_data_block_free(NULL);
    iscc_data_hasher_free(hasher);
}

/* The halves of a sum hasher must have seen the same. */
static void test_sum_halves(void **state)
{
    iscc_sum_hasher *sum;
    struct iscc_sum_code code;
    struct iscc_sum_code expected;
    (void)state;

    assert_null(iscc_sum_hasher_data(NULL));
    assert_null(iscc_sum_hasher_instance(NULL));
    assert_int_equal(iscc_sum_hasher_new(&sum), ISCC_OK);
    assert_int_equal(iscc_data_hasher_update(iscc_sum_hasher_data(sum), "abc", 3), ISCC_OK);
    assert_int_equal(iscc_sum_hasher_finalize(sum, ISCC_WIDE, &code), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_instance_hasher_update(iscc_sum_hasher_instance(sum), "abc", 3), ISCC_OK);
    assert_int_equal(iscc_sum_hasher_finalize(sum, ISCC_WIDE, &code), ISCC_OK);
    assert_int_equal(iscc_gen_sum_code_v0("abc", 3, ISCC_WIDE, &expected), ISCC_OK);
    assert_string_equal(code.iscc, expected.iscc);
    assert_int_equal(code.filesize, 3);
    iscc_sum_hasher_free(sum);
}

static int make_room(void **state)
{
    *state = malloc(STREAM_MAX);
    return *state == NULL || choose_seed(state) != 0;
}

static int free_room(void **state)
{
    free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_random_streams, make_room, free_room),
        cmocka_unit_test_setup_teardown(test_every_short_stream, make_room, free_room),
        cmocka_unit_test_setup_teardown(test_periodic_streams, make_room, free_room),
        cmocka_unit_test_setup_teardown(test_runs, make_room, free_room),
        cmocka_unit_test_setup_teardown(test_repeated_is_told, make_room, free_room),
        cmocka_unit_test(test_errors),
        cmocka_unit_test(test_sum_halves),
    };
    return cmocka_run_group_tests_name("data_block", tests, NULL, NULL);
}
