/* SPDX-License-Identifier: Apache-2.0 */
/* Hamming distances against a count bit by bit, and which codes can be compared. */
#include <iscc/iscc.h>
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define UNTOUCHED 4711u

static unsigned count_bits(const uint8_t *a, const uint8_t *b, size_t size)
{
    unsigned count = 0;

    for (size_t bit = 0; bit < 8 * size; bit++)
        count += ((unsigned)(a[bit / 8] ^ b[bit / 8]) >> bit % 8) & 1u;
    return count;
}

/* A unit of a digest that depends on `salt`. */
static void write_unit(unsigned main_type, unsigned sub_type, unsigned bits, unsigned salt, struct iscc_decoded *unit,
                       char code[ISCC_CODE_SIZE])
{
    *unit = (struct iscc_decoded){.main_type = main_type, .sub_type = sub_type, .length = bits / 32 - 1, .bits = bits};
    for (unsigned i = 0; i < bits / 8; i++)
        unit->digest[i] = (uint8_t)((salt + i) * 2654435761u >> 16);
    assert_int_equal(iscc_encode(unit, code), ISCC_OK);
}

/* The kernels are chosen once in a process, so an impossible wish needs a process of its own, before the first choice.
 */
static void test_a_backend_that_cannot_be_had(void **state)
{
    int result = -1;
    pid_t child = fork();

    (void)state;
    assert_true(child >= 0);
    if (child == 0) {
        unsigned distance = UNTOUCHED;
        int wrong = setenv("ISCC_BACKEND", "abacus", 1) != 0;
        wrong |= iscc_hamming_distance("a", "b", 1, &distance) != ISCC_ERROR_BACKEND;
        wrong |= iscc_distance("AAAZXZ6OU74YAZIM", "AAAZXZ6OU74YAZIM", &distance, NULL) != ISCC_ERROR_BACKEND;
        wrong |= distance != UNTOUCHED;
        _exit(wrong);
    }
    assert_int_equal(waitpid(child, &result, 0), child);
    assert_true(WIFEXITED(result));
    assert_int_equal(WEXITSTATUS(result), 0);
}

static void test_every_size_up_to_some_vectors(void **state)
{
    uint8_t a[300], b[300];

    (void)state;
    for (unsigned i = 0; i < sizeof a; i++) {
        a[i] = (uint8_t)(i * 2654435761u >> 24);
        b[i] = (uint8_t)(i * 2246822519u >> 24);
    }
    for (size_t size = 0; size <= sizeof a - 8; size++) {
        for (size_t start = 0; start < 8; start++) {
            unsigned distance = UNTOUCHED;
            assert_int_equal(iscc_hamming_distance(a + start, b, size, &distance), ISCC_OK);
            assert_int_equal(distance, count_bits(a + start, b, size));
        }
        assert_int_equal(iscc_hamming_distance(a, a, size, &(unsigned){UNTOUCHED}), ISCC_OK);
    }
}

static void test_extremes(void **state)
{
    uint8_t zeros[40] = {0}, ones[40];
    unsigned distance = UNTOUCHED;

    (void)state;
    memset(ones, 0xFF, sizeof ones);
    assert_int_equal(iscc_hamming_distance(zeros, ones, 40, &distance), ISCC_OK);
    assert_int_equal(distance, 320);
    assert_int_equal(iscc_hamming_distance(ones, ones, 40, &distance), ISCC_OK);
    assert_int_equal(distance, 0);
    for (unsigned bit = 0; bit < 320; bit++) {
        zeros[bit / 8] = (uint8_t)(1u << bit % 8);
        assert_int_equal(iscc_hamming_distance(zeros, ones, 40, &distance), ISCC_OK);
        assert_int_equal(distance, 319);
        zeros[bit / 8] = 0;
    }
}

static void test_hamming_arguments(void **state)
{
    unsigned distance = UNTOUCHED;

    (void)state;
    assert_int_equal(iscc_hamming_distance(NULL, "b", 1, &distance), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_hamming_distance("a", NULL, 1, &distance), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_hamming_distance("a", "b", 1, NULL), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_hamming_distance("a", "b", (size_t)UINT_MAX / 8 + 1, &distance), ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_hamming_distance("a", "b", SIZE_MAX, &distance), ISCC_ERROR_ARGUMENT);
    assert_int_equal(distance, UNTOUCHED);
}

/* Units of all lengths: compared over the bits that both have. */
static void test_units_of_every_length(void **state)
{
    (void)state;
    for (unsigned a_bits = 32; a_bits <= 256; a_bits += 32) {
        for (unsigned b_bits = 32; b_bits <= 256; b_bits += 32) {
            struct iscc_decoded a, b;
            char a_code[ISCC_CODE_SIZE], b_code[ISCC_CODE_SIZE];
            unsigned distance = UNTOUCHED, bits = UNTOUCHED;
            unsigned shorter = a_bits < b_bits ? a_bits : b_bits;
            write_unit(ISCC_DATA, 0, a_bits, 1, &a, a_code);
            write_unit(ISCC_DATA, 0, b_bits, 99, &b, b_code);
            assert_int_equal(iscc_distance(a_code, b_code, &distance, &bits), ISCC_OK);
            assert_int_equal(bits, shorter);
            assert_int_equal(distance, count_bits(a.digest, b.digest, shorter / 8));
            assert_true(distance > 0);
            assert_int_equal(iscc_distance(a_code + 5, a_code, &distance, NULL), ISCC_OK);
            assert_int_equal(distance, 0);
        }
    }
}

static void assert_incomparable(const char *a, const char *b, iscc_status status)
{
    unsigned distance = UNTOUCHED, bits = UNTOUCHED;

    assert_int_equal(iscc_distance(a, b, &distance, &bits), status);
    assert_int_equal(iscc_distance(b, a, &distance, &bits), status);
    assert_int_equal(distance, UNTOUCHED);
    assert_int_equal(bits, UNTOUCHED);
}

static void test_codes_that_cannot_be_compared(void **state)
{
    static const char sum[] = "ISCC:KUACL4F2WZY7KBXBV4JUTOPV7GQ2M";
    struct iscc_decoded unit;
    char data[ISCC_CODE_SIZE], instance[ISCC_CODE_SIZE], text[ISCC_CODE_SIZE], image[ISCC_CODE_SIZE];

    (void)state;
    write_unit(ISCC_DATA, 0, 64, 1, &unit, data);
    write_unit(ISCC_INSTANCE, 0, 64, 1, &unit, instance);
    write_unit(ISCC_CONTENT, ISCC_TEXT, 64, 1, &unit, text);
    write_unit(ISCC_CONTENT, ISCC_IMAGE, 64, 1, &unit, image);
    assert_incomparable(data, instance, ISCC_ERROR_MISMATCH);
    assert_incomparable(text, image, ISCC_ERROR_MISMATCH);
    assert_incomparable(text, data, ISCC_ERROR_MISMATCH);
    assert_incomparable(sum, sum, ISCC_ERROR_MISMATCH);
    assert_incomparable(sum, data, ISCC_ERROR_MISMATCH);
    assert_incomparable(data, "ISCC:GAA", ISCC_ERROR_TOO_SHORT);
    assert_incomparable(data, "!", ISCC_ERROR_CHARACTER);
    assert_incomparable(data, NULL, ISCC_ERROR_ARGUMENT);
    assert_int_equal(iscc_distance(data, data, NULL, NULL), ISCC_ERROR_ARGUMENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_backend_that_cannot_be_had),
        cmocka_unit_test(test_every_size_up_to_some_vectors),
        cmocka_unit_test(test_extremes),
        cmocka_unit_test(test_hamming_arguments),
        cmocka_unit_test(test_units_of_every_length),
        cmocka_unit_test(test_codes_that_cannot_be_compared),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
