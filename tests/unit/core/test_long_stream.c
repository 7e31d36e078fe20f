/* SPDX-License-Identifier: Apache-2.0 */
/* Streams of more than 4 GiB, in pieces and in one call: no length, offset or count on the way is kept in 32 bits. */
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS */
#include <iscc/iscc.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "code_text.h"
#include "naive.h"
#include "pattern.h"
#include "support/random.h"
#include "support/unit.h"

#define FOUR_GIB (UINT64_C(1) << 32)

/* After a few repetitions of a block, each further one has the same chunks. So a short stream has the Data-Code of a
 * long one that ends in the same way. */
static void expect_data_code(const uint8_t *block, size_t size, uint64_t stream_size, size_t rounds, char *code)
{
    const size_t rest = (size_t)(stream_size % size);
    uint8_t digest[32];
    uint8_t *bytes = malloc(rounds * size + rest);

    assert_non_null(bytes);
    for (size_t i = 0; i < rounds; i++)
        memcpy(bytes + i * size, block, size);
    memcpy(bytes + rounds * size, block, rest);
    naive_digest(bytes, rounds * size + rest, digest);
    code_text_unit(ISCC_DATA, 256, digest, code);
    free(bytes);
}

/* Pieces of any size. The datahash was computed with b3sum. */
static void in_pieces(void **state)
{
    enum { PERIOD = 1000003 };
    const uint64_t size = FOUR_GIB + 123457;
    uint64_t numbers = random_seed();
    uint8_t *block = malloc(2 * (size_t)PERIOD);
    char data_code[ISCC_CODE_SIZE];
    struct iscc_sum_code code;
    iscc_sum_hasher *hasher = NULL;

    (void)state;
    assert_non_null(block);
    assert_true(pattern_fill("lcg", 4, block, PERIOD));
    memcpy(block + PERIOD, block, PERIOD);
    assert_int_equal(iscc_sum_hasher_new(&hasher), ISCC_OK);
    for (uint64_t done = 0; done < size;) {
        uint64_t piece = random_below(&numbers, PERIOD + 1);
        piece = piece < size - done ? piece : size - done;
        assert_int_equal(iscc_sum_hasher_update(hasher, block + done % PERIOD, (size_t)piece), ISCC_OK);
        done += piece;
    }
    assert_int_equal(iscc_sum_hasher_finalize(hasher, ISCC_WIDE, &code), ISCC_OK);
    expect_data_code(block, PERIOD, size, 8, data_code);
    assert_true(code.filesize == size);
    assert_string_equal(code.datahash, "1e2079ad115ad9aeffdfbb22b4de53af664dba101b119d60552f60d93fccbb0d0299");
    assert_string_equal(code.data_code, data_code);
    iscc_sum_hasher_free(hasher);
    free(block);
}

/* One call over zeros, which use address space but no memory. The datahash was computed with b3sum. */
static void in_one_call(void **state)
{
    static const uint8_t zeros[8192];
    const uint64_t size = FOUR_GIB + 5000;
    char data_code[ISCC_CODE_SIZE];
    struct iscc_sum_code code;

    (void)state;
    if (size > SIZE_MAX)
        skip();
    void *bytes = mmap(NULL, (size_t)size, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (bytes == MAP_FAILED)
        skip();
    assert_int_equal(iscc_gen_sum_code_v0(bytes, (size_t)size, ISCC_WIDE, &code), ISCC_OK);
    expect_data_code(zeros, naive_chunk(zeros, sizeof zeros), size, 3, data_code);
    assert_true(code.filesize == size);
    assert_string_equal(code.datahash, "1e20d661c28eb1788ec132638e87a0b0a542cf8a7c7d952a3588da9ec91668483d3e");
    assert_string_equal(code.data_code, data_code);
    munmap(bytes, (size_t)size);
}

TEST_FILE(long_stream)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(in_pieces),
        cmocka_unit_test(in_one_call),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
