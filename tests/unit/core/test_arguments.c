/* SPDX-License-Identifier: Apache-2.0 */
/* Null pointers and values out of range, at every public function: the status says so, and no result is written. */
#include <iscc/iscc.h>
#include <limits.h>

#include "support/canary.h"
#include "support/unit.h"

static const char bytes[] = "some bytes";
static const char data_code[] = "ISCC:GAASL4F2WZY7KBXB"; /* 64 bits each, of the empty stream */
static const char instance_code[] = "ISCC:IAA26E2JXH27TING";
static const char sum_code[] = "ISCC:KUACL4F2WZY7KBXBV4JUTOPV7GQ2M";

static const unsigned bad_bits[] = {0,   1,   31,  33,  48,          63,          65,      100,
                                    255, 257, 288, 320, 0x80000000u, 0x80000040u, UINT_MAX};
static const unsigned bad_flags[] = {2, 3, 4, 0x80000000u, UINT_MAX};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void assert_argument(iscc_status status)
{
    assert_int_equal(status, ISCC_ERROR_ARGUMENT);
}

static void data_hasher(void **state)
{
    iscc_data_hasher *hasher = NULL;
    char code[ISCC_CODE_SIZE];

    (void)state;
    CANARY_SET(code);
    assert_argument(iscc_data_hasher_new(NULL));
    assert_int_equal(iscc_data_hasher_new(&hasher), ISCC_OK);
    assert_non_null(hasher);
    assert_argument(iscc_data_hasher_update(NULL, bytes, 1));
    assert_argument(iscc_data_hasher_update(NULL, NULL, 0));
    assert_argument(iscc_data_hasher_update(hasher, NULL, 1));
    assert_argument(iscc_data_hasher_update(hasher, NULL, SIZE_MAX));
    assert_int_equal(iscc_data_hasher_update(hasher, NULL, 0), ISCC_OK);
    assert_argument(iscc_data_hasher_update_zeros(NULL, 1));
    assert_int_equal(iscc_data_hasher_update_zeros(hasher, 0), ISCC_OK);
    assert_int_equal(iscc_data_hasher_update(hasher, bytes, 0), ISCC_OK);
    assert_argument(iscc_data_hasher_finalize(NULL, 64, code));
    assert_argument(iscc_data_hasher_finalize(hasher, 64, NULL));
    for (size_t i = 0; i < COUNT(bad_bits); i++)
        assert_int_equal(iscc_data_hasher_finalize(hasher, bad_bits[i], code), ISCC_ERROR_BITS);
    CANARY_CHECK(code);
    /* Nothing of all this has become part of the stream. */
    assert_int_equal(iscc_data_hasher_finalize(hasher, 64, code), ISCC_OK);
    assert_string_equal(code, data_code);
    iscc_data_hasher_reset(NULL);
    iscc_data_hasher_free(NULL);
    iscc_data_hasher_free(hasher);
}

static void instance_hasher(void **state)
{
    iscc_instance_hasher *hasher = NULL;
    char code[ISCC_CODE_SIZE];
    char datahash[ISCC_DATAHASH_SIZE];
    uint64_t filesize;

    (void)state;
    CANARY_SET(code);
    CANARY_SET(datahash);
    CANARY_SET(filesize);
    assert_argument(iscc_instance_hasher_new(NULL));
    assert_int_equal(iscc_instance_hasher_new(&hasher), ISCC_OK);
    assert_non_null(hasher);
    assert_argument(iscc_instance_hasher_update(NULL, bytes, 1));
    assert_argument(iscc_instance_hasher_update(hasher, NULL, 1));
    assert_int_equal(iscc_instance_hasher_update(hasher, NULL, 0), ISCC_OK);
    assert_argument(iscc_instance_hasher_update_zeros(NULL, 1));
    assert_int_equal(iscc_instance_hasher_update_zeros(hasher, 0), ISCC_OK);
    assert_argument(iscc_instance_hasher_finalize(NULL, 64, code, datahash, &filesize));
    assert_argument(iscc_instance_hasher_finalize(hasher, 64, NULL, datahash, &filesize));
    for (size_t i = 0; i < COUNT(bad_bits); i++)
        assert_int_equal(iscc_instance_hasher_finalize(hasher, bad_bits[i], code, datahash, &filesize),
                         ISCC_ERROR_BITS);
    CANARY_CHECK(code);
    CANARY_CHECK(datahash);
    CANARY_CHECK(filesize);
    assert_int_equal(iscc_instance_hasher_finalize(hasher, 64, code, NULL, NULL), ISCC_OK);
    assert_string_equal(code, instance_code);
    iscc_instance_hasher_reset(NULL);
    iscc_instance_hasher_free(NULL);
    iscc_instance_hasher_free(hasher);
}

static void sum_hasher(void **state)
{
    iscc_sum_hasher *hasher = NULL;
    struct iscc_sum_code code;

    (void)state;
    CANARY_SET(code);
    assert_argument(iscc_sum_hasher_new(NULL));
    assert_int_equal(iscc_sum_hasher_new(&hasher), ISCC_OK);
    assert_non_null(hasher);
    assert_argument(iscc_sum_hasher_update(NULL, bytes, 1));
    assert_argument(iscc_sum_hasher_update(hasher, NULL, 1));
    assert_int_equal(iscc_sum_hasher_update(hasher, NULL, 0), ISCC_OK);
    assert_argument(iscc_sum_hasher_update_zeros(NULL, 1));
    assert_int_equal(iscc_sum_hasher_update_zeros(hasher, 0), ISCC_OK);
    assert_argument(iscc_sum_hasher_finalize(NULL, ISCC_WIDE, &code));
    assert_argument(iscc_sum_hasher_finalize(hasher, ISCC_WIDE, NULL));
    for (size_t i = 0; i < COUNT(bad_flags); i++)
        assert_argument(iscc_sum_hasher_finalize(hasher, bad_flags[i], &code));
    CANARY_CHECK(code);
    assert_int_equal(iscc_sum_hasher_finalize(hasher, ISCC_NARROW, &code), ISCC_OK);
    assert_string_equal(code.iscc, sum_code);
    iscc_sum_hasher_reset(NULL);
    iscc_sum_hasher_free(NULL);
    iscc_sum_hasher_free(hasher);
}

/* Halves that were fed differently have no code in common. */
static void sum_hasher_halves(void **state)
{
    iscc_sum_hasher *hasher = NULL;
    struct iscc_sum_code code;
    uint8_t digest[ISCC_UNIT_DIGEST_SIZE];

    (void)state;
    CANARY_SET(digest);
    assert_null(iscc_sum_hasher_data(NULL));
    assert_null(iscc_sum_hasher_instance(NULL));
    assert_int_equal(iscc_sum_hasher_new(&hasher), ISCC_OK);
    CANARY_SET(code);
    assert_int_equal(iscc_data_hasher_update(iscc_sum_hasher_data(hasher), bytes, 5), ISCC_OK);
    assert_argument(iscc_sum_hasher_finalize(hasher, ISCC_WIDE, &code));
    assert_int_equal(iscc_instance_hasher_update(iscc_sum_hasher_instance(hasher), bytes, 4), ISCC_OK);
    assert_argument(iscc_sum_hasher_finalize(hasher, ISCC_WIDE, &code));
    assert_argument(iscc_sum_hasher_digest(hasher, digest, digest));
    assert_argument(iscc_sum_hasher_units(hasher, 64, code.data_code, code.instance_code));
    CANARY_CHECK(digest);
    CANARY_CHECK(code);
    assert_int_equal(iscc_instance_hasher_update(iscc_sum_hasher_instance(hasher), bytes + 4, 1), ISCC_OK);
    assert_int_equal(iscc_sum_hasher_finalize(hasher, ISCC_WIDE, &code), ISCC_OK);
    assert_int_equal(code.filesize, 5);
    iscc_sum_hasher_free(hasher);
}

static void copies_and_digests(void **state)
{
    iscc_sum_hasher *hasher = NULL;
    iscc_sum_hasher *sum = NULL;
    iscc_data_hasher *data = NULL;
    iscc_instance_hasher *instance = NULL;
    uint8_t digest[ISCC_UNIT_DIGEST_SIZE];
    char code[ISCC_CODE_SIZE];

    (void)state;
    CANARY_SET(digest);
    CANARY_SET(code);
    assert_int_equal(iscc_sum_hasher_new(&hasher), ISCC_OK);
    assert_argument(iscc_sum_hasher_copy(NULL, &sum));
    assert_argument(iscc_sum_hasher_copy(hasher, NULL));
    assert_argument(iscc_data_hasher_copy(NULL, &data));
    assert_argument(iscc_data_hasher_copy(iscc_sum_hasher_data(hasher), NULL));
    assert_argument(iscc_instance_hasher_copy(NULL, &instance));
    assert_argument(iscc_instance_hasher_copy(iscc_sum_hasher_instance(hasher), NULL));
    assert_true(sum == NULL && data == NULL && instance == NULL);
    assert_argument(iscc_data_hasher_digest(NULL, digest));
    assert_argument(iscc_data_hasher_digest(iscc_sum_hasher_data(hasher), NULL));
    assert_argument(iscc_instance_hasher_digest(NULL, digest));
    assert_argument(iscc_instance_hasher_digest(iscc_sum_hasher_instance(hasher), NULL));
    assert_argument(iscc_sum_hasher_digest(NULL, digest, digest));
    assert_argument(iscc_sum_hasher_digest(hasher, NULL, digest));
    assert_argument(iscc_sum_hasher_digest(hasher, digest, NULL));
    assert_argument(iscc_sum_hasher_units(NULL, 64, code, code));
    assert_argument(iscc_sum_hasher_units(hasher, 64, NULL, code));
    assert_argument(iscc_sum_hasher_units(hasher, 64, code, NULL));
    for (size_t i = 0; i < COUNT(bad_bits); i++)
        assert_int_equal(iscc_sum_hasher_units(hasher, bad_bits[i], code, code), ISCC_ERROR_BITS);
    CANARY_CHECK(digest);
    CANARY_CHECK(code);
    iscc_sum_hasher_free(hasher);
}

static void data_block(void **state)
{
    iscc_data_block *block = NULL;
    iscc_data_hasher *hasher = NULL;
    size_t repeated;

    (void)state;
    CANARY_SET(repeated);
    assert_argument(iscc_data_block_new(NULL, 1000));
    assert_argument(iscc_data_block_new(&block, 0));
    assert_argument(iscc_data_block_new(&block, ((size_t)1 << 30) + 1));
    assert_argument(iscc_data_block_new(&block, SIZE_MAX));
    assert_null(block);
    assert_int_equal(iscc_data_block_new(&block, (size_t)1 << 30), ISCC_OK);
    iscc_data_block_free(block);
    assert_int_equal(iscc_data_block_new(&block, 5), ISCC_OK);
    assert_int_equal(iscc_data_hasher_new(&hasher), ISCC_OK);
    assert_argument(iscc_data_hasher_join(hasher, block, &repeated)); /* not prepared yet */
    assert_argument(iscc_data_block_prepare(NULL, bytes, 1));
    assert_argument(iscc_data_block_prepare(block, NULL, 1));
    assert_argument(iscc_data_block_prepare(block, bytes, 0));
    assert_argument(iscc_data_block_prepare(block, bytes, 6));
    assert_int_equal(iscc_data_block_prepare(block, bytes, 5), ISCC_OK);
    assert_argument(iscc_data_hasher_join(NULL, block, &repeated));
    assert_argument(iscc_data_hasher_join(hasher, NULL, &repeated));
    CANARY_CHECK(repeated);
    assert_int_equal(iscc_data_hasher_join(hasher, block, NULL), ISCC_OK);
    iscc_data_hasher_free(hasher);
    iscc_data_block_free(block);
    iscc_data_block_free(NULL);
}

static void one_shot_functions(void **state)
{
    char code[ISCC_CODE_SIZE];
    char datahash[ISCC_DATAHASH_SIZE];
    uint64_t filesize;
    struct iscc_sum_code sum;

    (void)state;
    CANARY_SET(code);
    CANARY_SET(datahash);
    CANARY_SET(filesize);
    CANARY_SET(sum);
    assert_argument(iscc_gen_data_code_v0(NULL, 1, 64, code));
    assert_argument(iscc_gen_data_code_v0(bytes, 1, 64, NULL));
    assert_argument(iscc_gen_instance_code_v0(NULL, 1, 64, code, datahash, &filesize));
    assert_argument(iscc_gen_instance_code_v0(bytes, 1, 64, NULL, datahash, &filesize));
    assert_argument(iscc_gen_sum_code_v0(NULL, 1, ISCC_WIDE, &sum));
    assert_argument(iscc_gen_sum_code_v0(bytes, 1, ISCC_WIDE, NULL));
    for (size_t i = 0; i < COUNT(bad_bits); i++) {
        assert_int_equal(iscc_gen_data_code_v0(bytes, 1, bad_bits[i], code), ISCC_ERROR_BITS);
        assert_int_equal(iscc_gen_instance_code_v0(bytes, 1, bad_bits[i], code, datahash, &filesize), ISCC_ERROR_BITS);
    }
    for (size_t i = 0; i < COUNT(bad_flags); i++)
        assert_argument(iscc_gen_sum_code_v0(bytes, 1, bad_flags[i], &sum));
    CANARY_CHECK(code);
    CANARY_CHECK(datahash);
    CANARY_CHECK(filesize);
    CANARY_CHECK(sum);
    assert_int_equal(iscc_gen_data_code_v0(NULL, 0, 64, code), ISCC_OK);
    assert_string_equal(code, data_code);
    assert_int_equal(iscc_gen_instance_code_v0(NULL, 0, 64, code, NULL, NULL), ISCC_OK);
    assert_string_equal(code, instance_code);
    assert_int_equal(iscc_gen_sum_code_v0(NULL, 0, ISCC_NARROW, &sum), ISCC_OK);
    assert_string_equal(sum.iscc, sum_code);
}

static void compose(void **state)
{
    const char *const units[] = {data_code, instance_code};
    const char *const with_null[] = {data_code, NULL};
    const char *const with_garbage[] = {data_code, "ISCC:!"};
    char code[ISCC_CODE_SIZE];

    (void)state;
    CANARY_SET(code);
    assert_argument(iscc_gen_iscc_code_v0(NULL, 2, ISCC_NARROW, code));
    assert_argument(iscc_gen_iscc_code_v0(units, 2, ISCC_NARROW, NULL));
    assert_argument(iscc_gen_iscc_code_v0(with_null, 2, ISCC_NARROW, code));
    for (size_t i = 0; i < COUNT(bad_flags); i++)
        assert_argument(iscc_gen_iscc_code_v0(units, 2, bad_flags[i], code));
    assert_int_equal(iscc_gen_iscc_code_v0(units, 0, ISCC_NARROW, code), ISCC_ERROR_UNITS);
    assert_int_equal(iscc_gen_iscc_code_v0(units, 1, ISCC_NARROW, code), ISCC_ERROR_UNITS);
    assert_int_equal(iscc_gen_iscc_code_v0(units, 2, ISCC_WIDE, code), ISCC_ERROR_UNITS); /* 64 bits are too few */
    assert_int_equal(iscc_gen_iscc_code_v0(units, SIZE_MAX, ISCC_NARROW, code), ISCC_ERROR_UNITS);
    assert_int_equal(iscc_gen_iscc_code_v0(with_garbage, 2, ISCC_NARROW, code), ISCC_ERROR_CHARACTER);
    /* Their number is looked at first. */
    assert_int_equal(iscc_gen_iscc_code_v0(with_garbage + 1, 1, ISCC_NARROW, code), ISCC_ERROR_UNITS);
    CANARY_CHECK(code);
    assert_int_equal(iscc_gen_iscc_code_v0(units, 2, ISCC_NARROW, code), ISCC_OK);
    assert_string_equal(code, sum_code);
}

static void decoding(void **state)
{
    struct iscc_decoded decoded;
    char code[ISCC_CODE_SIZE];
    size_t position;

    (void)state;
    CANARY_SET(decoded);
    CANARY_SET(code);
    CANARY_SET(position);
    assert_argument(iscc_decode(NULL, &decoded, &position));
    assert_argument(iscc_decode(sum_code, NULL, &position));
    assert_argument(iscc_normalize(NULL, code));
    assert_argument(iscc_normalize(sum_code, NULL));
    assert_argument(iscc_validate(NULL));
    CANARY_CHECK(position);

    /* If a text is not a code, only the position is set. */
    assert_int_equal(iscc_decode("ISCC:K!", &decoded, &position), ISCC_ERROR_CHARACTER);
    assert_int_equal(position, 6);
    assert_int_equal(iscc_decode("", &decoded, NULL), ISCC_ERROR_TOO_SHORT);
    assert_int_equal(iscc_normalize("", code), ISCC_ERROR_TOO_SHORT);
    CANARY_CHECK(decoded);
    CANARY_CHECK(code);
}

static void encoding(void **state)
{
    struct iscc_decoded decoded;
    char code[ISCC_CODE_SIZE];
    char name[ISCC_TYPE_NAME_SIZE];

    (void)state;
    CANARY_SET(code);
    CANARY_SET(name);
    assert_argument(iscc_encode(NULL, code));
    assert_argument(iscc_type_name(NULL, name));
    assert_int_equal(iscc_decode(sum_code, &decoded, NULL), ISCC_OK);
    assert_argument(iscc_encode(&decoded, NULL));
    assert_argument(iscc_type_name(&decoded, NULL));
    decoded.bits = 64;
    assert_int_equal(iscc_encode(&decoded, code), ISCC_ERROR_BITS);
    decoded.main_type = 8;
    assert_int_equal(iscc_encode(&decoded, code), ISCC_ERROR_MAIN_TYPE);
    assert_int_equal(iscc_type_name(&decoded, name), ISCC_ERROR_MAIN_TYPE);
    CANARY_CHECK(code);
    CANARY_CHECK(name);
}

static void decompose(void **state)
{
    char units[ISCC_UNITS_MAX][ISCC_CODE_SIZE];
    size_t count;

    (void)state;
    CANARY_SET(units);
    CANARY_SET(count);
    assert_argument(iscc_decompose(NULL, units, &count));
    assert_argument(iscc_decompose(sum_code, NULL, &count));
    assert_argument(iscc_decompose(sum_code, units, NULL));
    assert_int_equal(iscc_decompose("", units, &count), ISCC_ERROR_TOO_SHORT);
    CANARY_CHECK(units);
    CANARY_CHECK(count);
}

static void distances(void **state)
{
    unsigned distance;
    unsigned bits;

    (void)state;
    CANARY_SET(distance);
    CANARY_SET(bits);
    assert_argument(iscc_hamming_distance(NULL, bytes, 1, &distance));
    assert_argument(iscc_hamming_distance(bytes, NULL, 1, &distance));
    assert_argument(iscc_hamming_distance(bytes, bytes, 1, NULL));
#if SIZE_MAX > UINT_MAX
    assert_argument(iscc_hamming_distance(bytes, bytes, (size_t)UINT_MAX / 8 + 1, &distance));
#endif
    assert_argument(iscc_distance(NULL, data_code, &distance, &bits));
    assert_argument(iscc_distance(data_code, NULL, &distance, &bits));
    assert_argument(iscc_distance(data_code, data_code, NULL, &bits));
    assert_int_equal(iscc_distance(data_code, instance_code, &distance, &bits), ISCC_ERROR_MISMATCH);
    assert_int_equal(iscc_distance(sum_code, sum_code, &distance, &bits), ISCC_ERROR_MISMATCH);
    assert_int_equal(iscc_distance(data_code, "ISCC:", &distance, &bits), ISCC_ERROR_TOO_SHORT);
    CANARY_CHECK(distance);
    CANARY_CHECK(bits);
    assert_int_equal(iscc_distance(data_code, data_code, &distance, NULL), ISCC_OK);
    assert_int_equal(distance, 0);
}

static void backend(void **state)
{
    (void)state;
    assert_argument(iscc_backend(NULL));
    assert_null(iscc_backend_available(SIZE_MAX));
}

TEST_FILE(arguments)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(data_hasher),
                                       cmocka_unit_test(instance_hasher),
                                       cmocka_unit_test(sum_hasher),
                                       cmocka_unit_test(sum_hasher_halves),
                                       cmocka_unit_test(copies_and_digests),
                                       cmocka_unit_test(data_block),
                                       cmocka_unit_test(one_shot_functions),

                                       cmocka_unit_test(compose),
                                       cmocka_unit_test(decoding),
                                       cmocka_unit_test(encoding),
                                       cmocka_unit_test(decompose),
                                       cmocka_unit_test(distances),
                                       cmocka_unit_test(backend)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
