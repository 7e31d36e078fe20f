/* SPDX-License-Identifier: Apache-2.0 */
/* Zeros that are only counted give the codes of zeros that are read. */
#include <inttypes.h>
#include <iscc/iscc.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/random.h"

#define PIECES 12u
#define PIECE_MAX ((size_t)300 * 1024)

static uint8_t *zeros;

static iscc_sum_hasher *new_hasher(void)
{
    iscc_sum_hasher *hasher;
    assert_int_equal(iscc_sum_hasher_new(&hasher), ISCC_OK);
    return hasher;
}

static void assert_same(const iscc_sum_hasher *read, const iscc_sum_hasher *counted, const char *what, uint64_t number)
{
    struct iscc_sum_code a;
    struct iscc_sum_code b;

    assert_int_equal(iscc_sum_hasher_finalize(read, ISCC_WIDE, &a), ISCC_OK);
    assert_int_equal(iscc_sum_hasher_finalize(counted, ISCC_WIDE, &b), ISCC_OK);
    if (a.filesize != b.filesize || strcmp(a.data_code, b.data_code) != 0 || strcmp(a.datahash, b.datahash) != 0)
        fail_msg("%s %" PRIu64 ": %s %s instead of %s %s", what, number, b.data_code, b.datahash, a.data_code,
                 a.datahash);
}

static void zeros_alone(void **state)
{
    iscc_sum_hasher *read = new_hasher();
    iscc_sum_hasher *counted = new_hasher();
    static const size_t sizes[] = {0,    1,     256,   257,   8191,  8192,  8193,  16384,
                                   8448, 65535, 65536, 65537, 73728, 98304, 98305, PIECE_MAX};

    (void)state;
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        iscc_sum_hasher_reset(read);
        iscc_sum_hasher_reset(counted);
        iscc_sum_hasher_update(read, zeros, sizes[i]);
        assert_int_equal(iscc_sum_hasher_update_zeros(counted, sizes[i]), ISCC_OK);
        assert_same(read, counted, "zeros", sizes[i]);
    }
    iscc_sum_hasher_free(read);
    iscc_sum_hasher_free(counted);
}

/* Lengths about the limits of a chunk, and any others. */
static size_t random_length(uint64_t *numbers)
{
    switch (random_below(numbers, 4)) {
    case 0:
        return random_below(numbers, 20);
    case 1:
        return 8192 * random_below(numbers, 5) + random_below(numbers, 3);
    case 2:
        return random_below(numbers, 10000);
    default:
        return random_below(numbers, PIECE_MAX);
    }
}

/* Data and zeros in turns, each of any length, and now and then zeros that are read. */
static void zeros_among_data(void **state)
{
    iscc_sum_hasher *read = new_hasher();
    iscc_sum_hasher *counted = new_hasher();
    uint8_t *data = malloc(PIECE_MAX);
    uint64_t numbers = random_seed();

    (void)state;
    assert_non_null(data);
    random_fill(&numbers, data, PIECE_MAX);
    for (unsigned round = 0; round < 60; round++) {
        iscc_sum_hasher_reset(read);
        iscc_sum_hasher_reset(counted);
        for (unsigned i = 0; i < PIECES; i++) {
            const size_t size = random_length(&numbers);
            const bool is_data = random_below(&numbers, 5) < 2;
            iscc_sum_hasher_update(read, is_data ? data : zeros, size);
            if (is_data || random_below(&numbers, 5) == 0)
                iscc_sum_hasher_update(counted, is_data ? data : zeros, size);
            else
                iscc_sum_hasher_update_zeros(counted, size);
        }
        assert_same(read, counted, "round", round);
    }
    free(data);
    iscc_sum_hasher_free(read);
    iscc_sum_hasher_free(counted);
}

/* More than any counter of 32 bits holds, at once: whole chunks that are all alike, and the same rest. */
static void an_exabyte(void **state)
{
    iscc_data_hasher *many;
    iscc_data_hasher *few;
    char codes[2][ISCC_CODE_SIZE];

    (void)state;
    assert_int_equal(iscc_data_hasher_new(&many), ISCC_OK);
    assert_int_equal(iscc_data_hasher_new(&few), ISCC_OK);
    for (uint64_t rest = 0; rest < 3; rest++) {
        iscc_data_hasher_update(many, "x", 1);
        iscc_data_hasher_update(few, "x", 1);
        iscc_data_hasher_update_zeros(many, ((uint64_t)1 << 60) + rest);
        iscc_data_hasher_update_zeros(few, 16384 + rest);
        iscc_data_hasher_finalize(many, 256, codes[0]);
        iscc_data_hasher_finalize(few, 256, codes[1]);
        assert_string_equal(codes[0], codes[1]);
    }
    iscc_data_hasher_free(many);
    iscc_data_hasher_free(few);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(zeros_alone),
        cmocka_unit_test(zeros_among_data),
        cmocka_unit_test(an_exabyte),
    };
    zeros = calloc(1, PIECE_MAX);
    if (zeros == NULL)
        return 1;
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    free(zeros);
    return failed;
}
