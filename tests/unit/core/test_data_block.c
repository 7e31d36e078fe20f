/* SPDX-License-Identifier: Apache-2.0 */
/* A stream that is prepared in blocks and joined has the code of the stream that is read in one go. */
#include <iscc/iscc.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "naive.h"
#include "support/random.h"

enum { STREAM_MAX = 400000, BITS = 256 };

static uint64_t random_state;

static void fill_periodic(uint8_t *bytes, size_t size, size_t period)
{
    random_fill(&random_state, bytes, period);
    for (size_t i = period; i < size; i++)
        bytes[i] = bytes[i - period];
}

/* Some random bytes, then a long run of one value that is out of step with any block. */
static void fill_runs(uint8_t *bytes, size_t size)
{
    size_t i = 0;
    while (i < size) {
        size_t part = 1 + random_below(&random_state, 3000);
        size_t run = random_below(&random_state, 60000);
        part = part < size - i ? part : size - i;
        random_fill(&random_state, bytes + i, part);
        i += part;
        run = run < size - i ? run : size - i;
        memset(bytes + i, (int)random_below(&random_state, 4), run);
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
        size_t part = mixed ? 1 + random_below(&random_state, block_max) : block_max;
        part = part < size ? part : size;
        if (mixed && random_below(&random_state, 4) == 0) {
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
        size_t size = random_below(&random_state, STREAM_MAX + 1);
        random_fill(&random_state, bytes, size);
        check_stream(bytes, size);
    }
}

static void test_every_short_stream(void **state)
{
    uint8_t *bytes = *state;
    random_fill(&random_state, bytes, 1400);
    for (size_t size = 1; size < 1400; size += 13)
        check_stream(bytes, size);
}

static void test_periodic_streams(void **state)
{
    uint8_t *bytes = *state;
    for (size_t period = 1; period <= 300; period += 1 + random_below(&random_state, 12)) {
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

/* The bytes of all blocks before the first chunk that ends where one of the stream does. */
static size_t expect_repeated(const uint8_t *bytes, size_t size, size_t block_max)
{
    size_t total = 0;
    size_t in_stream = 0;

    for (size_t begin = 0; begin < size; begin += block_max) {
        const size_t end = size - begin < block_max ? size : begin + block_max;
        size_t in_block = begin;
        while (in_stream < end && in_stream != in_block) {
            if (in_stream < in_block)
                in_stream += naive_chunk(bytes + in_stream, size - in_stream);
            else
                in_block += naive_chunk(bytes + in_block, end - in_block);
        }
        total += (in_stream < end ? in_stream : end) - begin;
    }
    return total;
}

/* On ordinary data the chains meet at once; on a long run out of step they do not, and the join says so. */
static void test_repeated_is_told(void **state)
{
    uint8_t *bytes = *state;
    char code[ISCC_CODE_SIZE];
    random_fill(&random_state, bytes, STREAM_MAX);
    for (size_t block_max = 5000; block_max < STREAM_MAX; block_max *= 2)
        assert_int_equal(code_by_blocks(bytes, STREAM_MAX, block_max, false, code),
                         expect_repeated(bytes, STREAM_MAX, block_max));
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

/* ---- Blocks that several threads prepare, in any order and with pauses, while another one joins ---- */

enum { SCHEDULE_BLOCKS = 48, SCHEDULE_THREADS = 4 };

struct schedule {
    iscc_data_block *blocks[SCHEDULE_BLOCKS];
    const uint8_t *bytes[SCHEDULE_BLOCKS];
    size_t sizes[SCHEDULE_BLOCKS];
    long pauses[SCHEDULE_BLOCKS]; /* nanoseconds before the preparation */
    size_t order[SCHEDULE_BLOCKS];
    atomic_size_t next;
    atomic_bool prepared[SCHEDULE_BLOCKS];
};

static void *prepare_blocks(void *argument)
{
    struct schedule *schedule = argument;
    size_t i;
    while ((i = atomic_fetch_add(&schedule->next, 1)) < SCHEDULE_BLOCKS) {
        const size_t number = schedule->order[i];
        nanosleep(&(struct timespec){0, schedule->pauses[number]}, NULL);
        iscc_data_block_prepare(schedule->blocks[number], schedule->bytes[number], schedule->sizes[number]);
        atomic_store(&schedule->prepared[number], true);
    }
    return NULL;
}

/* Cuts the stream anywhere and shuffles the blocks. */
static void make_schedule(struct schedule *schedule, const uint8_t *bytes, size_t size)
{
    memset(schedule, 0, sizeof *schedule);
    for (size_t i = 0; i < SCHEDULE_BLOCKS; i++) {
        const size_t left = SCHEDULE_BLOCKS - i;
        const size_t most = left == 1 ? size : 2 * size / left;
        schedule->sizes[i] = left == 1 ? size : 1 + random_below(&random_state, most);
        schedule->bytes[i] = bytes;
        schedule->pauses[i] = (long)random_below(&random_state, 300000);
        schedule->order[i] = i;
        assert_int_equal(iscc_data_block_new(&schedule->blocks[i], schedule->sizes[i]), ISCC_OK);
        bytes += schedule->sizes[i];
        size -= schedule->sizes[i];
    }
    for (size_t i = SCHEDULE_BLOCKS; i > 1; i--) {
        const size_t j = random_below(&random_state, i);
        const size_t other = schedule->order[i - 1];
        schedule->order[i - 1] = schedule->order[j];
        schedule->order[j] = other;
    }
}

static void test_any_schedule(void **state)
{
    uint8_t *bytes = *state;
    char expected[ISCC_CODE_SIZE];
    char code[ISCC_CODE_SIZE];
    struct schedule schedule;
    pthread_t threads[SCHEDULE_THREADS];
    iscc_data_hasher *hasher;

    for (int run = 0; run < 10; run++) {
        fill_runs(bytes, STREAM_MAX);
        assert_int_equal(iscc_gen_data_code_v0(bytes, STREAM_MAX, BITS, expected), ISCC_OK);
        make_schedule(&schedule, bytes, STREAM_MAX);
        assert_int_equal(iscc_data_hasher_new(&hasher), ISCC_OK);
        for (size_t i = 0; i < SCHEDULE_THREADS; i++)
            assert_int_equal(pthread_create(&threads[i], NULL, prepare_blocks, &schedule), 0);
        for (size_t i = 0; i < SCHEDULE_BLOCKS; i++) {
            while (!atomic_load(&schedule.prepared[i]))
                nanosleep(&(struct timespec){0, 20000}, NULL);
            assert_int_equal(iscc_data_hasher_join(hasher, schedule.blocks[i], NULL), ISCC_OK);
        }
        for (size_t i = 0; i < SCHEDULE_THREADS; i++)
            assert_int_equal(pthread_join(threads[i], NULL), 0);
        assert_int_equal(iscc_data_hasher_finalize(hasher, BITS, code), ISCC_OK);
        assert_string_equal(code, expected);
        for (size_t i = 0; i < SCHEDULE_BLOCKS; i++)
            iscc_data_block_free(schedule.blocks[i]);
        iscc_data_hasher_free(hasher);
    }
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
    random_state = random_seed();
    return *state == NULL;
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
        cmocka_unit_test_setup_teardown(test_any_schedule, make_room, free_room),
        cmocka_unit_test(test_errors),
        cmocka_unit_test(test_sum_halves),
    };
    return cmocka_run_group_tests_name("data_block", tests, NULL, NULL);
}
