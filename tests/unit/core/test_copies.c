/* SPDX-License-Identifier: Apache-2.0 */
/* Copies of hashers, which continue independently, and digests, which are the bodies of the codes. */
#include <iscc/iscc.h>
#include <stdlib.h>
#include <string.h>

#include "support/random.h"
#include "support/unit.h"

#define STREAM_MAX ((size_t)1 << 20)
#define ROUNDS 12

static uint8_t *bytes;

static void assert_body(const char *code, const uint8_t *digest)
{
    struct iscc_decoded decoded;

    assert_int_equal(iscc_decode(code, &decoded, NULL), ISCC_OK);
    assert_memory_equal(decoded.digest, digest, decoded.bits / 8);
}

/* The digests and units of a hasher that has had the first `size` bytes. */
static void assert_sum(const iscc_sum_hasher *hasher, size_t size)
{
    struct iscc_sum_code code;
    struct iscc_sum_code expected;
    uint8_t data[ISCC_UNIT_DIGEST_SIZE];
    uint8_t instance[ISCC_UNIT_DIGEST_SIZE];
    char units[2][ISCC_CODE_SIZE];
    char unit[ISCC_CODE_SIZE];

    assert_int_equal(iscc_gen_sum_code_v0(bytes, size, ISCC_WIDE, &expected), ISCC_OK);
    assert_int_equal(iscc_sum_hasher_finalize(hasher, ISCC_WIDE, &code), ISCC_OK);
    assert_string_equal(code.data_code, expected.data_code);
    assert_string_equal(code.instance_code, expected.instance_code);
    assert_int_equal(iscc_sum_hasher_digest(hasher, data, instance), ISCC_OK);
    assert_body(expected.data_code, data);
    assert_body(expected.instance_code, instance);
    for (unsigned bits = 32; bits <= 256; bits += 32) {
        assert_int_equal(iscc_sum_hasher_units(hasher, bits, units[0], units[1]), ISCC_OK);
        assert_int_equal(iscc_gen_data_code_v0(bytes, size, bits, unit), ISCC_OK);
        assert_string_equal(units[0], unit);
        assert_int_equal(iscc_gen_instance_code_v0(bytes, size, bits, unit, NULL, NULL), ISCC_OK);
        assert_string_equal(units[1], unit);
    }
}

/* Sizes for which some bytes are gathered and some are not, and streams that are empty so far. */
static void sums_continue_independently(void **state)
{
    uint64_t numbers = random_seed();

    (void)state;
    for (unsigned round = 0; round < ROUNDS; round++) {
        const size_t most = STREAM_MAX >> 2 * (round % 6);
        const size_t first = round == 0 ? 0 : random_below(&numbers, most / 2);
        const size_t second = first + random_below(&numbers, most / 4);
        const size_t third = second + random_below(&numbers, most / 4);
        iscc_sum_hasher *hasher = NULL;
        iscc_sum_hasher *copy = NULL;
        random_fill(&numbers, bytes, third);
        assert_int_equal(iscc_sum_hasher_new(&hasher), ISCC_OK);
        iscc_sum_hasher_update(hasher, bytes, first / 2);
        iscc_sum_hasher_update(hasher, bytes + first / 2, first - first / 2);
        assert_int_equal(iscc_sum_hasher_copy(hasher, &copy), ISCC_OK);
        iscc_sum_hasher_update(hasher, bytes + first, third - first);
        assert_sum(copy, first);
        iscc_sum_hasher_update(copy, bytes + first, second - first);
        assert_sum(hasher, third);
        iscc_sum_hasher_free(hasher);
        assert_sum(copy, second);
        iscc_sum_hasher_free(copy);
    }
}

/* Also of the hashers inside a sum hasher, which their copies outlive. */
static void halves_are_copied(void **state)
{
    static const char begin[] = "abcdef";
    iscc_sum_hasher *hasher = NULL;
    iscc_data_hasher *data = NULL;
    iscc_instance_hasher *instance = NULL;
    uint8_t digests[2][ISCC_UNIT_DIGEST_SIZE];
    char code[ISCC_CODE_SIZE];

    (void)state;
    assert_int_equal(iscc_sum_hasher_new(&hasher), ISCC_OK);
    for (size_t i = 0; i < 3; i++)
        iscc_sum_hasher_update(hasher, begin + 2 * i, 2);
    assert_int_equal(iscc_data_hasher_copy(iscc_sum_hasher_data(hasher), &data), ISCC_OK);
    assert_int_equal(iscc_instance_hasher_copy(iscc_sum_hasher_instance(hasher), &instance), ISCC_OK);
    iscc_sum_hasher_free(hasher);
    iscc_data_hasher_update(data, "ghi", 3);
    iscc_instance_hasher_update(instance, "ghi", 3);
    assert_int_equal(iscc_data_hasher_digest(data, digests[0]), ISCC_OK);
    assert_int_equal(iscc_instance_hasher_digest(instance, digests[1]), ISCC_OK);
    assert_int_equal(iscc_gen_data_code_v0("abcdefghi", 9, 256, code), ISCC_OK);
    assert_body(code, digests[0]);
    assert_int_equal(iscc_gen_instance_code_v0("abcdefghi", 9, 256, code, NULL, NULL), ISCC_OK);
    assert_body(code, digests[1]);
    iscc_data_hasher_free(data);
    iscc_instance_hasher_free(instance);
}

/* Copied within a character, and with a capital sigma whose form is still open. */
static void texts_continue_independently(void **state)
{
    static const char begin[] = "ΟΔΟΣ";
    static const char *const ends[] = {" caf", "ά und so weiter, bis ein Fenster voll ist"};
    iscc_text_hasher *hashers[2] = {NULL, NULL};
    uint8_t digest[ISCC_UNIT_DIGEST_SIZE];
    char text[100];
    char code[ISCC_CODE_SIZE];
    uint64_t counts[2];

    (void)state;
    assert_int_equal(iscc_text_hasher_new(&hashers[0]), ISCC_OK);
    assert_int_equal(iscc_text_hasher_update(hashers[0], begin, strlen(begin) - 1), ISCC_OK);
    assert_int_equal(iscc_text_hasher_copy(hashers[0], &hashers[1]), ISCC_OK);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(iscc_text_hasher_digest(hashers[i], digest, &counts[0]), ISCC_ERROR_UTF8);
        iscc_text_hasher_update(hashers[i], begin + strlen(begin) - 1, 1);
        iscc_text_hasher_update(hashers[i], ends[i], strlen(ends[i]));
    }
    for (size_t i = 0; i < 2; i++) {
        strcpy(text, begin);
        strcat(text, ends[i]);
        assert_int_equal(iscc_gen_text_code_v0(text, strlen(text), 256, code, &counts[0], NULL), ISCC_OK);
        assert_int_equal(iscc_text_hasher_digest(hashers[i], digest, &counts[1]), ISCC_OK);
        assert_body(code, digest);
        assert_int_equal(counts[0], counts[1]);
        assert_int_equal(iscc_text_hasher_digest(hashers[i], digest, NULL), ISCC_OK);
        iscc_text_hasher_free(hashers[i]);
    }
}

static int make_bytes(void **state)
{
    (void)state;
    bytes = malloc(STREAM_MAX);
    return bytes == NULL;
}

static int free_bytes(void **state)
{
    (void)state;
    free(bytes);
    return 0;
}

TEST_FILE(copies)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums_continue_independently),
        cmocka_unit_test(halves_are_copied),
        cmocka_unit_test(texts_continue_independently),
    };
    return cmocka_run_group_tests(tests, make_bytes, free_bytes);
}
